import { chmod, cp, lstat, mkdir, readdir, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/**
 * Everything in a folder, itself not included.
 * @param {string} folder
 * @returns {Promise<{ path: string, bytes: number, mode: number, kind: 'file' | 'folder' | 'link' }[]>} paths are
 *   relative to it
 */
export async function listTree(folder) {
  const names = await readdir(folder, { recursive: true })
  return Promise.all(
    names.sort().map(async (path) => {
      const status = await lstat(join(folder, path))
      const kind = status.isDirectory() ? 'folder' : status.isSymbolicLink() ? 'link' : 'file'
      return { path, bytes: kind === 'file' ? status.size : 0, mode: status.mode & 0o7777, kind }
    }),
  )
}

/** @param {string} path a file or a folder */
export async function bytesOf(path) {
  const status = await lstat(path)
  if (!status.isDirectory()) return status.size
  return (await listTree(path)).reduce((sum, { bytes }) => sum + bytes, 0)
}

/**
 * Gives everything the modes that a system's own files have, whatever the umask was when they were made.
 * @param {string} folder
 */
export async function normalizeModes(folder) {
  await chmod(folder, 0o755)
  for (const { path, mode, kind } of await listTree(folder)) {
    if (kind === 'link') continue
    await chmod(join(folder, path), kind === 'folder' || mode & 0o100 ? 0o755 : 0o644)
  }
}

/**
 * Builds a tree from paths relative to its root, with the folders that they need.
 * @param {string} root
 */
export function treeBuilder(root) {
  /** @param {string} path */
  const place = async (path) => {
    await mkdir(dirname(join(root, path)), { recursive: true })
    return join(root, path)
  }
  return {
    /** @type {(path: string, target: string) => Promise<void>} */
    link: async (path, target) => symlink(target, await place(path)),
    /** @type {(path: string, content: string) => Promise<void>} */
    write: async (path, content) => writeFile(await place(path), content),
    /** @type {(path: string, source: string) => Promise<void>} */
    copy: async (path, source) => cp(source, await place(path), { recursive: true, verbatimSymlinks: true }),
  }
}
