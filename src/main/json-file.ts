import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { InspectorError } from '../shared/errors.ts'

/** A file that was there and could not be used. */
export interface DamagedFile {
  readonly path: string
  /** Where it is now; null when it could not be moved and is still in its place. */
  readonly setAside: string | null
  readonly reason: string
}

const reasonOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown))

const isMissing = (thrown: unknown): boolean => thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT'

/** Checks what was read, as a schema of zod's does: the document, or what is wrong with it thrown. */
export interface DocumentSchema<Document> {
  parse(value: unknown): Document
}

/** A small document in a JSON file, checked by a schema when read and replaced whole when written. */
export class JsonFile<Document> {
  #queue: Promise<void> = Promise.resolve()
  /** Why the file in its place must not be replaced: nobody knows what is in it. */
  #untouchable: InspectorError | undefined

  constructor(
    private readonly path: string,
    private readonly schema: DocumentSchema<Document>,
    private readonly fallback: Document,
  ) {}

  /**
   * The document, or the fallback when there is none. A damaged file is set aside; one that cannot even be read stays,
   * and then nothing can be written.
   */
  async read(damaged: (file: DamagedFile) => void): Promise<Document> {
    let text: string
    try {
      text = await readFile(this.path, 'utf8')
    } catch (thrown) {
      if (!isMissing(thrown)) damaged(this.#leave(thrown))
      return this.fallback
    }
    try {
      return this.schema.parse(JSON.parse(text))
    } catch (thrown) {
      damaged(await this.#setAside(thrown))
      return this.fallback
    }
  }

  async #setAside(damage: unknown): Promise<DamagedFile> {
    const setAside = `${this.path}.damaged-${new Date().toISOString().replaceAll(':', '-')}`
    try {
      await rename(this.path, setAside)
      return { path: this.path, setAside, reason: reasonOf(damage) }
    } catch (thrown) {
      return this.#leave(thrown)
    }
  }

  #leave(thrown: unknown): DamagedFile {
    const reason = reasonOf(thrown)
    const message = `${this.path} could not be read and is not replaced (${reason}).`
    this.#untouchable = new InspectorError('file-failed', message, undefined, { cause: thrown })
    return { path: this.path, setAside: null, reason }
  }

  /** Replaces the document at once: a reader sees the old one or the new one. Writes follow one another. */
  write(document: Document): Promise<void> {
    const next = this.#queue.then(async () => {
      if (this.#untouchable) throw this.#untouchable
      await mkdir(dirname(this.path), { recursive: true })
      const temporary = `${this.path}.new`
      await writeFile(temporary, `${JSON.stringify(document, null, 2)}\n`)
      await rename(temporary, this.path)
    })
    // The caller is told of a failure; the writes that follow must not inherit it.
    this.#queue = next.catch(() => undefined)
    return next
  }

  /** Resolves when every write asked for so far has ended. */
  settled(): Promise<void> {
    return this.#queue
  }
}
