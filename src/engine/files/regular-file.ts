import { type BigIntStats, constants, lstatSync, type Stats, statSync } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { formatSize } from '../../shared/format.ts'

/** What is not a regular file: it may have no end, or wait for somebody for ever. */
export class NotRegularFileError extends Error {
  override readonly name = 'NotRegularFileError'

  /** `kind` with its article: `a named pipe`. */
  constructor(readonly kind: string) {
    super(`it is ${kind}, not a regular file`)
  }
}

/** The file has more bytes than were asked for. */
export class TooLargeFileError extends Error {
  override readonly name = 'TooLargeFileError'

  /** `size` in bytes as the system tells it; null where it turned out while reading. */
  constructor(
    readonly size: number | null,
    maximumBytes: number,
  ) {
    super(`it has more than ${formatSize(maximumBytes)}`)
  }
}

function kindOf(found: Stats | BigIntStats): string {
  if (found.isDirectory()) return 'a folder'
  if (found.isFIFO()) return 'a named pipe'
  if (found.isSocket()) return 'a socket'
  return 'a device'
}

/** Throws `NotRegularFileError`: reading such a thing may wait for ever or never end, and writing may do anything. */
export function requireRegular(found: Stats | BigIntStats): void {
  if (!found.isFile()) throw new NotRegularFileError(kindOf(found))
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

/** Windows has neither pipes nor devices among its files. */
const nonBlocking = constants.O_NONBLOCK ?? 0
const pieceBytes = 256 * 1024
/** No longer text can be held. */
const mostTextBytes = 512 * 1024 ** 2

/**
 * What is in a regular file, or in one that a link leads to. Never waits for anybody, and never reads more than
 * `maximumBytes` (512 MiB by default), whatever size the system tells: files in /proc have none, and a file may grow.
 * Throws `NotRegularFileError`, `TooLargeFileError` or what the system says.
 */
export async function readRegularFile(path: string, maximumBytes = mostTextBytes): Promise<FoundFile> {
  // Opening a device can do something, so it is looked at first; what was opened is looked at again.
  requireRegular(await stat(path))
  const file = await open(path, constants.O_RDONLY | nonBlocking)
  try {
    const found = await file.stat({ bigint: true })
    requireRegular(found)
    const size = Number(found.size)
    if (size > maximumBytes) throw new TooLargeFileError(size, maximumBytes)
    const pieces: Buffer[] = []
    let total = 0
    // One more than expected, so that the end is seen at once.
    let next = size === 0 ? pieceBytes : size + 1
    for (;;) {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(next), 0, next)
      if (bytesRead === 0) break
      total += bytesRead
      if (total > maximumBytes) throw new TooLargeFileError(null, maximumBytes)
      pieces.push(buffer.subarray(0, bytesRead))
      next = pieceBytes
    }
    const [only] = pieces
    return { bytes: only && pieces.length === 1 ? only : Buffer.concat(pieces), stamp: stampIn(found) }
  } finally {
    await file.close()
  }
}
