import { type BigIntStats, constants, lstatSync, type Stats, statSync } from 'node:fs'
import { open, stat } from 'node:fs/promises'

function kindOf(found: Stats | BigIntStats): string {
  if (found.isDirectory()) return 'a folder'
  if (found.isFIFO()) return 'a named pipe'
  if (found.isSocket()) return 'a socket'
  return 'a device'
}

/** Throws for what is no regular file: reading it may wait for ever or never end, and writing may do anything. */
export function requireRegular(found: Stats | BigIntStats): void {
  if (!found.isFile()) throw new Error(`it is ${kindOf(found)}, not a regular file`)
}

export const danglingLink = 'it is a link to a file that is not there'

/** Throws when something else than a regular file, or a link to one, is there. Nothing may be there, too. */
export function requireRegularOrNothing(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found) requireRegular(found)
  else if (lstatSync(path, { throwIfNoEntry: false })) throw new Error(danglingLink)
}

const stampIn = ({ dev, ino, size, mtimeNs }: BigIntStats): string => `${dev} ${ino} ${size} ${mtimeNs}`

/** Changes whenever the file at the path is replaced or written. Null when there is none. Takes some microseconds. */
export function stampOf(path: string): string | null {
  try {
    const found = statSync(path, { bigint: true })
    requireRegular(found)
    return stampIn(found)
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && (thrown.code === 'ENOENT' || thrown.code === 'ENOTDIR'))
      return null
    throw thrown
  }
}

/** What was in a file, and which file that was. */
export interface FoundFile {
  readonly bytes: Buffer
  readonly stamp: string
}

/** What is in a regular file. Whatever else is there is refused at once. Throws what the system says. */
export async function readRegularFile(path: string): Promise<FoundFile> {
  requireRegular(await stat(path))
  // It may be replaced right now: opening a pipe would wait for somebody who writes into it.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  try {
    const found = await file.stat({ bigint: true })
    requireRegular(found)
    return { bytes: await file.readFile(), stamp: stampIn(found) }
  } finally {
    await file.close()
  }
}
