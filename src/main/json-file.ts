import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { z } from 'zod'

/** A file that was there and could not be used, with where it is now. */
export interface DamagedFile {
  readonly path: string
  readonly setAside: string
  readonly reason: string
}

const isMissing = (thrown: unknown): boolean => thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT'

/** A small document in a JSON file, checked by a schema when read and replaced whole when written. */
export class JsonFile<Schema extends z.ZodType> {
  #queue: Promise<void> = Promise.resolve()

  constructor(
    private readonly path: string,
    private readonly schema: Schema,
    private readonly fallback: z.infer<Schema>,
  ) {}

  /** The document, or the fallback when there is none. A damaged file is set aside, never overwritten. */
  async read(damaged: (file: DamagedFile) => void): Promise<z.infer<Schema>> {
    let text: string
    try {
      text = await readFile(this.path, 'utf8')
    } catch (thrown) {
      if (isMissing(thrown)) return this.fallback
      throw thrown
    }
    try {
      return this.schema.parse(JSON.parse(text))
    } catch (thrown) {
      const setAside = `${this.path}.damaged-${new Date().toISOString().replaceAll(':', '-')}`
      await rename(this.path, setAside)
      damaged({ path: this.path, setAside, reason: thrown instanceof Error ? thrown.message : String(thrown) })
      return this.fallback
    }
  }

  /** Replaces the document at once: a reader sees the old one or the new one. Writes follow one another. */
  write(document: z.infer<Schema>): Promise<void> {
    const next = this.#queue.then(async () => {
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
