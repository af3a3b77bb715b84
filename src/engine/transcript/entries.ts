import { describeSocketEvent, type SocketEvent } from '../../shared/diagnosis/socket-event.ts'
import type { Frame } from '../../shared/message.ts'
import type { NewRecord } from '../../shared/transcript/record.ts'
import { wallClock } from '../clock.ts'

/** Whose record it is: the id of a session, and the endpoint it has at the time. */
export type SessionName = Pick<NewRecord, 'session' | 'name'>

/** An entry for a message. `at` in milliseconds since the epoch; the round trip, in nanoseconds, is a reply's. */
export function messageEntry(
  { session, name }: SessionName,
  direction: 'sent' | 'received',
  at: number,
  frames: readonly Frame[],
  roundTripNs: number | null = null,
): NewRecord {
  return { at, kind: 'message', direction, session, name, frames, roundTripNs, event: null, detail: null }
}

/** An entry for something other than a message. */
export function eventEntry({ session, name }: SessionName, event: string, detail: string): NewRecord {
  const at = wallClock()
  return { at, kind: 'event', direction: 'none', session, name, frames: [], roundTripNs: null, event, detail }
}

export function socketEventEntry(session: SessionName, event: SocketEvent): NewRecord {
  return eventEntry(session, event.type, describeSocketEvent(event))
}
