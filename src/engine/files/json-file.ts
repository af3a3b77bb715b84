import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { InspectorError } from '../../shared/errors.ts'
import { type DocumentFormat, NewerVersionError, readDocument } from '../../shared/kept/document-format.ts'
import { parseJsonText } from '../../shared/kept/json-text.ts'
import { reasonOf } from '../../shared/reason.ts'
import { makeOwnerOnlyFolder, ownerOnlyFile } from './owner-only.ts'
import { isDanglingLink, replaceFile } from './replace-file.ts'
import { freeName, setAside } from './set-aside.ts'

/** A file that was there and could not be used. */
export interface UnusableFile {
  readonly path: string
  /** `damaged` files are set aside, if they can be moved. The others stay as they are, and nothing is written there. */
  readonly trouble: 'damaged' | 'unreadable' | 'newer'
  /** Where it is now; null when it is still in its place. */
  readonly setAside: string | null
  readonly reason: string
}

const isMissing = (thrown: unknown): boolean => thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT'

/** A small document in a JSON file, for its owner alone. Replaced whole when written. */
export class JsonFile<Document> {
  #queue: Promise<void> = Promise.resolve()
  /** Why the file in its place must not be replaced. */
  #untouchable: InspectorError | undefined
  /** Of the file in its place, which is copied before it is replaced; null for the newest. */
  #olderVersion: number | null = null

  constructor(
    private readonly path: string,
    private readonly format: DocumentFormat<Document>,
    private readonly fallback: Document,
  ) {}

  /** Whether the document can be written. It cannot where the file must stay as it is. */
  get isWritable(): boolean {
    return this.#untouchable === undefined
  }

  /**
   * The document, or the fallback when there is none. A document of an older version is migrated. `unusable` gets a
   * file that could not be used.
   */
  async read(unusable: (file: UnusableFile) => void): Promise<Document> {
    let text: string
    try {
      text = await readFile(this.path, 'utf8')
    } catch (thrown) {
      if (!isMissing(thrown) || (await isDanglingLink(this.path))) unusable(this.#leave('unreadable', thrown))
      return this.fallback
    }
    try {
      const { document, version } = readDocument(parseJsonText(text), this.format)
      this.#olderVersion = version <= this.format.migrations.length ? version : null
      return document
    } catch (thrown) {
      unusable(thrown instanceof NewerVersionError ? this.#leave('newer', thrown) : this.#setAside(thrown))
      return this.fallback
    }
  }

  #setAside(damage: unknown): UnusableFile {
    try {
      return { path: this.path, trouble: 'damaged', setAside: setAside(this.path), reason: reasonOf(damage) }
    } catch (thrown) {
      const reason = `${reasonOf(damage)}, and it could not be moved: ${reasonOf(thrown)}`
      return this.#leave('damaged', new Error(reason, { cause: thrown }))
    }
  }

  #leave(trouble: UnusableFile['trouble'], thrown: unknown): UnusableFile {
    const reason = reasonOf(thrown)
    this.#untouchable = new InspectorError('file-failed', `${this.path} was not changed: ${reason}.`, undefined, {
      cause: thrown,
    })
    return { path: this.path, trouble, setAside: null, reason }
  }

  /**
   * Replaces the document: a reader sees the old one or the new one. Writes follow one another. A file of an older
   * version is kept beside the new one, as NAME.version-N.
   */
  write(document: Document): Promise<void> {
    const next = this.#queue.then(async () => {
      if (this.#untouchable) throw this.#untouchable
      makeOwnerOnlyFolder(dirname(this.path))
      await this.#keepOlder()
      await replaceFile(this.path, `${JSON.stringify(document, null, 2)}\n`, ownerOnlyFile)
    })
    // The caller is told of a failure; the writes that follow must not inherit it.
    this.#queue = next.catch(() => undefined)
    return next
  }

  async #keepOlder(): Promise<void> {
    // One that was deleted in the meantime need not be kept.
    if (this.#olderVersion !== null && existsSync(this.path)) {
      const kept = freeName(`${this.path}.version-${this.#olderVersion}`)
      await replaceFile(kept, await readFile(this.path), ownerOnlyFile)
    }
    this.#olderVersion = null
  }

  /** Resolves when every write asked for so far has ended. */
  settled(): Promise<void> {
    return this.#queue
  }
}
