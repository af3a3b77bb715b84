import type { NewRecord } from '../../shared/transcript/record.ts'
import type { Common, PackedRecord } from './rows.ts'

const fullEntries = 2000
const fullBytes = 4 * 1024 * 1024
const firstNumbers = 4096
const firstBytes = 64 * 1024
/** An entry of more bytes gets a buffer of its own: the common one would be copied often to grow by that. */
const largeBytes = 64 * 1024
/** Before the sizes of an entry's frames: number, time, round trip, exchange, common, detail and how many frames. */
const numbersPerEntry = 7

/** Entries on their way to the log's thread. Objects would cost a multiple there and back. */
export interface PackedBatch {
  readonly count: number
  /** Of all frames together. */
  readonly bytes: number
  /** For each entry `numbersPerEntry` numbers, then the size of each frame. NaN stands for null. Room may be left over. */
  readonly numbers: Float64Array<ArrayBuffer>
  readonly commons: readonly Common[]
  readonly details: readonly string[]
  /** The frames of all entries that are not large, one behind the other. Room may be left over. */
  readonly small: Uint8Array<ArrayBuffer>
  /** The frames of each large entry. */
  readonly large: readonly Uint8Array<ArrayBuffer>[]
  /** Whether each entry has a higher number than the one before. */
  readonly inOrder: boolean
}

/** Entries that go to the log's thread together. */
export class LogBatch {
  /** When it began, by `performance.now()`. */
  readonly since = performance.now()
  #count = 0
  #bytes = 0
  #numbers = new Float64Array(firstNumbers)
  #numbersUsed = 0
  #small = new Uint8Array(firstBytes)
  #smallUsed = 0
  readonly #large: Uint8Array<ArrayBuffer>[] = []
  readonly #commons: Common[] = []
  /** The numbers of the commons, by session: each has a few. */
  readonly #commonsOf = new Map<string, number[]>()
  readonly #details: string[] = []
  #lastNumber = 0
  #inOrder = true

  /** How many entries it has. */
  get count(): number {
    return this.#count
  }

  get full(): boolean {
    return this.#count >= fullEntries || this.#bytes >= fullBytes
  }

  /** Copies the record, so that no garbage is left. `size` of its frames together. */
  add(record: NewRecord, number: number, size: number): void {
    const { at, roundTripNs, exchange, detail, frames } = record
    this.#reserveNumbers(numbersPerEntry + frames.length)
    const numbers = this.#numbers
    let next = this.#numbersUsed
    numbers[next++] = number
    numbers[next++] = at
    numbers[next++] = roundTripNs ?? Number.NaN
    numbers[next++] = exchange ?? Number.NaN
    numbers[next++] = this.#commonOf(record)
    numbers[next++] = detail === null ? Number.NaN : this.#details.push(detail) - 1
    numbers[next++] = frames.length
    const body = this.#reserveBody(size)
    let start = 0
    for (const frame of frames) {
      body.bytes.set(frame, body.start + start)
      start += frame.byteLength
      numbers[next++] = frame.byteLength
    }
    this.#numbersUsed = next
    this.#count += 1
    this.#bytes += size
    this.#inOrder &&= number > this.#lastNumber
    this.#lastNumber = number
  }

  /** The batch, and what of it can be moved and need not be copied again. Nothing can be added then. */
  pack(): { readonly batch: PackedBatch; readonly transfer: ArrayBuffer[] } {
    const [numbers, small, large] = [this.#numbers, this.#small, this.#large]
    return {
      batch: {
        count: this.#count,
        bytes: this.#bytes,
        numbers,
        commons: this.#commons,
        details: this.#details,
        small,
        large,
        inOrder: this.#inOrder,
      },
      transfer: [numbers.buffer, small.buffer, ...large.map(({ buffer }) => buffer)],
    }
  }

  #reserveNumbers(count: number): void {
    const wanted = this.#numbersUsed + count
    if (wanted <= this.#numbers.length) return
    const larger = new Float64Array(Math.max(wanted, 2 * this.#numbers.length))
    larger.set(this.#numbers)
    this.#numbers = larger
  }

  #reserveBody(size: number): { readonly bytes: Uint8Array; readonly start: number } {
    if (size > largeBytes) {
      const bytes = new Uint8Array(size)
      this.#large.push(bytes)
      return { bytes, start: 0 }
    }
    const start = this.#smallUsed
    this.#smallUsed += size
    if (this.#smallUsed > this.#small.length) {
      const larger = new Uint8Array(Math.max(this.#smallUsed, 2 * this.#small.length))
      larger.set(this.#small)
      this.#small = larger
    }
    return { bytes: this.#small, start }
  }

  #commonOf({ kind, direction, session, name, envelope, origin, event }: NewRecord): number {
    let known = this.#commonsOf.get(session)
    if (!known) {
      known = []
      this.#commonsOf.set(session, known)
    }
    for (const number of known) {
      const common = this.#commons[number]
      if (
        common?.direction === direction &&
        common.event === event &&
        common.name === name &&
        common.envelope === envelope &&
        common.origin === origin &&
        common.kind === kind
      ) {
        return number
      }
    }
    const number = this.#commons.push({ kind, direction, session, name, envelope, origin, event }) - 1
    known.push(number)
    return number
  }
}

/** The records of a batch, by their numbers. Their bodies are views of the batch's buffers. */
export function unpackBatch({ count, numbers, commons, details, small, large, inOrder }: PackedBatch): PackedRecord[] {
  const entries: PackedRecord[] = []
  let read = 0
  const next = (): number => numbers[read++] ?? Number.NaN
  const nextOrNull = (): number | null => {
    const value = next()
    return Number.isNaN(value) ? null : value
  }
  let smallRead = 0
  let largeRead = 0
  const nextBody = (size: number): Buffer => {
    const own = size > largeBytes ? large[largeRead++] : undefined
    if (own) return Buffer.from(own.buffer)
    smallRead += size
    return Buffer.from(small.buffer, smallRead - size, size)
  }
  while (entries.length < count) {
    const number = next()
    const at = next()
    const roundTripNs = nextOrNull()
    const exchange = nextOrNull()
    const common = commons[next()]
    if (!common) throw new Error('a batch is not whole')
    const detail = details[next()] ?? null
    const frameSizes: number[] = []
    let size = 0
    for (let left = next(); left > 0; left -= 1) {
      const frameSize = next()
      frameSizes.push(frameSize)
      size += frameSize
    }
    entries.push({ number, at, roundTripNs, exchange, detail, common, frameSizes, body: nextBody(size) })
  }
  // What was sent is appended when its round trip is over, and is numbered before what the server did with it.
  return inOrder ? entries : entries.sort((one, other) => one.number - other.number)
}
