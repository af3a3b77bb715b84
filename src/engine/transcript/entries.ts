import { describeSocketEvent, type SocketEvent } from '../../shared/diagnosis/socket-event.ts'
import type { Frame, NewLogEntry } from '../../shared/message.ts'
import { wallClock } from '../clock.ts'

/** Who writes to the log: the id of a source, and the endpoint it has at the time. */
export type LogSource = Pick<NewLogEntry, 'source' | 'name'>

/** An entry for a message. `at` in milliseconds since the epoch; the round trip, in nanoseconds, is a reply's. */
export function messageEntry(
  { source, name }: LogSource,
  direction: 'sent' | 'received',
  at: number,
  frames: readonly Frame[],
  roundTripNs: number | null = null,
): NewLogEntry {
  return { at, kind: 'message', direction, source, name, frames, roundTripNs, event: null, detail: null }
}

/** An entry for something other than a message. */
export function eventEntry({ source, name }: LogSource, event: string, detail: string): NewLogEntry {
  const at = wallClock()
  return { at, kind: 'event', direction: 'none', source, name, frames: [], roundTripNs: null, event, detail }
}

export function socketEventEntry(source: LogSource, event: SocketEvent): NewLogEntry {
  return eventEntry(source, event.type, describeSocketEvent(event))
}
