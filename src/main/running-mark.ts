import { rmSync } from 'node:fs'
import { ownerOnlyFile } from '../engine/files/owner-only.ts'
import { readRegularFile } from '../engine/files/regular-file.ts'
import { replaceFile } from '../engine/files/replace-file.ts'
import { z } from '../shared/schema.ts'

const markSchema = z.object({ startedAt: z.number(), doing: z.array(z.string()) })

/** What is known of an application that did not end by itself. */
export interface UncleanEnd {
  /** When it was started, in milliseconds since the epoch; null where its file cannot be read. */
  readonly startedAt: number | null
  /** What it was doing, such as `a run of the latency lab against tcp://…`. */
  readonly doing: readonly string[]
}

/** What the application before this one left; null when it ended by itself. */
async function readMark(path: string): Promise<UncleanEnd | null> {
  let text: string
  try {
    text = (await readRegularFile(path)).bytes.toString()
  } catch {
    // Mostly there is none; one that cannot be read says nothing.
    return null
  }
  try {
    return markSchema.parse(JSON.parse(text))
  } catch {
    // The machine may have stopped in the middle of it.
    return { startedAt: null, doing: [] }
  }
}

/**
 * A file that is there while the application runs, and says what it is doing: a crash or a power failure leaves it, so
 * the next start can tell. `failed` is called when it cannot be written.
 */
export class RunningMark {
  readonly #startedAt = Date.now()
  readonly #doing = new Map<string, string>()
  #writing: Promise<void> = Promise.resolve()
  #isRemoved = false

  private constructor(
    private readonly path: string,
    /** How the application before this one ended; null when it ended by itself. */
    readonly before: UncleanEnd | null,
    private readonly failed: (thrown: unknown) => void,
  ) {}

  static async begin(path: string, failed: (thrown: unknown) => void): Promise<RunningMark> {
    const mark = new RunningMark(path, await readMark(path), failed)
    mark.#write()
    return mark
  }

  /** Notes what begins, by a key of its own, or with null that it ended. */
  note(key: string, what: string | null): void {
    if ((this.#doing.get(key) ?? null) === what) return
    if (what === null) this.#doing.delete(key)
    else this.#doing.set(key, what)
    this.#write()
  }

  /** Notes what is done while `work` runs. */
  async during<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
    const key = crypto.randomUUID()
    this.note(key, what)
    try {
      return await work()
    } finally {
      this.note(key, null)
    }
  }

  /** The application ends by itself. */
  async remove(): Promise<void> {
    this.#isRemoved = true
    await this.#writing
    this.removeNow()
  }

  /** The same at once, where the system leaves no time. */
  removeNow(): void {
    this.#isRemoved = true
    try {
      rmSync(this.path, { force: true })
    } catch (thrown) {
      this.failed(thrown)
    }
  }

  #write(): void {
    this.#writing = this.#writing
      .then(() => {
        const document = { startedAt: this.#startedAt, doing: [...this.#doing.values()] }
        return this.#isRemoved ? undefined : replaceFile(this.path, `${JSON.stringify(document)}\n`, ownerOnlyFile)
      })
      .catch((thrown: unknown) => this.failed(thrown))
  }
}
