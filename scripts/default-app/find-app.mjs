import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * What a path given to Electron means: a folder with a package.json, or a script, whose app is then the nearest folder
 * above it that has one, or else just its own folder.
 * @param {string} path absolute
 * @returns {{ folder: string, manifest: Record<string, string>, file?: string }}
 */
export function findApp(path) {
  if (statSync(path).isDirectory()) return { folder: path, manifest: readManifest(path) }
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return { folder, manifest: readManifest(folder), file: path }
    if (folder === dirname(folder)) return { folder: dirname(path), manifest: { name: 'Electron' }, file: path }
  }
}

/** @param {string} folder */
function readManifest(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
}
