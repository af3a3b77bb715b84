import { contextBridge, ipcRenderer } from 'electron'
import { eventChannel, invokeChannel, takenChannel } from '../shared/channels.ts'

/** Everything a window can do with its host. New commands need no change here. */
contextBridge.exposeInMainWorld('inspector', {
  call: (name: unknown, input: unknown) => ipcRenderer.invoke(invokeChannel, name, input),
  onEvents: (listener: (events: unknown) => void) => {
    const ready = () => ipcRenderer.send(takenChannel)
    const relay = (_event: unknown, events: unknown) => {
      listener(events)
      // After the page has drawn what changed: a slow page gets fewer, newer states.
      setTimeout(ready)
    }
    ipcRenderer.on(eventChannel, relay)
    ready()
    return () => {
      ipcRenderer.off(eventChannel, relay)
    }
  },
})
