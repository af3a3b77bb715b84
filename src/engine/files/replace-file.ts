import { type FileHandle, open, realpath, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

export type Content = string | Uint8Array | Iterable<string> | AsyncIterable<string>

const hasCode = (thrown: unknown, ...codes: readonly string[]): boolean =>
  thrown instanceof Error && 'code' in thrown && codes.includes(String(thrown.code))

/** Where the file is, or will be: a link is followed, so that it stays a link. */
async function placeOf(path: string): Promise<{ readonly target: string; readonly mode: number | null }> {
  try {
    const target = await realpath(path)
    const found = await stat(target)
    if (!found.isFile()) throw new Error('it is not a regular file')
    return { target, mode: found.mode & 0o777 }
  } catch (thrown) {
    if (hasCode(thrown, 'ENOENT')) return { target: path, mode: null }
    throw thrown
  }
}

/** Characters written at a time: a line each would be slow. */
const pieceLength = 256 * 1024

async function writeAll(file: FileHandle, content: Content): Promise<void> {
  if (typeof content === 'string' || content instanceof Uint8Array) {
    await file.writeFile(content)
  } else {
    let piece = ''
    for await (const part of content) {
      piece += part
      if (piece.length < pieceLength) continue
      await file.writeFile(piece)
      piece = ''
    }
    await file.writeFile(piece)
  }
  await file.sync()
}

/** Makes the new name last over a power failure, where the system can do that. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } catch (thrown) {
    // Some file systems have no such thing; the file itself is written all the same.
    if (!hasCode(thrown, 'EINVAL', 'ENOTSUP')) throw thrown
  } finally {
    await folder.close()
  }
}

async function replace(path: string, content: Content, mode: number | undefined): Promise<void> {
  const { target, mode: modeBefore } = await placeOf(path)
  const temporary = `${target}.new`
  try {
    // Made anew, so that nobody else's file or link of this name is written to.
    await rm(temporary, { force: true })
    const file = await open(temporary, 'wx', mode ?? modeBefore ?? 0o666)
    try {
      await writeAll(file, content)
    } finally {
      await file.close()
    }
    await rename(temporary, target)
  } catch (thrown) {
    await rm(temporary, { force: true })
    throw thrown
  }
  await syncFolder(dirname(target))
}

/** The last replacement of each path: the next one waits for it, because both use the same temporary name. */
const underWay = new Map<string, Promise<void>>()

/**
 * Writes a file whole or not at all: under a temporary name first, to the disk, then renamed. Readers see the old file
 * or the new one, even after a power failure. Calls for one path run one after the other. Without a `mode` an existing
 * file keeps its own. Throws what the system says.
 */
export function replaceFile(path: string, content: Content, mode?: number): Promise<void> {
  const before = underWay.get(path) ?? Promise.resolve()
  const next = before.then(() => replace(path, content, mode))
  // A failure is the caller's to handle; the next replacement does not inherit it.
  const ended = next.catch(() => undefined)
  underWay.set(path, ended)
  void ended.then(() => {
    if (underWay.get(path) === ended) underWay.delete(path)
  })
  return next
}
