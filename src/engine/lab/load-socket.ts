import type { Frame } from '../../shared/message.ts'
import type { SocketOptions } from '../../shared/zmq/options.ts'
import type { LinkSecurity } from '../sockets/request-link.ts'

export interface LoadSocketPlan {
  readonly endpoint: string
  readonly options: SocketOptions
  /** For one exchange. */
  readonly timeoutMs: number
  readonly frames: readonly Frame[]
  /** The routing id of the next socket; none where it is left to libzmq. */
  readonly routingId?: () => string | undefined
  readonly security?: LinkSecurity | undefined
  /** The most requests under way at a time, of a DEALER; undefined for a REQ, which has one. */
  readonly inFlight?: number | undefined
  /** Whether a DEALER numbers its requests, in a frame that the peer returns. */
  readonly numbered?: boolean | undefined
}

/** What becomes of a request. One of the two is called for each, once, and never from within `request`. */
export interface RequestListener {
  /** Both on the monotonic clock, in nanoseconds. */
  replied(sentNs: number, doneNs: number): void
  /** `thrown` is an `InspectorError`; the socket must be reconnected unless it `survives`. */
  failed(thrown: unknown): void
}

/**
 * A socket of a load, whatever speaks for it: a REQ, which makes one exchange at a time, or a DEALER, which makes several,
 * and takes replies for those of its requests in their order, unless they are numbered. All requests are the same but for that.
 */
export interface LoadSocket {
  /** How often a socket was replaced. */
  readonly reconnects: number
  /** Of numbered requests, since the first connection: replies that came out of order, and that came again. */
  readonly reordered: number
  readonly repeated: number
  /** Nanoseconds from connect to handshake of the current socket; null without one. */
  readonly connectNs: number | null
  /** Whether another exchange can follow a failed one without reconnecting. */
  readonly survives: boolean
  /** Opens a socket and waits until it can send. Throws `InspectorError`: `unreachable`, `peer-rejected`, `closed`. */
  connect(): Promise<void>
  /** Takes listeners rather than returning a promise: what is made anew for each exchange costs time. */
  request(listener: RequestListener): void
  /** Aborts an exchange or connection attempt in progress. */
  close(): void
  /** Resolves when every socket has gone. */
  gone(): Promise<void>
}

/** Bounds of the time limit for connecting, whatever the exchange timeout is. */
const shortestConnectMs = 1000
const longestConnectMs = 5000

export const connectLimitMs = (timeoutMs: number): number =>
  Math.min(longestConnectMs, Math.max(shortestConnectMs, timeoutMs))
