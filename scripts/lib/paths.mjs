import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout's folder. */
export const projectFolder = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** Where downloads are kept between checkouts; safe to delete at any time. */
export function cacheFolder(environment = process.env) {
  return join(environment.XDG_CACHE_HOME || join(homedir(), '.cache'), 'zeromq-inspector')
}

/**
 * Finds a program the way a shell does.
 * @param {string} name
 * @returns {string | undefined}
 */
export function findProgram(name, searchPath = process.env.PATH ?? '') {
  return searchPath
    .split(delimiter)
    .filter(Boolean)
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path))
}
