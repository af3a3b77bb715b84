import type { EngineEvent } from '../shared/session/event.ts'
import type { NewRecord } from '../shared/transcript/record.ts'

/** Where the engine puts what happened: the SQLite log, or nothing at all. */
export interface LogSink {
  append(entry: NewRecord): void
  /**
   * Resolves when the sink can take more; undefined while it can. Until then sessions receive nothing that they are not
   * waiting for, so that ZeroMQ's high-water marks hold their peers back. A sink without it takes everything.
   */
  ready?(): Promise<void> | undefined
}

/** What the engine asks of the program it lives in. */
export interface EngineHost {
  /** Called with every change of state; states come whole. */
  emit(event: EngineEvent): void
  readonly log: LogSink
}
