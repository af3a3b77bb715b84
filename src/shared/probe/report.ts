import type { Facts } from '../diagnosis/finding.ts'
import type { PatternId } from '../zmq/patterns.ts'
import type { ForeignProtocol } from './protocols.ts'

/**
 * What answers. `unfinished`: it begins in ZMTP and does not get to its end. `silent`: it accepts and says nothing.
 * `closed`: it accepts and closes without a word. `unknown`: it says something that is no protocol known here.
 */
export type ProbedProtocol = 'zmtp' | 'unfinished' | 'silent' | 'closed' | 'unknown' | ForeignProtocol

/** How far the handshake came, which is made without credentials and without an end: the peer gets no READY. */
export type ProbedHandshake =
  /** The peer said what it is. */
  | 'done'
  /** It goes no further without a user, a password or a key. */
  | 'needs-credentials'
  /** The peer refuses this address, by an ERROR. */
  | 'refused'
  /** The peer closed the connection before it said what it is. */
  | 'closed'
  /** The peer did not say what it is in time. */
  | 'unfinished'
  /** There is none: an older ZMTP, or no ZMTP. */
  | 'none'

/** What one address said. */
export interface ProbeAnswer {
  readonly protocol: ProbedProtocol
  /** `1.0`, `2.0`, `3.0`, `3.1`; of a WebSocket `ZWS 2.0`. */
  readonly version: string | null
  /** `NULL`, `PLAIN`, `CURVE` or another name; null where the version has none. */
  readonly mechanism: string | null
  /** Whether it says that it is the server of its mechanism. libzmq says no even where it is. */
  readonly asServer: boolean | null
  readonly socketType: string | null
  /** Text, or hex digits after `0x`; null where it has none or does not say it. */
  readonly identity: string | null
  /** Further properties, such as `X-…`. */
  readonly metadata: Readonly<Record<string, string>>
  readonly handshake: ProbedHandshake
  /** The reason of its ERROR, such as 400. */
  readonly refusal: string | null
  /** The first that it sent, in words, where that is no ZMTP. */
  readonly start: string | null
}

export interface ProbeStep {
  readonly step: 'resolve' | 'connect' | 'greeting' | 'handshake' | 'close'
  /** What was probed: an address and port, or a path; null for all of them. */
  readonly address: string | null
  readonly outcome: 'ok' | 'failed'
  /** How long it took, in nanoseconds. */
  readonly ns: number
  /** In words, a line without its end. */
  readonly detail: string
  readonly facts: Facts
}

/** What is behind an endpoint. */
export interface ProbeReport {
  /** As it was asked for. */
  readonly endpoint: string
  /** Whether anything accepts connections there. */
  readonly reachable: boolean
  /** Null where nothing was reached. */
  readonly protocol: ProbedProtocol | null
  readonly version: string | null
  readonly mechanism: string | null
  readonly socketType: string | null
  readonly identity: string | null
  /** The patterns that can talk to it; none where its type is not known. */
  readonly talksTo: readonly PatternId[]
  /** In their order, those of one address after those of another. */
  readonly steps: readonly ProbeStep[]
  /** The answer, in sentences. */
  readonly verdict: string
}

/** What was found at a range of ports of this machine. */
export interface RangeReport {
  /** As it was asked for. */
  readonly endpoint: string
  /** How many ports were probed. */
  readonly ports: number
  /** Those that accept connections, by their number. */
  readonly found: readonly ProbeReport[]
}

/** Whether ZeroMQ answers. */
export const speaksZeroMq = ({ protocol }: ProbeReport): boolean => protocol === 'zmtp'
