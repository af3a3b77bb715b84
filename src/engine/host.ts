import type { InspectorEvent } from '../shared/contract.ts'
import type { SocketEvent } from '../shared/diagnosis/socket-event.ts'
import { describeSocketEvent } from '../shared/diagnosis/socket-event.ts'
import type { NewLogEntry } from '../shared/message.ts'
import { wallClock } from './clock.ts'

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

/** A log entry for something other than a message. */
export function eventEntry(source: string, name: string, event: string, detail: string): NewLogEntry {
  return {
    at: wallClock(),
    kind: 'event',
    direction: 'none',
    source,
    name,
    frames: [],
    roundTripNs: null,
    event,
    detail,
  }
}

export function socketEventEntry(source: string, name: string, event: SocketEvent): NewLogEntry {
  return eventEntry(source, name, event.type, describeSocketEvent(event))
}
