import type { Frame } from '../../shared/message.ts'
import type { SocketOptions } from '../../shared/zmq/options.ts'
import type { LinkSecurity } from '../sockets/request-link.ts'

export interface MessageSocketPlan {
  readonly endpoint: string
  readonly options: SocketOptions
  readonly timeoutMs: number
  readonly frames: readonly Frame[]
  /** Writes what tells a message from the others to its first frame, at this place; none where all are the same. */
  readonly stamp?: (view: DataView, at: number) => void
  readonly security?: LinkSecurity | undefined
}

/** What becomes of a write. One of the two is called for each, once, and never from within `write`. */
export interface WriteListener {
  /** The system, or the queue of libzmq, has all of it. */
  accepted(): void
  /** `thrown` is an `InspectorError`; the socket must be connected again. */
  failed(thrown: unknown): void
}

/** A socket that only sends, whatever speaks for it. One write is under way at a time, so what waits is bounded. */
export interface MessageSocket {
  /** How often it was connected again. */
  readonly reconnects: number
  /** Nanoseconds from connect to handshake of the current connection; null without one. */
  readonly connectNs: number | null
  /** The most messages of one write. */
  readonly mostMessages: number
  /** Connects and waits until it can send. Throws `InspectorError`: `unreachable`, `peer-rejected`, `closed`. */
  connect(): Promise<void>
  write(messages: number, listener: WriteListener): void
  /**
   * Ends the connection when the peer has what was accepted, or after this time. Resolves with whether the peer has read it
   * all; null where that cannot be told.
   */
  finish(limitMs: number): Promise<boolean | null>
  /** Aborts a write or a connection attempt in progress. */
  close(): void
  /** Resolves when every socket has gone. */
  gone(): Promise<void>
}
