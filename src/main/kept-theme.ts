import { join } from 'node:path'
import { app } from 'electron'
import { readRegularFile } from '../engine/files/regular-file.ts'
import { parseJsonText } from '../shared/kept/json-text.ts'
import type { Settings } from '../shared/settings.ts'

type Theme = Settings['theme']

export const settingsPath = (): string => join(app.getPath('userData'), 'settings.json')

/**
 * The theme that the settings ask for, taken from their file without the rest of them, so that the window has its colour
 * from the first moment. Where there is no such word it is the system's; what is wrong with the file is told by whoever
 * reads it whole.
 */
export async function keptTheme(): Promise<Theme> {
  try {
    return themeIn(parseJsonText((await readRegularFile(settingsPath())).bytes.toString()))
  } catch {
    return 'system'
  }
}

function themeIn(document: unknown): Theme {
  const isTheme = (value: unknown): value is Theme => value === 'light' || value === 'dark'
  return typeof document === 'object' && document !== null && 'theme' in document && isTheme(document.theme)
    ? document.theme
    : 'system'
}
