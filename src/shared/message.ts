/** One part of a ZeroMQ message: bytes, nothing else. */
export type Frame = Uint8Array

/** The event of a reply that came after its time limit. */
export const lateReplyEvent = 'reply:late'

export type Direction = 'sent' | 'received' | 'none'

/** An entry for the log. Times in milliseconds since the epoch, with a fraction. */
export interface NewLogEntry {
  readonly at: number
  readonly kind: 'message' | 'event'
  readonly direction: Direction
  /** A session's id. */
  readonly source: string
  /** The source's name for people: its endpoint at the time. */
  readonly name: string
  readonly frames: readonly Frame[]
  /** Nanoseconds from send to receive; null for anything but a reply. */
  readonly roundTripNs: number | null
  /** A socket event's type, `timeout`, `cancelled`; null for a message. */
  readonly event: string | null
  /** The event's details in words; null for a message. */
  readonly detail: string | null
}

/** One event of an attempt to connect. `at` in milliseconds since the epoch. */
export interface SocketAttempt {
  readonly at: number
  /** The connection's id. */
  readonly source: string
  readonly endpoint: string
  /** The socket event's type. */
  readonly event: string
  /** The event in words. */
  readonly detail: string
}

/** A line of the log, without its bytes. */
export interface LogRow {
  readonly id: number
  readonly at: number
  readonly kind: 'message' | 'event'
  readonly direction: Direction
  readonly source: string
  readonly name: string
  readonly frameCount: number
  /** Total bytes of all frames. */
  readonly size: number
  readonly preview: string
  readonly roundTripNs: number | null
  readonly event: string | null
}

export interface LogEntry extends LogRow {
  readonly frames: readonly Frame[]
}

export interface LogFilter {
  /** Matches anywhere in the preview, the source's name or the bytes; empty matches all. */
  readonly text: string
  readonly kind: 'message' | 'event' | 'all'
  readonly direction: 'sent' | 'received' | 'all'
  /** A source id; null matches all sources. */
  readonly source: string | null
}

/** How many entries of the log match a filter, of how many of the filter's kind; both of the same moment. */
export interface LogCount {
  readonly matching: number
  readonly of: number
}

/** The state of the log. Sizes in bytes. */
export interface LogStatus {
  readonly lastId: number
  readonly count: number
  /** Entries deleted because of the log's limits in size or age since it was last cleared. */
  readonly evicted: number
  /** Entries dropped in this session because they came faster than the disk could write. */
  readonly unlogged: number
  /** Entries dropped in this session because the file rejected them. */
  readonly failedToWrite: number
  /** Why nothing can be written now, such as `the disk is full`; null when it can. */
  readonly trouble: string | null
  /** How long the oldest entry that waits for the disk has waited, in milliseconds; 0 when none does. */
  readonly behindMs: number
  /** How often the log was cleared in this session; rows read before belong to an older log. */
  readonly cleared: number
  readonly bytes: number
  readonly maximumBytes: number
}

export const sizeOf = (frames: readonly Frame[]): number => frames.reduce((total, frame) => total + frame.byteLength, 0)

/** The first difference between reply and request: frame and byte offset, both from 0. */
export interface Difference {
  readonly frame: number
  readonly offset: number
}

/** A completed request and reply. Durations in nanoseconds, measured next to the socket with a monotonic clock. */
export interface Exchange {
  readonly at: number
  readonly frames: readonly Frame[]
  readonly roundTripNs: number
  /** From the connect call to the end of the handshake; only for the first exchange, otherwise null. */
  readonly connectNs: number | null
  /** The first exchange after the socket was opened or replaced. */
  readonly first: boolean
  /** Null when the reply is identical to the request. */
  readonly difference: Difference | null
  /** Whether the reply is another than the request, but identical to the request before: a surplus one, it seems. */
  readonly answersEarlier: boolean
}
