import { dirname, resolve } from 'node:path'
import { formatCount } from '../../shared/format.ts'
import type { ReadingProgress, SchemaProblem, SchemaSource } from '../../shared/protobuf-sources.ts'
import type { FileDeclaration } from './declarations.ts'
import { readDescriptorSet } from './descriptor-set.ts'
import { fileReason } from './file-reason.ts'
import { checkImportName } from './import-name.ts'
import type { LinkedFile } from './linked-file.ts'
import { NamePool } from './name-pool.ts'
import { parseFile } from './parse-file.ts'
import { BoundedFiles, type FoundBytes, type SchemaLimits } from './schema-limits.ts'
import { SourceError } from './source-error.ts'
import { importCandidates, isFile, walkFolder } from './source-files.ts'
import type { Import } from './syntax-tree.ts'
import { wellKnownFile } from './well-known.ts'

export interface SourceProblem extends SchemaProblem {
  readonly sourceId: string
}

/** How many files of a folder are read beside one another. */
const filesAtOnce = 16

interface Importer {
  readonly file: LinkedFile
  /** The topmost folder of its imports; null for a file without its own folder. */
  readonly top: string | null
  /** The files of the same descriptor set. */
  readonly set: ReadonlyMap<string, LinkedFile>
}

/** Reads sources and all their imports. */
export class SourceReader {
  /** Each file once, however it was reached. */
  readonly files = new Map<string, LinkedFile>()
  /** Files to watch: those that were read, or would be if they existed. */
  readonly watchedFiles = new Set<string>()
  readonly watchedFolders = new Set<string>()
  /** Of sources that could not be read at all. */
  readonly problems: SourceProblem[] = []
  readonly #roots: string[]
  /** The files of all descriptor sets, by import name. */
  readonly #inSets = new Map<string, LinkedFile>()
  /** Files that were read, but whose imports were not. */
  readonly #pending: Importer[] = []
  readonly #disk: BoundedFiles
  readonly #names = new NamePool()
  /** Files of folders, whether they were read yet or not. */
  #listedFiles = 0

  constructor(
    includeRoots: readonly string[],
    private readonly limits: SchemaLimits,
    private readonly progress: (progress: ReadingProgress) => void,
  ) {
    this.#roots = includeRoots.map((root) => resolve(root))
    this.#disk = new BoundedFiles(limits)
  }

