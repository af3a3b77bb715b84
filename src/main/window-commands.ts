import { BrowserWindow } from 'electron'
import type { AppCommandId } from '../shared/app-commands.ts'

/** The only window; undefined while it is closing. */
const theWindow = (): BrowserWindow | undefined => BrowserWindow.getAllWindows()[0]

/** Chromium's zoom levels: each step is a factor of 1.2. Beyond these bounds nothing is usable. */
const levels = { smallest: -3, largest: 5, step: 0.5 }

/** Zooms everything in the window in, out or to actual size. Chromium remembers it after a restart. */
export function zoom(to: 'larger' | 'smaller' | 'actual'): void {
  const contents = theWindow()?.webContents
  if (!contents) return
  const level = { larger: contents.zoomLevel + levels.step, smaller: contents.zoomLevel - levels.step, actual: 0 }[to]
  contents.zoomLevel = Math.min(levels.largest, Math.max(levels.smallest, level))
}

export function toggleFullScreen(): void {
  const window = theWindow()
  window?.setFullScreen(!window.isFullScreen())
}

export function closeWindow(): void {
  theWindow()?.close()
}

const commands: Readonly<Partial<Record<AppCommandId, () => void>>> = {
  'zoom-in': () => zoom('larger'),
  'zoom-out': () => zoom('smaller'),
  'zoom-reset': () => zoom('actual'),
  'full-screen': toggleFullScreen,
  quit: closeWindow,
}

/** Runs a menu command that needs no page, which may be busy or gone. Returns whether it did. */
export function runWindowCommand(id: AppCommandId): boolean {
  commands[id]?.()
  return id in commands
}
