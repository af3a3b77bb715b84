import type { LinePlace } from '../../shared/recording/format.ts'

/** A record is found from the place of one before it, at most this many and this many bytes away. */
const recordsBetween = 256
const bytesBetween = 1024 ** 2

/** The place of a record, the first of which is 0. */
export interface RecordIndexEntry extends LinePlace {
  readonly index: number
}

/** Where some of the records of a file are, from which the others are found. */
export class RecordIndex {
  readonly #entries: RecordIndexEntry[] = []
  #count = 0

  get count(): number {
    return this.#count
  }

  /** Takes the next record. */
  add({ line, offset }: LinePlace): void {
    const last = this.#entries.at(-1)
    const isFar = !last || this.#count - last.index >= recordsBetween || offset - last.offset >= bytesBetween
    if (isFar) this.#entries.push({ index: this.#count, line, offset })
    this.#count += 1
  }

  /** The nearest known place that is not behind a record; null for no record at all. */
  before(index: number): RecordIndexEntry | null {
    let [low, high] = [0, this.#entries.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#entries[middle]?.index ?? 0) <= index) low = middle + 1
      else high = middle
    }
    return this.#entries[low - 1] ?? null
  }
}
