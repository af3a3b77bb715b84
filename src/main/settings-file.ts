import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { shell } from 'electron'
import { settingsPath } from './kept-theme.ts'

/** Shows the settings file in the system's file manager, or its folder when it does not exist yet. */
export async function revealSettings(): Promise<void> {
  const path = settingsPath()
  if (existsSync(path)) return shell.showItemInFolder(path)
  const refused = await shell.openPath(dirname(path))
  if (refused !== '') throw new Error(refused)
}
