import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { type FileHandle, lstat, open, realpath, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { danglingLink, requireRegular } from './regular-file.ts'
import { writeInPlace, writeInPlaceFrom } from './write-in-place.ts'

export type Content = string | Uint8Array | Iterable<string> | AsyncIterable<string>

/** Names of files that are being written. Where a process was killed, one may be left. */
export const temporaryName = /^\.zeromq-inspector-[\da-f-]{36}\.new$/

const hasCode = (thrown: unknown, ...codes: readonly string[]): boolean =>
  thrown instanceof Error && 'code' in thrown && codes.includes(String(thrown.code))

interface Place {
  readonly target: string
  /** The permissions of the file that is there; null when there is none. */
  readonly mode: number | null
}

/** Whether a link is there whose own target is missing, because it is not mounted, say. */
export async function isDanglingLink(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isSymbolicLink()
  } catch (thrown) {
    if (hasCode(thrown, 'ENOENT')) return false
    throw thrown
  }
}

/** Where the file is, or will be: a link is followed, so that it stays a link. */
async function placeOf(path: string): Promise<Place> {
  try {
    const target = await realpath(path)
    const found = await stat(target)
    requireRegular(found)
    return { target, mode: found.mode & 0o777 }
  } catch (thrown) {
    if (!hasCode(thrown, 'ENOENT')) throw thrown
    if (await isDanglingLink(path)) throw new Error(danglingLink, { cause: thrown })
    return { target: path, mode: null }
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
    if (piece !== '') await file.writeFile(piece)
  }
  await file.sync()
}

/** Makes the new name last over a power failure, as far as the system does that: the file is in its place already. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  try {
    const folder = await open(path, 'r')
    await folder.sync().finally(() => folder.close())
  } catch {
    // Some folders may not be read, and some file systems cannot do it.
  }
}

/** On Windows, a scanner may hold a file for a moment. */
async function renamePatiently(from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await rename(from, to)
    } catch (thrown) {
      if (process.platform !== 'win32' || attempt === 5 || !hasCode(thrown, 'EPERM', 'EBUSY', 'EACCES')) throw thrown
      await delay(attempt * 20)
    }
  }
}

/** Temporary files that are being written. */
const unfinished = new Set<string>()

/** A process that ends in the middle of a file leaves nothing behind. */
function removeUnfinished(): void {
  for (const path of unfinished) rmSync(path, { force: true })
}

/** A file that nobody else has, beside its target. */
async function openTemporary(target: string, mode: number): Promise<{ path: string; file: FileHandle }> {
  const path = join(dirname(target), `.zeromq-inspector-${randomUUID()}.new`)
  const file = await open(path, 'wx', mode)
  process.removeListener('exit', removeUnfinished).once('exit', removeUnfinished)
  unfinished.add(path)
  return { path, file }
}

/** A folder in which nothing can be made, or a file that is not to be moved: it may be written all the same. */
const cannotBeReplaced = ['EACCES', 'EPERM', 'EROFS', 'EBUSY']

async function replace(path: string, content: Content, mode: number | undefined): Promise<void> {
  const place = await placeOf(path)
  const isThere = place.mode !== null && process.platform !== 'win32'
  let temporary: Awaited<ReturnType<typeof openTemporary>>
  try {
    temporary = await openTemporary(place.target, mode ?? place.mode ?? 0o666)
  } catch (thrown) {
    if (!isThere || !hasCode(thrown, ...cannotBeReplaced)) throw thrown
    return writeInPlace(place.target, (file) => writeAll(file, content))
  }
  await replaceBy(temporary, place, content, mode ?? place.mode).finally(() => unfinished.delete(temporary.path))
}

async function replaceBy(
  temporary: { readonly path: string; readonly file: FileHandle },
  { target, mode }: Place,
  content: Content,
  wanted: number | null,
): Promise<void> {
  try {
    try {
      // The system leaves out what its mask forbids.
      if (wanted !== null && process.platform !== 'win32') await temporary.file.chmod(wanted)
      await writeAll(temporary.file, content)
    } finally {
      await temporary.file.close()
    }
    await renamePatiently(temporary.path, target).catch(async (thrown: unknown) => {
      if (mode === null || process.platform === 'win32' || !hasCode(thrown, ...cannotBeReplaced)) throw thrown
      await writeInPlaceFrom(temporary.path, target)
      await rm(temporary.path)
    })
  } catch (thrown) {
    await rm(temporary.path, { force: true })
    throw thrown
  }
  await syncFolder(dirname(target))
}

/** The last replacement of each path, so that the newest content wins. */
const underWay = new Map<string, Promise<void>>()

/**
 * Writes a file whole or not at all: under a temporary name first, to the disk, then renamed. Readers see the old file
 * or the new one, even after a power failure. A file that is there and cannot be replaced is written in its place, as
 * `writeInPlace` says. Calls for one path run one after the other. Without a `mode` an existing file keeps its own.
 * Throws what the system says.
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