  async read(sources: readonly SchemaSource[]): Promise<void> {
    for (const { kind, path } of sources) if (kind === 'folder') this.#roots.push(resolve(path))
    for (const root of this.#roots) this.watchedFolders.add(root)
    for (const source of sources) await this.#readSource(source)
    // Imports come last, when every set is known.
    // Files that are found on the way are added, and come later.
    for (const next of this.#pending) await this.#imports(next)
  }

  async #readSource(source: SchemaSource): Promise<void> {
    const path = resolve(source.path)
    try {
      if (source.kind === 'file') await this.#proto(path, dirname(path), [source.id])
      else if (source.kind === 'folder') await this.#folder(path, source.id)
      else await this.#set(path, source.id)
    } catch (error) {
      const message = error instanceof SourceError ? error.message : fileReason(error, kindWords[source.kind])
      this.problems.push({ sourceId: source.id, severity: 'error', path, line: null, column: null, message })
    }
  }

  async #folder(path: string, sourceId: string): Promise<void> {
    const { files, folders } = await walkFolder(path, this.limits)
    for (const folder of folders) this.watchedFolders.add(folder)
    if (files.length === 0) throw new SourceError('The folder contains no .proto files', null)
    this.#listedFiles += files.length
    // Some at once: most of the time would pass between asking the system for a file and getting it.
    for (let start = 0; start < files.length; start += filesAtOnce) {
      const some = files.slice(start, start + filesAtOnce)
      const found = await Promise.all(some.map((file) => (this.files.has(file) ? null : this.#disk.look(file))))
      for (const [index, file] of some.entries()) await this.#proto(file, path, [sourceId], found[index])
    }
  }

  async #set(path: string, sourceId: string): Promise<void> {
    this.watchedFiles.add(path)
    const declarations = readDescriptorSet(await this.#disk.read(path, this.limits.totalBytes), this.limits.files)
    const set = new Map<string, LinkedFile>()
    for (const [name, declaration] of declarations) {
      const file = this.#add(`${path}\0${name}`, path, [sourceId], declaration)
      set.set(name, file)
      if (!this.#inSets.has(name)) this.#inSets.set(name, file)
      this.#pending.push({ file, top: null, set })
    }
  }

  /** Reads a .proto file once; `found` is what was in it, if it was looked at before. */
  async #proto(path: string, top: string, sourceIds: Iterable<string>, found?: FoundBytes | null): Promise<LinkedFile> {
    const known = this.files.get(path)
    if (known) {
      for (const id of sourceIds) known.sourceIds.add(id)
      return known
    }
    this.watchedFiles.add(path)
    let file: LinkedFile
    try {
      const text = this.#disk.admit(found ?? (await this.#disk.look(path))).toString()
      file = this.#add(path, path, sourceIds, parseFile(text, this.#names))
    } catch (error) {
      file = this.#add(path, path, sourceIds, null)
      file.problem =
        error instanceof SourceError
          ? { message: error.message, position: error.position }
          : { message: fileReason(error, 'file'), position: null }
    }
    this.#pending.push({ file, top, set: new Map() })
    return file
  }

  #add(
    key: string,
    path: string,
    sourceIds: Iterable<string>,
    declaration: FileDeclaration | null,
    isBuiltIn = false,
  ): LinkedFile {
    this.#disk.checkCount(this.files.size)
    const file: LinkedFile = {
      path,
      sourceIds: new Set(sourceIds),
      isBuiltIn,
      declaration,
      dependencies: [],
      problem: null,
      warnings: [],
    }
    this.files.set(key, file)
    this.progress({ files: this.files.size, knownFiles: Math.max(this.files.size, this.#listedFiles) })
    return file
  }

  async #imports(importer: Importer): Promise<void> {
    const { file } = importer
    const imports = file.declaration?.imports ?? []
    const beyond = imports[this.limits.imports]
    if (beyond) {
      const message = `The file has ${formatCount(imports.length)} imports; the limit is ${formatCount(this.limits.imports)}`
      file.problem ??= { position: beyond.position, message }
      return
    }
    for (const wanted of imports) await this.#tryImport(wanted, importer)
  }

  async #tryImport(wanted: Import, importer: Importer): Promise<void> {
    try {
      await this.#import(wanted, importer)
    } catch (error) {
      if (!(error instanceof SourceError)) throw error
      importer.file.problem ??= { position: error.position ?? wanted.position, message: error.message }
    }
  }

  async #import({ name, kind, position }: Import, importer: Importer): Promise<void> {
    const { file, top, set } = importer
    const inSet = set.get(name)
    if (!inSet) checkImportName(name, position)
    const found = inSet ?? (await this.#find(name, file, top)) ?? this.#inSets.get(name) ?? this.#wellKnown(name, file)
    if (found) {
      file.dependencies.push({ file: found, name, isPublic: kind === 'public', position })
    } else if (kind !== 'weak') {
      file.problem ??= { position, message: `'${name}' was not found in the folders searched for imports` }
    }
  }

  async #find(name: string, importer: LinkedFile, top: string | null): Promise<LinkedFile | undefined> {
    for (const root of this.#roots) {
      const path = resolve(root, name)
      this.watchedFiles.add(path)
      if (await this.#isFile(path)) return this.#proto(path, root, importer.sourceIds)
    }
    if (top === null) return undefined
    for (const path of importCandidates(name, { path: importer.path, top })) {
      this.watchedFiles.add(path)
      if (await this.#isFile(path)) return this.#proto(path, top, importer.sourceIds)
    }
    return undefined
  }

  /** Whether there is a file; the system is not asked about one that was read. */
  async #isFile(path: string): Promise<boolean> {
    const known = this.files.get(path)
    return (known !== undefined && known.declaration !== null) || isFile(path)
  }

  #wellKnown(name: string, importer: LinkedFile): LinkedFile | undefined {
    const known = this.files.get(name)
    if (known) return known
    const declaration = wellKnownFile(name)
    if (!declaration) return undefined
    const file = this.#add(name, name, importer.sourceIds, declaration, true)
    this.#pending.push({ file, top: null, set: new Map() })
    return file
  }
}

const kindWords = { file: 'file', folder: 'folder', 'descriptor-set': 'file' } as const
