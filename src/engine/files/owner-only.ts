import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Of a file that only its owner may read and write. Windows takes its permissions from the folder instead. */
export const ownerOnlyFile = 0o600
/** Of a folder that only its owner may enter. */
export const ownerOnlyFolder = 0o700

/** Some file systems have no permissions of their own, and some cannot be changed. */
const cannotBeChanged = ['EPERM', 'EROFS', 'ENOTSUP', 'ENOSYS', 'ENOENT']

/**
 * Takes the access of everybody else from what is there, where the file system lets us. What belongs to somebody else
 * stays as it is.
 */
export function makeOwnerOnly(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found || (found.mode & 0o077) === 0 || found.uid !== process.getuid?.()) return
  try {
    chmodSync(path, found.mode & 0o7700)
  } catch (thrown) {
    if (!(thrown instanceof Error && 'code' in thrown && cannotBeChanged.includes(String(thrown.code)))) throw thrown
  }
}

/** Makes a folder, with those around it, that only its owner may enter. One that is there stays as it is. */
export function makeOwnerOnlyFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: ownerOnlyFolder })
}

/** Makes an empty file that only its owner may read, or takes the access of others from the one that is there. */
export function makeOwnerOnlyFile(path: string): void {
  if (!existsSync(path)) closeSync(openSync(path, 'a', ownerOnlyFile))
  makeOwnerOnly(path)
}

/**
 * Takes the access of others from the files in a folder whose names are `ours`, and from the folder if there are any
 * and it is not one that people share, such as /tmp.
 */
export function restrictFolder(path: string, ours: RegExp): void {
  const files = readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isFile() && ours.test(entry.name))
  for (const { name } of files) makeOwnerOnly(join(path, name))
  const isShared = (statSync(path).mode & 0o1000) !== 0
  if (files.length > 0 && !isShared) makeOwnerOnly(path)
}
