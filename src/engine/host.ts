import type { EngineEvent } from '../shared/session/event.ts'
import type { NewRecord } from '../shared/transcript/record.ts'
import type { Transcript } from './transcript/folding-log.ts'
import type { LogPages } from './transcript/read-entries.ts'
import type { NumberedRecord } from './transcript/recent-records.ts'

/** Where the engine puts what happened: the SQLite log, whose pages can be read again, or nothing at all. */
export interface LogSink extends Partial<LogPages> {
  /** Takes a record with its number. Each has a higher one than those before it, but for reserved numbers. */
  append(record: NewRecord, number: number): void
  /**
   * Resolves when the sink can take more; undefined while it can. Until then sessions receive nothing that they are not
   * waiting for, so that ZeroMQ's high-water marks hold their peers back. A sink without it takes everything.
   */
  ready?(): Promise<void> | undefined
  /** The least number that a record to come may have. A sink without it takes any, and the first is 1. */
  nextNumber?(): number
}

/** What the engine asks of the program it lives in. */
export interface EngineProgram {
  /** Called with every change of state; states come whole. */
  emit(event: EngineEvent): void
  readonly log: LogSink
}

/** What sessions ask of the engine. */
export interface EngineHost extends Pick<EngineProgram, 'emit'> {
  readonly log: Transcript
  /** The newest records of a session, the oldest first. */
  recentOf(session: string): Iterable<NumberedRecord>
}
