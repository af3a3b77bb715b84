import type { InspectorEvent } from '../shared/contract.ts'
import type { NewLogEntry } from '../shared/message.ts'

/** Where the engine puts what happened: the SQLite log, or nothing at all. */
export interface LogSink {
  append(entry: NewLogEntry): void
  /**
   * Resolves when the sink can take more; undefined while it can. Until then the server receives nothing, so that
   * ZeroMQ's high-water marks hold its peers back. A sink without it takes everything.
   */
  ready?(): Promise<void> | undefined
}

/** What the engine asks of the program it lives in. */
export interface EngineHost {
  /** Called with every change of state; states come whole. */
  emit(event: InspectorEvent): void
  readonly log: LogSink
}
