import { BrowserWindow } from 'electron'

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
