import { type NewLogEntry, sizeOf } from '../shared/message.ts'
import type { ToLogThread } from './log-protocol.ts'
import type { PackedEntry } from './log-rows.ts'

const fullEntries = 2_000
const fullBytes = 4 * 1024 * 1024

/** Entries that go to the log's thread together. */
export class LogBatch {
  readonly #entries: NewLogEntry[] = []
  #bytes = 0
  /** When it began, by `performance.now()`. */
  readonly since = performance.now()

  get count(): number {
    return this.#entries.length
  }

  /** Of all frames together. */
  get bytes(): number {
    return this.#bytes
  }

  get full(): boolean {
    return this.#entries.length >= fullEntries || this.#bytes >= fullBytes
  }

  add(entry: NewLogEntry): void {
    this.#entries.push(entry)
    this.#bytes += sizeOf(entry.frames)
  }

  /** One message, with all frames in one buffer that can be moved and need not be copied again. */
  pack(): Extract<ToLogThread, { type: 'append' }> & { readonly bodies: Uint8Array<ArrayBuffer> } {
    // What was sent is appended when its round trip is over, but happened before what the server did with it.
    const entries = this.#entries.sort((one, other) => one.at - other.at)
    const bodies = new Uint8Array(this.#bytes)
    let start = 0
    const packed = entries.map(({ frames, ...entry }): PackedEntry => {
      const frameSizes = frames.map((frame) => {
        bodies.set(frame, start)
        start += frame.byteLength
        return frame.byteLength
      })
      return { ...entry, frameSizes }
    })
    return { type: 'append', entries: packed, bodies }
  }
}
