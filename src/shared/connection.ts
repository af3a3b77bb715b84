import type { Finding } from './diagnosis/diagnosis.ts'
import type { ErrorValue } from './errors.ts'

export { type ConnectionOptions, defaultConnectionOptions } from './zmq/connection-options.ts'

/**
 * The state of the link to the peer, from the socket's monitor and from examining the address. `since` is in
 * milliseconds since the epoch.
 */
export type LinkState =
  | { readonly state: 'idle' }
  /** `cause`: what holds it up, once it takes long. */
  | { readonly state: 'connecting'; readonly since: number; readonly cause?: Finding }
  /** `older`: the peer speaks ZMTP 1.0 or 2.0, where ZeroMQ reports no handshake. */
  | { readonly state: 'ready'; readonly since: number; readonly older?: true }
  /** ZeroMQ tries again by itself. */
  | { readonly state: 'retrying'; readonly since: number; readonly cause: Finding }
  /** There is a peer, but not one to talk to. */
  | { readonly state: 'rejected'; readonly since: number; readonly cause: Finding }
  /** The link was ready, and ZeroMQ has given it up: the next message goes through a new socket. */
  | { readonly state: 'stopped'; readonly since: number; readonly cause: Finding }

/** Progress of a repeated message. */
export interface RepeatProgress {
  readonly running: boolean
  readonly sent: number
  readonly replied: number
  readonly timedOut: number
  /** Requests whose connection broke before the reply. */
  readonly lost: number
  /** Times at which nothing was sent because the exchange before was still under way; only with an interval. */
  readonly skipped: number
  /** Exchanges to make; null runs until stopped. */
  readonly total: number | null
  readonly startedAt: number
  /** Bytes of the last reply; null before the first. */
  readonly lastReplySize: number | null
  /** Why the last lost request was lost; null when none was. */
  readonly loss: ErrorValue | null
  /** Why it stopped early; null otherwise. */
  readonly error: ErrorValue | null
}

/** Everything the engine knows about an open connection. */
export interface ConnectionState {
  readonly connectionId: string
  /** Incremented with every change, to recognise events older than a snapshot. */
  readonly seq: number
  readonly open: boolean
  readonly endpoint: string
  readonly link: LinkState
  /** When the pending request was sent, in milliseconds since the epoch; null without one. */
  readonly inFlightSince: number | null
  readonly repeat: RepeatProgress | null
  /** The reply to the last request, if it came after its time limit: the log entry's time, and milliseconds from the request. */
  readonly lateReply: { readonly at: number; readonly afterMs: number } | null
}

/** The embedded echo server. */
export interface ServerState {
  readonly seq: number
  readonly phase: 'stopped' | 'starting' | 'listening' | 'stopping' | 'failed'
  /** The requested endpoint or, while listening, the resolved one. */
  readonly endpoint: string
  readonly error: ErrorValue | null
  /** The next free endpoint, when the address was in use. */
  readonly suggestion: string | null
  /** Why new peers cannot connect to a server that listens; null when they can. */
  readonly trouble: Finding | null
  /** Whether other machines can reach the address. */
  readonly reachableFromOutside: boolean
  readonly startedAt: number | null
  /** Largest frame in bytes that a peer may send; 0 while the server does not run. */
  readonly maximumMessageBytes: number
  readonly messages: number
  readonly bytes: number
  readonly peers: number
  /** Connections and messages rejected because they broke the protocol. */
  readonly rejected: number
  /** Replies that did not go out, because their peers do not read or have gone. */
  readonly dropped: number
  /** Messages echoed within the last second. */
  readonly rate: number
}

/** A server that has not been started. */
export const stoppedServer: ServerState = {
  seq: 0,
  phase: 'stopped',
  endpoint: '',
  error: null,
  suggestion: null,
  trouble: null,
  reachableFromOutside: false,
  startedAt: null,
  maximumMessageBytes: 0,
  messages: 0,
  bytes: 0,
  peers: 0,
  rejected: 0,
  dropped: 0,
  rate: 0,
}
