import type { InspectorError } from '../shared/errors.ts'
import type { LatencyRecorder } from '../shared/latency/recorder.ts'
import type { Exchange, Frame, SocketAttempt } from '../shared/message.ts'
import type { Attachment, SocketSpec } from '../shared/session/spec.ts'
import type { SessionState } from '../shared/session/state.ts'
import type { Topic } from '../shared/session/topic.ts'
import type { Origin } from '../shared/transcript/record.ts'
import type { Secrets, Security } from '../shared/zmq/security.ts'
import type { EchoListeners } from './echo-listeners.ts'
import type { RoundTrips } from './round-trips.ts'
import type { Transcript } from './transcript/folding-log.ts'

/** What a strategy knows of its session. */
export type StrategyState = Omit<SessionState, 'sessionId' | 'seq' | 'repeat' | 'roundTrips' | 'watches'>

/** What a session offers its strategy. */
export interface StrategyHost {
  /** The session's id. */
  readonly id: string
  readonly log: Transcript
  readonly latency: LatencyRecorder
  /** Is told of every message that arrives, in case somebody times it. */
  readonly echoes: EchoListeners
  /** Is told of every message that is sent; null when none is timed. */
  readonly trips: RoundTrips | null
  /** The state changed: it is announced soon, together with what else changes. */
  changed(): void
  /** The state changed: it is announced at once. */
  changedNow(): void
  /** The socket is about to be closed, so what repeats on it ends, and nothing waits to be timed. */
  closing(): void
  /** The figures of `latency` changed. */
  figuresChanged(): void
  /** Deletes the figures. */
  resetLatency(): void
  /** Whether a session of this application, at this endpoint, refused a request that was lost, and why. */
  refusal(endpoint: string, frames: readonly Frame[]): Promise<InspectorError | null>
}

/** How a message is sent. */
export interface SendOptions {
  /** How long it may wait for a peer and for room, and its reply for coming. */
  readonly timeoutMs: number
  /** By default a person. */
  readonly origin?: Origin
  /** The routing id of the peer that it goes to, for sockets that choose one. */
  readonly to?: Frame | null
}

/** How sockets run: a REQ with one link in another way than all others. */
export interface Strategy {
  readonly state: StrategyState
  /** Whether a message is under way, so that no other can be sent. */
  readonly isBusy: boolean
  readonly lastExchange: Exchange | null
  /** Every attempt to connect within the last minute, the oldest first. */
  readonly attempts: readonly SocketAttempt[]
  /** Throws `InspectorError`. */
  open(spec: SocketSpec, secrets: Secrets): Promise<void>
  /** Closes the socket; what is under way ends with `closed`. */
  close(): Promise<void>
  /** Closes the socket, and waits until nothing is left of it. */
  dispose(): Promise<void>
  /** Sends one message. Resolves with its reply, where the pattern has one. Throws `InspectorError`. */
  send(frames: readonly Frame[], options: SendOptions): Promise<Exchange | null>
  /** Binds or connects one more endpoint of an open socket. Throws `InspectorError`, and changes nothing then. */
  attach(attachment: Attachment): Promise<void>
  /** Lets an endpoint of an open socket go, by its place. Throws `InspectorError`. */
  detach(index: number): void
  /** Has an open socket subscribe to these topics and no others. Throws `InspectorError`. */
  subscribe(topics: readonly Topic[]): Promise<void>
  /** Has an open server decide by other rules. Throws `InspectorError`, and changes nothing then. */
  secure(security: Security, secrets: Secrets): void
  /** Lets a client in that waits, or refuses it. Throws `InspectorError` when it no longer waits. */
  admit(client: number, isAdmitted: boolean): void
  /** Ends what is under way with `cancelled`. */
  cancel(): void
}
