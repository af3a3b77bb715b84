import { contextBridge, ipcRenderer } from 'electron'
import { eventChannel, invokeChannel } from '../shared/channels.ts'

/** Everything a window can do with its host. New commands need no change here. */
contextBridge.exposeInMainWorld('inspector', {
  call: (name: unknown, input: unknown) => ipcRenderer.invoke(invokeChannel, name, input),
  onEvents: (listener: (events: unknown) => void) => {
    const relay = (_event: unknown, events: unknown) => listener(events)
    ipcRenderer.on(eventChannel, relay)
    return () => {
      ipcRenderer.off(eventChannel, relay)
    }
  },
})
