import { app } from 'electron'
import { libraryVersions } from '../engine/versions.ts'

/** Names and versions of the application and its runtime, the application first. */
export function versions(): Readonly<Record<string, string>> {
  const { electron = '', chrome = '', node = '' } = process.versions
  return {
    [app.name]: app.getVersion(),
    Electron: electron,
    Chromium: chrome,
    'Node.js': node,
    ...libraryVersions(),
  }
}
