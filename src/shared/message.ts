/** One part of a ZeroMQ message: bytes, nothing else. */
export type Frame = Uint8Array

/** The source id under which the embedded echo server writes to the log. */
export const serverSource = 'server'

export type Direction = 'sent' | 'received' | 'none'

/** What the engine hands to the log. Times in milliseconds since the epoch, with a fraction. */
export interface NewLogEntry {
  readonly at: number
  readonly kind: 'message' | 'event'
  readonly direction: Direction
  /** A connection's id, or `server`. */
  readonly source: string
  /** What people call that source: the endpoint it had at the time. */
  readonly name: string
  readonly frames: readonly Frame[]
  /** Nanoseconds from send to receive; null for anything but a reply. */
  readonly roundTripNs: number | null
  /** A socket event's type, `timeout`, `cancelled`; null for a message. */
  readonly event: string | null
  /** What the event carried, in words; null for a message. */
  readonly detail: string | null
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
  /** Bytes in all frames together. */
  readonly size: number
  readonly preview: string
  readonly roundTripNs: number | null
  readonly event: string | null
}

export interface LogEntry extends LogRow {
  readonly frames: readonly Frame[]
}

export interface LogFilter {
  /** Found anywhere in the preview, the source's name or the bytes; empty matches all. */
  readonly text: string
  readonly kind: 'message' | 'event' | 'all'
  readonly direction: 'sent' | 'received' | 'all'
  /** A source id; null matches every source. */
  readonly source: string | null
}

/** How the log stands. Sizes in bytes. */
export interface LogStatus {
  readonly lastId: number
  readonly count: number
  /** Entries removed because of the log's bounds, in size or age, since it was last cleared. */
  readonly evicted: number
  /** Entries never written because they came faster than the disk took them, in this run. */
  readonly unlogged: number
  /** Entries never written because the file refused them, in this run. */
  readonly failedToWrite: number
  /** How often the log was cleared in this run; rows read before belong to an older one. */
  readonly cleared: number
  readonly bytes: number
  readonly maximumBytes: number
}

export const sizeOf = (frames: readonly Frame[]): number => frames.reduce((total, frame) => total + frame.byteLength, 0)

/** Where a reply parts from its request: the frame and the byte within it, both counted from 0. */
export interface Difference {
  readonly frame: number
  readonly offset: number
}

/** A finished request and reply. Durations in nanoseconds, from a monotonic clock next to the socket. */
export interface Exchange {
  readonly at: number
  readonly frames: readonly Frame[]
  readonly roundTripNs: number
  /** From the call of connect to the end of the handshake; told with the first exchange, null with the others. */
  readonly connectNs: number | null
  /** The first exchange after the socket was opened or replaced. */
  readonly first: boolean
  /** Null when the reply is identical to the request. */
  readonly difference: Difference | null
}
