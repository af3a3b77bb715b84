import { BrowserWindow, ipcMain, type WebFrameMain } from 'electron'
import { eventChannel, invokeChannel, takenChannel } from '../shared/channels.ts'
import type { InspectorEvent } from '../shared/contract/index.ts'
import { type Result, toErrorValue } from '../shared/errors.ts'
import { isOwnPage } from './window.ts'

/** Answers the windows' commands. */
export interface Answering {
  answer(name: unknown, input: unknown): Promise<Result<unknown>>
}

const isOwnFrame = (frame: WebFrameMain | null): boolean =>
  frame !== null && frame.parent === null && isOwnPage(frame.url)

/**
 * Answers the windows' calls once the application is ready. Only the main frame of the application's own page is
 * accepted.
 */
export function serveCalls(answering: Promise<Answering>): void {
  ipcMain.handle(invokeChannel, async (event, name: unknown, input: unknown): Promise<Result<unknown>> => {
    if (!isOwnFrame(event.senderFrame)) {
      return { ok: false, error: { code: 'permission-denied', message: 'This page may not call the application.' } }
    }
    try {
      return await (await answering).answer(name, input)
    } catch (thrown) {
      return { ok: false, error: toErrorValue(thrown) }
    }
  })
}

export function deliverToWindows(events: readonly InspectorEvent[]): void {
  for (const window of BrowserWindow.getAllWindows()) {
    if (!window.webContents.isDestroyed()) window.webContents.send(eventChannel, events)
  }
}

/** Calls `taken` when the window has taken the events that were delivered, and when it begins to listen. */
export function followDeliveries(taken: () => void): void {
  ipcMain.on(takenChannel, (event) => {
    if (isOwnFrame(event.senderFrame)) taken()
  })
}
