import { BrowserWindow, ipcMain } from 'electron'
import { eventChannel, invokeChannel } from '../shared/channels.ts'
import type { Handlers, InspectorEvent } from '../shared/contract.ts'
import type { Result } from '../shared/errors.ts'
import { dispatch } from './dispatch.ts'
import { isOwnPage } from './window.ts'

/** Answers the windows' calls. Only the main frame of the application's own page is heard. */
export function serveCalls(handlers: Handlers, unforeseen: (thrown: unknown) => void): void {
  ipcMain.handle(invokeChannel, async (event, name: unknown, input: unknown): Promise<Result<unknown>> => {
    const frame = event.senderFrame
    if (!frame || frame.parent !== null || !isOwnPage(frame.url)) {
      return { ok: false, error: { code: 'permission-denied', message: 'This page may not call the application.' } }
    }
    return dispatch(handlers, name, input, unforeseen)
  })
}

export function deliverToWindows(events: readonly InspectorEvent[]): void {
  for (const window of BrowserWindow.getAllWindows()) {
    if (!window.webContents.isDestroyed()) window.webContents.send(eventChannel, events)
  }
}
