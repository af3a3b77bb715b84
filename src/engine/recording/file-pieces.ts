import { constants } from 'node:fs'
import { type FileHandle, open, stat } from 'node:fs/promises'
import { requireRegular } from '../files/regular-file.ts'

/** Windows has neither pipes nor devices among its files. */
const nonBlocking = constants.O_NONBLOCK ?? 0

/** Opens a regular file, or one that a link leads to, without waiting. Throws `NotRegularFileError` or what the system says. */
export async function openRegular(path: string): Promise<FileHandle> {
  // Opening a device can do something, so it is looked at first; what was opened is looked at again.
  requireRegular(await stat(path))
  const file = await open(path, constants.O_RDONLY | nonBlocking)
  try {
    requireRegular(await file.stat())
    return file
  } catch (thrown) {
    await file.close()
    throw thrown
  }
}

/** What a file holds from an offset on, in pieces of `size` bytes at most. Each is good until the next is asked for. */
export async function* filePieces(file: FileHandle, offset: number, size: number): AsyncGenerator<Uint8Array> {
  const buffer = new Uint8Array(size)
  for (let position = offset; ; ) {
    const { bytesRead } = await file.read(buffer, 0, size, position)
    if (bytesRead === 0) return
    yield buffer.subarray(0, bytesRead)
    position += bytesRead
  }
}
