import type { Frame } from '../message.ts'

/** The event of a reply that came after its time limit. */
export const lateReplyEvent = 'reply:late'

export type Direction = 'sent' | 'received' | 'none'

/** A message or an event, for the transcript. Times in milliseconds since the epoch, with a fraction. */
export interface NewRecord {
  readonly at: number
  readonly kind: 'message' | 'event'
  readonly direction: Direction
  /** A session's id. */
  readonly session: string
  /** The session's name for people: its endpoint at the time. */
  readonly name: string
  readonly frames: readonly Frame[]
  /** Nanoseconds from send to receive; null for anything but a reply. */
  readonly roundTripNs: number | null
  /** A socket event's type, `timeout`, `cancelled`; null for a message. */
  readonly event: string | null
  /** The event's details in words; null for a message. */
  readonly detail: string | null
}

/** A line of the log: a record without its bytes. */
export interface RecordRow {
  readonly id: number
  readonly at: number
  readonly kind: 'message' | 'event'
  readonly direction: Direction
  readonly session: string
  readonly name: string
  readonly frameCount: number
  /** Total bytes of all frames. */
  readonly size: number
  readonly preview: string
  readonly roundTripNs: number | null
  readonly event: string | null
}

/** A record as it is shown, with its bytes. */
export interface TranscriptRecord extends RecordRow {
  readonly frames: readonly Frame[]
}
