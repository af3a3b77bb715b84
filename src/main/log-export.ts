import type { Watched } from '../engine/transcript/read-entries.ts'
import { InspectorError } from '../shared/errors.ts'
import type { ReadingProgress } from '../shared/transcript/exported.ts'

/** The export of the log that is under way, if any: there is one at a time. */
export class LogExport {
  #abort: AbortController | null = null
  #progress: ReadingProgress | null = null

  /** Null while none is under way, and while the person chooses where to save. */
  get progress(): ReadingProgress | null {
    return this.#progress
  }

  /** Exports; null when that was cancelled. Throws `InspectorError` (`wrong-state`) while another is under way. */
  async run<Result>(work: (watched: Watched) => Promise<Result>): Promise<Result | null> {
    if (this.#abort) throw new InspectorError('wrong-state', 'An export is under way.')
    const abort = new AbortController()
    this.#abort = abort
    const onProgress = (progress: ReadingProgress) => {
      this.#progress = progress
    }
    try {
      return await work({ signal: abort.signal, onProgress })
    } catch (thrown) {
      if (abort.signal.aborted) return null
      throw thrown
    } finally {
      this.#abort = null
      this.#progress = null
    }
  }

  /** Ends it: what was written is removed. */
  cancel(): void {
    this.#abort?.abort()
  }
}
