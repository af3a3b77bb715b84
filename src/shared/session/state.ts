import type { Finding } from '../diagnosis/diagnosis.ts'
import type { ErrorValue } from '../errors.ts'
import type { WatchState } from '../watch/state.ts'
import type { AuthenticationState } from './authentication.ts'
import type { SocketSpec } from './spec.ts'
import type { RoundTripState } from './timing.ts'

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
  /** Messages sent, and messages received, within the last second. */
  readonly rate: number
  readonly receiveRate: number
  /** Their bytes. */
  readonly sentBytesRate: number
  readonly receivedBytesRate: number
  /** Messages that libzmq took while nobody was there: they wait for the first peer. */
  readonly queued: number
  /** Messages that were published while nobody subscribed to them. */
  readonly unheard: number
}

export const noTraffic: Traffic = {
  received: 0,
  receivedBytes: 0,
  sent: 0,
  sentBytes: 0,
  rejected: 0,
  dropped: 0,
  rate: 0,
  receiveRate: 0,
  sentBytesRate: 0,
  receivedBytesRate: 0,
  queued: 0,
  unheard: 0,
}

/** A request that waits to be answered by hand. */
export interface WaitingRequest {
  /** Its record. */
  readonly record: number
  /** When it arrived, in milliseconds since the epoch. */
  readonly since: number
}

/** Another socket, as far as its messages tell of it. */
export interface Peer {
  /** As hex digits. */
  readonly routingId: string
  /** When it was last heard of, in milliseconds since the epoch. */
  readonly lastSeen: number
  readonly received: number
  readonly sent: number
  /** Whether it puts an empty delimiter before its messages, as REQ does, and so expects one. */
  readonly delimiter: boolean
  /** Whether it was found to have gone. */
  readonly gone: boolean
}

/** The peers that can be sent to. */
export interface Peers {
  /** How many are remembered. */
  readonly count: number
  /** Those heard of last, the newest first. */
  readonly newest: readonly Peer[]
}

/** Who subscribes to what a socket publishes. */
export interface Audience {
  /** Subscriptions that are there now, as far as the socket is told of each. */
  readonly subscriptions: number
  /** How many topics they are to. */
  readonly topicCount: number
  /** Some of the topics, in their order, as hex digits, with their subscriptions. */
  readonly topics: readonly { readonly topic: string; readonly subscriptions: number }[]
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
  /** How messages are timed whose answers ZeroMQ does not tell; null when they are not. */
  readonly roundTrips: RoundTripState | null
  /** What is watched of the messages that it receives, in the order of the watches. */
  readonly watches: readonly WatchState[]
  /** The reply to the last request, if it came after its time limit: its record, and milliseconds from the request. */
  readonly lateReply: { readonly record: number; readonly afterMs: number } | null
  /** The request that a REP has to answer next; null when none waits. */
  readonly request: WaitingRequest | null
  /** Null for a socket that does not choose who its messages go to. */
  readonly peers: Peers | null
  /** Null for a socket that does not publish, or is not told who subscribes. */
  readonly audience: Audience | null
  /** The public half of the pair that an open socket has, in Z85; null without CURVE. */
  readonly ownKey: string | null
  /** What a server decided about its clients; null for a socket that is none, or is not open. */
  readonly authentication: AuthenticationState | null
}

/** The one endpoint that a session binds; undefined when it binds none. */
export const boundEndpointOf = (state: SessionState | undefined): BoundEndpoint | undefined =>
  state?.endpoints.find((each) => each.how === 'bind')

const idle: LinkState = { state: 'idle' }

/** The link of the first endpoint that a session connects to; idle when there is none. */
export const linkOf = (state: SessionState | undefined): LinkState =>
  state?.endpoints.find((each) => each.how === 'connect')?.link ?? idle
