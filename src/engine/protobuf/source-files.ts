import type { Dirent } from 'node:fs'
import { opendir, stat } from 'node:fs/promises'
import { dirname, isAbsolute, join, relative, sep } from 'node:path'
import { formatCount } from '../../shared/format.ts'
import type { SchemaSource } from '../../shared/protobuf-sources.ts'
import type { SchemaLimits } from './schema-limits.ts'
import { SourceError } from './source-error.ts'

/**
 * All .proto files and folders below a folder, without following links to folders, which may lead in a circle. What is
 * no regular file is among the files: reading it tells why it is skipped.
 */
export async function walkFolder(
  top: string,
  limits: SchemaLimits,
): Promise<{ readonly files: readonly string[]; readonly folders: readonly string[] }> {
  const files: string[] = []
  const folders = [top]
  let seen = 0
  for (const folder of folders) {
    const entries: Dirent[] = []
    for await (const entry of await opendir(folder, { bufferSize: 256 })) {
      seen += 1
      if (seen > limits.entries) {
        throw new SourceError(`The folder contains more than ${formatCount(limits.entries)} files and folders`, null)
      }
      if (entry.isDirectory() || entry.name.endsWith('.proto')) entries.push(entry)
    }
    for (const entry of entries.sort((left, right) => (left.name < right.name ? -1 : 1))) {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) folders.push(path)
      else files.push(path)
    }
    if (files.length > limits.files || folders.length > limits.files) {
      throw new SourceError(
        `The folder contains more than ${formatCount(limits.files)} .proto files or more than that many folders`,
        null,
      )
    }
  }
  return { files, folders }
}

/** Where an import may be: next to the importing file, then in the folders above it, up to `top`. */
export function importCandidates(name: string, importer: { readonly path: string; readonly top: string }): string[] {
  const candidates: string[] = []
  for (let folder = dirname(importer.path); isInside(folder, importer.top); folder = dirname(folder)) {
    candidates.push(join(folder, name))
    if (folder === importer.top) break
  }
  return candidates
}

/** Whether a path is a folder or inside it. */
export function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path)
  return way === '' || !(way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way))
}

/** The kind of an added path: a file that is not a .proto file is a descriptor set. */
export async function kindOf(path: string): Promise<SchemaSource['kind']> {
  if (await isFolder(path)) return 'folder'
  return path.toLowerCase().endsWith('.proto') ? 'file' : 'descriptor-set'
}

/** False for what does not exist or cannot be accessed: reading it reports why. */
export const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )

export const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  )
