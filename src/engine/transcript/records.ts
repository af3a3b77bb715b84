import { describeSocketEvent, type SocketEvent } from '../../shared/diagnosis/socket-event.ts'
import type { Frame } from '../../shared/message.ts'
import type { NewRecord, Origin } from '../../shared/transcript/record.ts'
import { wallClock } from '../clock.ts'

/** Whose record it is: the id of a session, and the endpoint it has at the time. */
export type SessionName = Pick<NewRecord, 'session' | 'name'>

/** A message that is sent. `at` in milliseconds since the epoch; `envelope`: how many of its frames are that. */
export function sentRecord(
  { session, name }: SessionName,
  at: number,
  frames: readonly Frame[],
  envelope: number,
  origin: Origin,
  exchange: number | null = null,
): NewRecord {
  return {
    at,
    kind: 'message',
    direction: 'sent',
    session,
    name,
    frames,
    envelope,
    exchange,
    roundTripNs: null,
    origin,
    event: null,
    detail: null,
  }
}

/** A message that was received; the round trip, in nanoseconds, is a reply's. */
export function receivedRecord(
  { session, name }: SessionName,
  at: number,
  frames: readonly Frame[],
  envelope: number,
  exchange: number | null = null,
  roundTripNs: number | null = null,
): NewRecord {
  return {
    at,
    kind: 'message',
    direction: 'received',
    session,
    name,
    frames,
    envelope,
    exchange,
    roundTripNs,
    origin: null,
    event: null,
    detail: null,
  }
}

/** Something other than a message. */
export function eventRecord({ session, name }: SessionName, event: string, detail: string): NewRecord {
  return {
    at: wallClock(),
    kind: 'event',
    direction: 'none',
    session,
    name,
    frames: [],
    envelope: 0,
    exchange: null,
    roundTripNs: null,
    origin: null,
    event,
    detail,
  }
}

export function socketEventRecord(session: SessionName, event: SocketEvent): NewRecord {
  return eventRecord(session, event.type, describeSocketEvent(event))
}
