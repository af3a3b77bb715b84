import { BrowserWindow } from 'electron'
import type { AppCommandId } from '../shared/app-commands.ts'

/** The only window there is; undefined while it goes. */
const theWindow = (): BrowserWindow | undefined => BrowserWindow.getAllWindows()[0]

/** Chromium's levels: each step is a factor of 1.2. Beyond these nothing can be used any more. */
const levels = { smallest: -3, largest: 5, step: 0.5 }

/** Makes everything in the window larger or smaller, or of its actual size. Chromium keeps it over a restart. */
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

/** Does what a command of the menu stands for where that needs no page, which may be busy or gone; true when it does. */
export function runWindowCommand(id: AppCommandId): boolean {
  commands[id]?.()
  return id in commands
}
