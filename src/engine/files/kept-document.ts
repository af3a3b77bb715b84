import { reasonOf } from '../../shared/reason.ts'
import { FileWatch } from './file-watch.ts'
import type { Disturbance, JsonFile } from './json-file.ts'

const firstRetryMs = 500
const longestRetryMs = 10_000

export interface KeptDocumentHost {
  /** Called when the document could not be saved, once for each reason, and with null when it is saved again. */
  unsaved(reason: string | null): void
  /** Somebody else had removed or changed the file; it is written again. */
  disturbed(disturbance: Disturbance): void
}

/**
 * A document that is to be in its file. Keeps the newest one and tries to save it until that works: at once, then after
 * 0.5 s and ever longer, at most 10 s. Looks every 5 s whether somebody else has removed or changed the file, and then
 * writes it again.
 */
export class KeptDocument<Document> {
  #newest: Document
  #reason: string | null = null
  #retryMs = firstRetryMs
  #retry: NodeJS.Timeout | undefined
  readonly #watch: FileWatch
  /** The write under way; never rejects. */
  #writing: Promise<void> = Promise.resolve()
  /** The write after it, which takes the newest document. */
  #next: Promise<void> | undefined

  /** `document` is what the file holds, or would hold. */
  constructor(
    private readonly file: JsonFile<Document>,
    document: Document,
    private readonly host: KeptDocumentHost,
  ) {
    this.#newest = document
    this.#watch = new FileWatch(file.path, () => void this.lookAfter())
  }

  /** Whether the document can be saved at all. It cannot where the file must stay as it is. */
  get isWritable(): boolean {
    return this.file.isWritable
  }

  /** Why the newest document is not in the file; null when it is. */
  get unsavedReason(): string | null {
    return this.#reason
  }

  /**
   * Saves the document in place of the one before. Resolves when that was tried; a failure is told to the host, and
   * tried again. Throws `InspectorError` where the file must stay as it is.
   */
  async save(document: Document): Promise<void> {
    if (!this.isWritable) await this.file.write(document)
    this.#newest = document
    await this.#try()
  }

  /** Tries at once to save what is not saved. */
  async tryAgain(): Promise<void> {
    if (this.#reason !== null) await this.#try()
  }

  /** Writes the file again when somebody else has removed or changed it. */
  async lookAfter(): Promise<void> {
    if (!this.isWritable || this.#reason !== null) return
    try {
      if (await this.file.isDisturbed()) await this.#try()
    } catch {
      // Something else than a file is there now: the write says what.
      await this.#try()
    }
  }

  /** Writes what waits to be written, looks a last time, and stops trying and looking. */
  async close(): Promise<void> {
    this.#watch.close()
    await this.tryAgain()
    await this.lookAfter()
    await (this.#next ?? this.#writing)
    clearTimeout(this.#retry)
  }

  /** Documents that come faster than they can be written are written once, as the newest of them. */
  #try(): Promise<void> {
    clearTimeout(this.#retry)
    this.#next ??= this.#writing.then(() => {
      this.#next = undefined
      this.#writing = this.#write()
      return this.#writing
    })
    return this.#next
  }

  async #write(): Promise<void> {
    try {
      const disturbance = await this.file.write(this.#newest)
      this.#retryMs = firstRetryMs
      this.#tell(null)
      if (disturbance) this.host.disturbed(disturbance)
    } catch (thrown) {
      this.#tell(reasonOf(thrown))
      this.#retry = setTimeout(() => void this.#try(), this.#retryMs)
      this.#retryMs = Math.min(2 * this.#retryMs, longestRetryMs)
    }
  }

  #tell(reason: string | null): void {
    if (reason === this.#reason) return
    this.#reason = reason
    this.host.unsaved(reason)
  }
}
