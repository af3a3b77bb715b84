import { mebibytes } from '../../shared/settings.ts'
import type { NewRecord, RecordPlace, TranscriptRecord } from '../../shared/transcript/record.ts'
import type { LogSink } from '../host.ts'
import { type NumberedRecord, RecentRecords } from './recent-records.ts'

const recentCount = 1000
const recentBytes = mebibytes(64)

/**
 * Numbers every record that goes to the host's log, and keeps the newest, so that any can be named and shown before it is
 * in a file, and without one.
 */
export class Recorder {
  #next = 1
  readonly #recent = new RecentRecords(recentCount, recentBytes)

  constructor(private readonly log: LogSink) {}

  /** The number of the next record, as far as that is known. */
  get next(): number {
    return this.#next
  }

  /**
   * A number for a record to come, which sorts it before those that happen meanwhile. It may be left unused: numbers have
   * gaps.
   */
  reserve(): number {
    this.#follow()
    const number = this.#next
    this.#next += 1
    return number
  }

  /** Takes a record. Returns its number: the reserved one, unless the log has gone on past that, or the next. */
  append(record: NewRecord, reserved = 0): number {
    const isFree = reserved > 0 && reserved >= (this.log.nextNumber?.() ?? 1)
    const number = isFree ? reserved : this.reserve()
    this.#recent.add(record, number)
    this.log.append(record, number)
    return number
  }

  ready(): Promise<void> | undefined {
    return this.log.ready?.()
  }

  /** The record with this number, if it is among the newest. */
  find(number: number): TranscriptRecord | null {
    return this.#recent.find(number)
  }

  /** The newest records of a session, the oldest first. */
  recentOf(session: string): Iterable<NumberedRecord> {
    return this.#recent.of(session)
  }

  /** The number of the reply to a request, or of the request of a reply, if it is among the newest. */
  partnerOf(record: RecordPlace): number | null {
    return this.#recent.partnerOf(record)
  }

  /** Forgets the newest records: the log was cleared. */
  forget(): void {
    this.#recent.clear()
  }

  /** Goes on after the log's file, which another that has more records may have replaced. */
  #follow(): void {
    const free = this.log.nextNumber?.() ?? 1
    if (free <= this.#next) return
    this.#next = free
    // Those numbers name other records in that file.
    this.#recent.clear()
  }
}
