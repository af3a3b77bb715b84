import { createHash, type Hash } from 'node:crypto'
import { dirname } from 'node:path'
import { InspectorError } from '../../shared/errors.ts'
import { type DocumentFormat, NewerVersionError, readDocument } from '../../shared/kept/document-format.ts'
import { parseJsonText } from '../../shared/kept/json-text.ts'
import { reasonOf } from '../../shared/reason.ts'
import { systemCode } from '../failures.ts'
import { jsonPieces } from './json-pieces.ts'
import { makeOwnerOnlyFolder, ownerOnlyFile } from './owner-only.ts'
import { danglingLink, type FoundFile, readRegularFile, stampOf } from './regular-file.ts'
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

/** What somebody else did to the file while this process used it. */
export interface Disturbance {
  readonly path: string
  /** Where the content of somebody else was kept; null when the file was removed. */
  readonly keptAs: string | null
}

const digestOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

function* hashed(pieces: Iterable<string>, hash: Hash): Generator<string> {
  for (const piece of pieces) {
    hash.update(piece)
    yield piece
  }
}

/** Contents of somebody else that are kept in the life of a process: two that write one file must not fill the disk. */
const mostKept = 10

/** A small document in a JSON file, for its owner alone. Replaced whole when written. */
export class JsonFile<Document> {
  #queue: Promise<unknown> = Promise.resolve()
  /** Why the file in its place must not be replaced. */
  #untouchable: InspectorError | undefined
  /** The file as this process left or found it; null for none. */
  #known: { readonly stamp: string; readonly digest: string } | null = null
  /** A file of an older version, which is copied before it is replaced. */
  #older: { readonly version: number; readonly bytes: Buffer } | null = null
  #kept = 0

  constructor(
    readonly path: string,
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
    this.#known = null
    this.#older = null
    let bytes: Buffer
    try {
      const found = await readRegularFile(this.path)
      bytes = found.bytes
      this.#known = { stamp: found.stamp, digest: digestOf(bytes) }
    } catch (thrown) {
      if (systemCode(thrown) !== 'ENOENT') unusable(this.#leave('unreadable', thrown))
      else if (await isDanglingLink(this.path)) unusable(this.#leave('unreadable', new Error(danglingLink)))
      return this.fallback
    }
    try {
      const { document, version } = readDocument(parseJsonText(bytes.toString()), this.format)
      if (version <= this.format.migrations.length) this.#older = { version, bytes }
      return document
    } catch (thrown) {
      unusable(thrown instanceof NewerVersionError ? this.#leave('newer', thrown) : this.#setAside(thrown))
      return this.fallback
    }
  }

  /** A file that cannot be moved stays, and nothing is written there any more. */
  #setAside(damage: unknown): UnusableFile {
    try {
      const aside = setAside(this.path)
      this.#known = null
      return { path: this.path, trouble: 'damaged', setAside: aside, reason: reasonOf(damage) }
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
   * version is kept beside the new one, as NAME.version-N, and what somebody else wrote there meanwhile as
   * NAME.replaced-TIME. Resolves with what somebody else did to the file.
   */
  write(document: Document): Promise<Disturbance | null> {
    return this.#inTurn(() => this.#write(document))
  }

  #inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const next = this.#queue.then(work)
    // The caller is told of a failure; what follows must not inherit it.
    this.#queue = next.catch(() => undefined)
    return next
  }

  async #write(document: Document): Promise<Disturbance | null> {
    if (this.#untouchable) throw this.#untouchable
    makeOwnerOnlyFolder(dirname(this.path))
    const disturbance = await this.#keepOfOthers()
    await this.#keepOlder()
    const hash = createHash('sha256')
    await replaceFile(this.path, hashed(jsonPieces(document), hash), ownerOnlyFile)
    const stamp = stampOf(this.path)
    this.#known = stamp === null ? null : { stamp, digest: hash.digest('hex') }
    return disturbance
  }

  /**
   * Whether somebody else has removed or changed the file, after the writes asked for so far. Throws when something else
   * than a file is there now.
   */
  isDisturbed(): Promise<boolean> {
    return this.#inTurn(async () => (await this.#foundOfOthers()) !== 'ours')
  }

  /** What is in the place: what this process knows of, nothing any more, or what somebody else wrote. */
  async #foundOfOthers(): Promise<'ours' | 'gone' | FoundFile> {
    const stamp = stampOf(this.path)
    if (stamp === (this.#known?.stamp ?? null)) return 'ours'
    if (stamp === null) return 'gone'
    const found = await readRegularFile(this.path)
    // Some file systems change the time by themselves, and a copy of the same content does no harm.
    const digest = digestOf(found.bytes)
    if (digest !== this.#known?.digest) return found
    this.#known = { stamp: found.stamp, digest }
    return 'ours'
  }

  async #keepOfOthers(): Promise<Disturbance | null> {
    const found = await this.#foundOfOthers()
    if (found === 'ours') return null
    if (found === 'gone') return { path: this.path, keptAs: null }
    if (this.#kept === mostKept) throw new Error('another program keeps changing it')
    const keptAs = freeName(`${this.path}.replaced-${new Date().toISOString().replaceAll(':', '-')}`)
    await replaceFile(keptAs, found.bytes, ownerOnlyFile)
    this.#kept += 1
    return { path: this.path, keptAs }
  }

  async #keepOlder(): Promise<void> {
    // One that was deleted in the meantime is kept as well: it was read.
    if (!this.#older) return
    const { version, bytes } = this.#older
    await replaceFile(freeName(`${this.path}.version-${version}`), bytes, ownerOnlyFile)
    this.#older = null
  }

  /** Resolves when everything asked for so far has ended. */
  async settled(): Promise<void> {
    await this.#queue
  }
}
