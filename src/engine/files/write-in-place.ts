import { constants } from 'node:fs'
import { copyFile, type FileHandle, mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { reasonOf } from '../../shared/reason.ts'

const pieceBytes = 1024 * 1024

/** Writes all of `from` over what `to` holds. What `to` has more is cut off last, so that its room on the disk stays its own. */
async function copyOver(from: string, to: FileHandle): Promise<void> {
  const source = await open(from, 'r')
  try {
    const piece = Buffer.alloc(pieceBytes)
    let position = 0
    for (;;) {
      const { bytesRead } = await source.read(piece, 0, pieceBytes, position)
      if (bytesRead === 0) break
      for (let written = 0; written < bytesRead; ) {
        const { bytesWritten } = await to.write(piece, written, bytesRead - written, position + written)
        written += bytesWritten
      }
      position += bytesRead
    }
    await to.truncate(position)
    await to.sync()
  } finally {
    await source.close()
  }
}

const newFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'zeromq-inspector-save-'))

/**
 * Writes over a file that cannot be replaced: nothing can be made in its folder, or it is a mount of its own. All of the
 * new content is written among the temporary files first, so that a failure there changes nothing. Throws as
 * `writeInPlaceFrom` does.
 */
export async function writeInPlace(target: string, write: (file: FileHandle) => Promise<void>): Promise<void> {
  const folder = await newFolder()
  try {
    const fresh = join(folder, 'new')
    const file = await open(fresh, 'wx', 0o600)
    await write(file).finally(() => file.close())
    await writeInPlaceFrom(fresh, target)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/**
 * Writes the content of the file `fresh` over `target`. The old content is copied among the temporary files first, and
 * put back if the writing fails; only a crash in that moment leaves a part, and the copy. Throws what the system says,
 * and where the old content is if it could not be put back.
 */
export async function writeInPlaceFrom(fresh: string, target: string): Promise<void> {
  // Not truncated by the opening: nothing is lost yet.
  const file = await open(target, constants.O_RDWR | (constants.O_NONBLOCK ?? 0))
  try {
    const folder = await newFolder()
    const old = join(folder, 'old')
    let isPutBack = true
    try {
      await copyFile(target, old)
      await copyOver(fresh, file).catch(async (thrown: unknown) => {
        isPutBack = false
        await putBack(old, file, thrown)
        isPutBack = true
        throw thrown
      })
    } finally {
      // Otherwise it is the only copy of the old content.
      if (isPutBack) await rm(folder, { recursive: true, force: true })
    }
  } finally {
    await file.close()
  }
}

async function putBack(old: string, file: FileHandle, thrown: unknown): Promise<void> {
  try {
    await copyOver(old, file)
  } catch (failure) {
    const reason = `${reasonOf(thrown)}. What it held before is in ${old}: it could not be put back (${reasonOf(failure)})`
    throw new Error(reason, { cause: thrown })
  }
}
