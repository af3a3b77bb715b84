import type { Frame } from '../message.ts'

/** The event of a reply that came after its time limit. */
export const lateReplyEvent = 'reply:late'

export type Direction = 'sent' | 'received' | 'none'

/** What had a message sent: a person who pressed Send, a repeat, or the session's behaviour. */
export const origins = ['person', 'repeat', 'behaviour'] as const
export type Origin = (typeof origins)[number]

/** A message or an event of a session, before it has a number. Times in milliseconds since the epoch, with a fraction. */
export interface NewRecord {
  readonly at: number
  readonly kind: 'message' | 'event'
  readonly direction: Direction
  /** A session's id. */
  readonly session: string
  /** The session's name for people: its endpoint at the time. */
  readonly name: string
  /** As they were sent or received, with the envelope. */
  readonly frames: readonly Frame[]
  /** How many leading frames are envelope: routing ids, the first of them the peer's, and the empty delimiter. */
  readonly envelope: number
  /**
   * Links a request, its reply and a reply that comes late: the first number reserved for the request. So do a message
   * and the answer of a behaviour. Null for others.
   */
  readonly exchange: number | null
  /** Nanoseconds from send to receive; null for anything but a reply. */
  readonly roundTripNs: number | null
  /** Null for a message that was received and for an event. */
  readonly origin: Origin | null
  /** A socket event's type, `timeout`, `cancelled`; null for a message. */
  readonly event: string | null
  /** The event's details in words; null for a message. */
  readonly detail: string | null
}

/** A record as it is shown. */
export interface TranscriptRecord extends NewRecord {
  /** Its number in the transcript: grows from one record to the next, with gaps. */
  readonly id: number
  /** The routing id of the peer as hex digits, where the envelope has one. */
  readonly peer: string | null
}

/** What tells the other messages of a record's exchange. */
export interface RecordPlace extends Pick<TranscriptRecord, 'id' | 'session'> {
  readonly exchange: number
}

/** A line of the log: a record without its bytes. */
export interface RecordRow {
  readonly id: number
  readonly at: number
  readonly kind: 'message' | 'event'
  readonly direction: Direction
  readonly session: string
  readonly name: string
  /** Of the message, without its envelope, like `size` and `preview`. */
  readonly frameCount: number
  /** Total bytes of the frames. */
  readonly size: number
  readonly preview: string
  readonly roundTripNs: number | null
  readonly event: string | null
  /** The routing id of the peer as hex digits; null without one, and for a message of more than 64 KiB. */
  readonly peer: string | null
}

/** The frames of a record without its envelope. */
export const messageOf = ({ frames, envelope }: Pick<NewRecord, 'frames' | 'envelope'>): readonly Frame[] =>
  envelope === 0 ? frames : frames.slice(envelope)

/** The peer of a record, from its envelope. */
export function peerOf({ frames, envelope }: Pick<NewRecord, 'frames' | 'envelope'>): string | null {
  const [routingId] = frames
  if (envelope === 0 || !routingId) return null
  return Array.from(routingId, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
