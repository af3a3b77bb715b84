import { sizeOf } from '../../shared/message.ts'
import { type NewRecord, peerOf, type RecordPlace, type TranscriptRecord } from '../../shared/transcript/record.ts'

/** A record with its number. */
export interface NumberedRecord {
  readonly record: NewRecord
  readonly number: number
}

/** The newest records, bounded in their number and their bytes; the newest itself is always among them. */
export class RecentRecords {
  /** A ring: `#oldest` is the place of the oldest of `#count`. */
  readonly #records: (NewRecord | undefined)[] = []
  readonly #numbers: Float64Array
  readonly #sizes: Float64Array
  #oldest = 0
  #count = 0
  #bytes = 0

  constructor(
    private readonly maximumCount: number,
    private readonly maximumBytes: number,
  ) {
    this.#numbers = new Float64Array(maximumCount)
    this.#sizes = new Float64Array(maximumCount)
  }

  /** The record is kept as it is: nothing of it may be changed afterwards. */
  add(record: NewRecord, number: number): void {
    const size = sizeOf(record.frames)
    while (this.#count > 0 && (this.#count === this.maximumCount || this.#bytes + size > this.maximumBytes)) {
      this.#dropOldest()
    }
    const place = this.#placeOf(this.#count)
    this.#records[place] = record
    this.#numbers[place] = number
    this.#sizes[place] = size
    this.#count += 1
    this.#bytes += size
  }

  /** The record with this number; null when it is not, or no longer, here. */
  find(number: number): TranscriptRecord | null {
    for (let index = this.#count - 1; index >= 0; index -= 1) {
      const place = this.#placeOf(index)
      const record = this.#records[place]
      if (record && this.#numbers[place] === number) return { ...record, id: number, peer: peerOf(record) }
    }
    return null
  }

  /** The records of a session, the oldest first. */
  *of(session: string): Generator<NumberedRecord> {
    for (let index = 0; index < this.#count; index += 1) {
      const place = this.#placeOf(index)
      const record = this.#records[place]
      const number = this.#numbers[place]
      if (record?.session === session && number !== undefined) yield { record, number }
    }
  }

  /** The newest other message of the exchange of a record. */
  partnerOf({ id, session, exchange }: RecordPlace): number | null {
    for (let index = this.#count - 1; index >= 0; index -= 1) {
      const place = this.#placeOf(index)
      const record = this.#records[place]
      const number = this.#numbers[place]
      if (record?.session !== session || record.kind !== 'message' || number === undefined || number === id) continue
      if (number === exchange || record.exchange === exchange) return number
    }
    return null
  }

  clear(): void {
    while (this.#count > 0) this.#dropOldest()
  }

  #placeOf(index: number): number {
    return (this.#oldest + index) % this.maximumCount
  }

  #dropOldest(): void {
    const size = this.#sizes[this.#oldest] ?? 0
    this.#records[this.#oldest] = undefined
    this.#oldest = this.#placeOf(1)
    this.#count -= 1
    this.#bytes -= size
  }
}
