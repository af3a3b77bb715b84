import type { Finding } from '../diagnosis/diagnosis.ts'
import type { ErrorValue } from '../errors.ts'
import type { SocketSpec } from './spec.ts'

/**
 * The state of the link to a peer, from the socket's monitor and from examining the address. `since` is in milliseconds
 * since the epoch.
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

/** An endpoint that a socket connects to, in libzmq's form. */
export interface ConnectedEndpoint {
  readonly how: 'connect'
  readonly endpoint: string
  readonly link: LinkState
}

/** An endpoint that a socket binds. */
export interface BoundEndpoint {
  readonly how: 'bind'
  /** As it was asked for or, while it is bound, as libzmq resolved it. */
  readonly endpoint: string
  readonly isBound: boolean
  /** Why it could not be bound. */
  readonly error: ErrorValue | null
  /** The next free endpoint, when the address was in use. */
  readonly suggestion: string | null
  /** Why new peers cannot connect although it is bound; null when they can. */
  readonly trouble: Finding | null
  /** Whether other machines can reach the address. */
  readonly reachableFromOutside: boolean
  /** Connections that are there now. */
  readonly peers: number
}

export type EndpointState = ConnectedEndpoint | BoundEndpoint

/** What went through a session since it was opened. */
export interface Traffic {
  readonly received: number
  readonly receivedBytes: number
  readonly sent: number
  readonly sentBytes: number
  /** Connections and messages rejected because they broke the protocol. */
  readonly rejected: number
  /** Messages that did not go out, because their peers do not read or have gone. */
  readonly dropped: number
  /** Messages sent within the last second. */
  readonly rate: number
}

export const noTraffic: Traffic = {
  received: 0,
  receivedBytes: 0,
  sent: 0,
  sentBytes: 0,
  rejected: 0,
  dropped: 0,
  rate: 0,
}

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

/** Everything the engine knows about a session. */
export interface SessionState {
  readonly sessionId: string
  /** Grows with every change of any session, to recognise events older than a snapshot. */
  readonly seq: number
  readonly phase: 'closed' | 'opening' | 'open' | 'closing' | 'failed'
  /** What it was last opened with. */
  readonly spec: SocketSpec
  /** In the order of `spec.attach`. */
  readonly endpoints: readonly EndpointState[]
  /** Why it failed; null in every other phase. */
  readonly error: ErrorValue | null
  /** In milliseconds since the epoch; null unless it is open. */
  readonly openedAt: number | null
  readonly traffic: Traffic
  /** When the request that waits for its reply was sent, in milliseconds since the epoch; null without one. */
  readonly inFlightSince: number | null
  readonly repeat: RepeatProgress | null
  /** The reply to the last request, if it came after its time limit: its record, and milliseconds from the request. */
  readonly lateReply: { readonly record: number; readonly afterMs: number } | null
}

/** The one endpoint that a session binds; undefined when it binds none. */
export const boundEndpointOf = (state: SessionState | undefined): BoundEndpoint | undefined =>
  state?.endpoints.find((each) => each.how === 'bind')

const idle: LinkState = { state: 'idle' }

/** The link of the first endpoint that a session connects to; idle when there is none. */
export const linkOf = (state: SessionState | undefined): LinkState =>
  state?.endpoints.find((each) => each.how === 'connect')?.link ?? idle
