import { constants, type Stats } from 'node:fs'
import { open, stat } from 'node:fs/promises'

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
    super(`it has more than ${maximumBytes} bytes`)
  }
}

function kindOf(found: Stats): string {
  if (found.isDirectory()) return 'a folder'
  if (found.isFIFO()) return 'a named pipe'
  return found.isSocket() ? 'a socket' : 'a device'
}

function checkRegular(found: Stats): void {
  if (!found.isFile()) throw new NotRegularFileError(kindOf(found))
}

/** Windows has neither pipes nor devices among its files. */
const nonBlocking = constants.O_NONBLOCK ?? 0
const pieceBytes = 256 * 1024

/**
 * The bytes of a regular file, or of one that a link leads to. Never waits for anybody, and never reads more than
 * `maximumBytes`, whatever size the system tells: files in /proc have none, and a file may grow. Throws
 * `NotRegularFileError`, `TooLargeFileError` or what the system says.
 */
export async function readRegularFile(path: string, maximumBytes: number): Promise<Buffer> {
  // Opening a device can do something, so it is looked at first; what was opened is looked at again.
  checkRegular(await stat(path))
  const file = await open(path, constants.O_RDONLY | nonBlocking)
  try {
    const found = await file.stat()
    checkRegular(found)
    if (found.size > maximumBytes) throw new TooLargeFileError(found.size, maximumBytes)
    const pieces: Buffer[] = []
    let total = 0
    // One more than expected, so that the end is seen at once.
    let next = found.size === 0 ? pieceBytes : found.size + 1
    for (;;) {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(next), 0, next)
      if (bytesRead === 0) return pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces)
      total += bytesRead
      if (total > maximumBytes) throw new TooLargeFileError(null, maximumBytes)
      pieces.push(buffer.subarray(0, bytesRead))
      next = pieceBytes
    }
  } finally {
    await file.close()
  }
}
