/** One part of a ZeroMQ message: bytes, nothing else. */
export type Frame = Uint8Array

/** The total size of the frames in bytes, leaving out the first `from`. */
export function sizeOf(frames: readonly Frame[], from = 0): number {
  let total = 0
  for (let index = from; index < frames.length; index += 1) total += frames[index]?.byteLength ?? 0
  return total
}

/** Whether two messages have the same frames, byte for byte. For small ones: it compares in JavaScript. */
export function isSameMessage(one: readonly Frame[], other: readonly Frame[]): boolean {
  return (
    one.length === other.length &&
    one.every((frame, index) => {
      const against = other[index]
      return frame.byteLength === against?.byteLength && frame.every((byte, offset) => byte === against[offset])
    })
  )
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

/** The first difference between reply and request: frame and byte offset, both from 0. */
export interface Difference {
  readonly frame: number
  readonly offset: number
}

/** A completed request and reply. Durations in nanoseconds, measured next to the socket with a monotonic clock. */
export interface Exchange {
  readonly at: number
  /** The numbers of the two records. */
  readonly request: number
  readonly record: number
  /** The reply's. */
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
