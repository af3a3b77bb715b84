import { chmodSync, closeSync, mkdirSync, openSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Of a file that only its owner may read and write. Windows takes its permissions from the folder instead. */
export const ownerOnlyFile = 0o600
/** Of a folder that only its owner may enter. */
export const ownerOnlyFolder = 0o700

/** Takes the access of everybody else. What belongs to somebody else stays as it is. */
function restrict(path: string, mode: number): void {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found && (found.mode & 0o077) !== 0 && found.uid === process.getuid?.()) chmodSync(path, mode)
}

/** Makes a folder that only its owner may enter, or takes the access of others from the one that is there. */
export function makeOwnerOnlyFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: ownerOnlyFolder })
  restrict(path, ownerOnlyFolder)
}

/** Makes an empty file that only its owner may read, or takes the access of others from the one that is there. */
export function makeOwnerOnlyFile(path: string): void {
  closeSync(openSync(path, 'a', ownerOnlyFile))
  restrict(path, ownerOnlyFile)
}

/** Takes the access of others from the folder and from the files in it, but not from what is in its folders. */
export function restrictFolder(path: string): void {
  makeOwnerOnlyFolder(path)
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (entry.isFile()) restrict(join(path, entry.name), ownerOnlyFile)
  }
}
