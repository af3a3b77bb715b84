import { isDeepStrictEqual } from 'node:util'
import type { ProtobufSchema } from '../../shared/codecs/protobuf/schema.ts'
import type { ReadingProgress, SchemaProblem, SchemaSource, SchemaState } from '../../shared/protobuf-sources.ts'
import { reasonOf } from '../../shared/reason.ts'
import { FolderWatcher } from './folder-watcher.ts'
import { keepTypes, type OwnedSchema } from './kept-types.ts'
import type { LoadedSchema } from './load-schema.ts'
import type { SchemaLoader } from './schema-thread.ts'
import type { SourceProblem } from './source-reader.ts'

export interface SchemaStoreOptions {
  readonly sources: readonly SchemaSource[]
  readonly includeRoots: readonly string[]
  /** Reads the types, usually on another thread. */
  readonly load: SchemaLoader
  /** The types, or the state of the sources, changed. */
  changed(state: SchemaState): void
}

/**
 * The message types of all sources, kept up to date with their files. A file that becomes invalid or disappears keeps
 * its previous types; a source that is invalid when added does not affect the others.
 */
export class SchemaStore {
  readonly #watcher = new FolderWatcher(() => this.reload())
  #sources: readonly SchemaSource[]
  #includeRoots: readonly string[]
  #types: OwnedSchema = { schema: { messages: {}, enums: {} }, owners: new Map() }
  #state: SchemaState
  /** The tail of the queue: reads run one after the other. */
  #last: Promise<void> = Promise.resolve()
  readonly #stop = new AbortController()
  /** How often somebody cancelled: readings asked for before are not begun. */
  #cancels = 0
  /** Of the reading that goes on. */
  #reading: AbortController | null = null

  constructor(private readonly options: SchemaStoreOptions) {
    this.#sources = options.sources
    this.#includeRoots = options.includeRoots
    this.#state = this.#describe([], false, 0)
  }

  get state(): SchemaState {
    return this.#state
  }

  get schema(): ProtobufSchema {
    return this.#types.schema
  }

  /** Reads the sources for the first time, and watches them from now on. */
  start(): Promise<void> {
    return this.reload()
  }

  /** Adds sources; one with an existing id replaces it. */
  add(sources: readonly SchemaSource[]): Promise<void> {
    return this.#next(() => {
      const ids = new Set(sources.map(({ id }) => id))
      this.#sources = [...this.#sources.filter(({ id }) => !ids.has(id)), ...sources]
    })
  }

  remove(id: string): Promise<void> {
    return this.#next(() => {
      this.#sources = this.#sources.filter((source) => source.id !== id)
    })
  }

  /** Changes the additional import folders. */
  changeIncludeRoots(change: (before: readonly string[]) => readonly string[]): Promise<void> {
    return this.#next(() => {
      this.#includeRoots = change(this.#includeRoots)
    })
  }

  reload(): Promise<void> {
    return this.#next(() => undefined)
  }

  /** Ends the reading that goes on and those asked for so far, without another until a file changes. The types stay. */
  cancel(): void {
    this.#cancels += 1
    this.#reading?.abort()
  }

  /** Stops reading and watching, without waiting for either. Later calls do nothing. */
  dispose(): void {
    this.#stop.abort()
    this.#watcher.close()
  }

  get #disposed(): boolean {
    return this.#stop.signal.aborted
  }

  /** Makes a change and reads everything again, after all earlier requests. */
  #next(change: () => void): Promise<void> {
    const cancels = this.#cancels
    const done = this.#last.then(async () => {
      if (this.#disposed) return
      change()
      await this.#read(cancels !== this.#cancels)
    })
    // The caller receives a failure; later requests continue regardless.
    this.#last = done.catch(() => undefined)
    return done
  }

  /** Reads everything, or tells of what was cancelled before it began. */
  async #read(isCancelled: boolean): Promise<void> {
    const reading = new AbortController()
    if (isCancelled) reading.abort()
    this.#reading = reading
    const signal = AbortSignal.any([this.#stop.signal, reading.signal])
    const loaded = isCancelled
      ? this.#failure(undefined, true)
      : await this.options
          .load(this.#sources, this.#includeRoots, signal, (progress) => this.#tellReading(progress))
          .catch((error: unknown) => this.#failure(error, reading.signal.aborted))
    this.#reading = null
    if (this.#disposed) return
    const errors = loaded.problems.filter(({ severity }) => severity === 'error')
    const { stale, schema, owners } = keepTypes(this.#types, loaded, errors)
    const isNew = !isDeepStrictEqual(schema, this.#types.schema)
    this.#types = { schema: isNew ? schema : this.#types.schema, owners }
    const state = this.#describe(loaded.problems, stale, this.#state.version + (isNew ? 1 : 0))
    // Watch before announcing, so that whoever is notified can change the files at once. Files that were not watched
    // before are read once more, which somebody who cancels does not want.
    await this.#watcher.watch(loaded.files, loaded.folders, !reading.signal.aborted)
    if (this.#disposed || isDeepStrictEqual(state, this.#state)) return
    this.#state = state
    this.options.changed(state)
  }

  #tellReading(reading: ReadingProgress): void {
    if (this.#disposed || this.#reading === null) return
    const problems = new Map(this.#state.sources.map(({ id, problem }) => [id, problem]))
    const sources = this.#sources.map((source) => ({ ...source, problem: problems.get(source.id) ?? null }))
    this.#state = { ...this.#state, sources, includeRoots: this.#includeRoots, reading }
    this.options.changed(this.#state)
  }

  /** The state after a read that failed as a whole. */
  #failure(error: unknown, isCancelled: boolean): LoadedSchema {
    const message = isCancelled
      ? 'Not read, since you cancelled it. Press Reload to read it.'
      : `Could not read the message types: ${reasonOf(error)}`
    const problems = this.#sources.map(
      ({ id, path }): SourceProblem => ({ sourceId: id, severity: 'error', path, line: null, column: null, message }),
    )
    const files = this.#sources.map(({ path }) => path)
    const folders = this.#sources.filter(({ kind }) => kind === 'folder').map(({ path }) => path)
    return { schema: { messages: {}, enums: {} }, owners: new Map(), files, folders, problems }
  }

  #describe(problems: readonly SourceProblem[], stale: boolean, version: number): SchemaState {
    return {
      sources: this.#sources.map((source) => ({ ...source, problem: firstProblem(problems, source.id) })),
      includeRoots: this.#includeRoots,
      stale,
      version,
      messageCount: Object.values(this.schema.messages).filter(({ isMapEntry }) => !isMapEntry).length,
      reading: null,
    }
  }
}

function firstProblem(problems: readonly SourceProblem[], sourceId: string): SchemaProblem | null {
  const found = problems.find((problem) => problem.sourceId === sourceId)
  if (!found) return null
  const { severity, path, line, column, message } = found
  return { severity, path, line, column, message }
}
