import { createWriteStream } from 'node:fs'
import { chmod, mkdir, symlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { openPromise } from 'yauzl'

const FILE_TYPE = 0o170000
const SYMLINK = 0o120000

/**
 * Unpacks a ZIP archive made on a Unix system, keeping file modes and symbolic links. yauzl refuses names
 * that are absolute or climb out of the folder.
 * @param {string} archive
 * @param {string} folder
 * @param {(name: string) => string | undefined} rename the path to unpack an entry to; undefined leaves it out
 * @returns {Promise<number>} the bytes written
 */
export async function unzip(archive, folder, rename) {
  const zip = await openPromise(archive)
  const made = new Set()
  let bytes = 0
  for await (const entry of zip.eachEntry()) {
    const name = entry.fileName.endsWith('/') ? undefined : rename(entry.fileName)
    if (!name) continue
    const target = join(folder, name)
    if (!made.has(dirname(target))) await mkdir(dirname(target), { recursive: true })
    made.add(dirname(target))

    const mode = entry.externalFileAttributes >>> 16
    const content = await zip.openReadStreamPromise(entry)
    if ((mode & FILE_TYPE) === SYMLINK) {
      await symlink(await text(content), target)
    } else {
      await pipeline(content, createWriteStream(target))
      // Set apart from the creation, so that the umask cannot take the executable bit away.
      await chmod(target, mode & 0o755 || 0o644)
    }
    bytes += entry.uncompressedSize
  }
  return bytes
}
