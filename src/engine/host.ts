import type { InspectorEvent } from '../shared/contract.ts'
import type { NewLogEntry } from '../shared/message.ts'

/** Where the engine puts what happened: the SQLite log, or nothing at all. */
export interface LogSink {
  append(entry: NewLogEntry): void
}

/** What the engine asks of the program it lives in. */
export interface EngineHost {
  /** Called with every change of state; states come whole. */
  emit(event: InspectorEvent): void
  readonly log: LogSink
}
