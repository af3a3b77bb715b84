import { defaultSocketOptions, type SocketOptions } from '../zmq/options.ts'
import { type PatternId, patternOf } from '../zmq/patterns.ts'
import { noSecurity, type Security, securityKinds } from '../zmq/security.ts'
import type { BehaviourId } from './behaviours.ts'
import type { Topic } from './topic.ts'

/** Where a socket binds or connects. */
export interface Attachment {
  readonly how: 'bind' | 'connect'
  /** As a person writes it. */
  readonly endpoint: string
}

/** Everything that says how a session runs: what a saved socket keeps, and what `session.open` is given. */
export interface SocketSpec {
  readonly pattern: PatternId
  readonly attach: readonly Attachment[]
  readonly options: SocketOptions
  readonly security: Security
  /** What a SUB or XSUB subscribes to; empty for others. */
  readonly subscriptions: readonly Topic[]
  /** What it does with its messages by itself; null leaves them to people. */
  readonly behaviour: BehaviourId | null
}

/** A REQ socket that connects to `endpoint`. */
export const requestSpec = (endpoint: string, options: SocketOptions = defaultSocketOptions): SocketSpec => ({
  pattern: 'req',
  attach: [{ how: 'connect', endpoint }],
  options,
  security: noSecurity,
  subscriptions: [],
  behaviour: null,
})

/** The session that the application makes for a person who presses Start server. */
export const echoServerId = 'echo-server'

export const defaultServerMessageBytes = 64 * 1024 * 1024

/** A peer that has not finished its handshake after this long is dropped; libzmq's default is 30 s. */
const handshakeInterval = 5000

/**
 * The echo server: a ROUTER that speaks REP's protocol. libzmq's own REP (seen with 4.3.5) loses the reply to a
 * well-behaved client after a malformed message whose sender has gone: one HTTP request in between is enough.
 * `maximumMessageSize` is of the largest frame in bytes; a larger one closes its peer's connection.
 */
export const echoServerSpec = (endpoint: string, maximumMessageSize = defaultServerMessageBytes): SocketSpec => ({
  pattern: 'router',
  attach: [{ how: 'bind', endpoint }],
  options: { ...defaultSocketOptions, maximumMessageSize, handshakeInterval, requireDelimiter: true },
  security: noSecurity,
  subscriptions: [],
  behaviour: 'echo',
})

/** The endpoint of a socket that has one; empty without any. */
export const endpointOf = ({ attach }: Pick<SocketSpec, 'attach'>): string => attach[0]?.endpoint ?? ''

/**
 * Whether it is a REQ that connects to one endpoint: the state of its link is told, and its socket is renewed when that
 * breaks. One that decides who may come in is no such REQ: its authenticator stays.
 */
export const isPlainRequest = ({
  pattern,
  attach,
  security,
}: Pick<SocketSpec, 'pattern' | 'attach' | 'security'>): boolean =>
  patternOf(pattern).lockstep === 'send-first' &&
  attach.length === 1 &&
  attach[0]?.how === 'connect' &&
  !securityKinds[security.kind].isServer
