import type { LinkState } from '../session/state.ts'
import { type PatternId, patternOf } from '../zmq/patterns.ts'
import { type MechanismName, type SecurityKind, securityKinds } from '../zmq/security.ts'
import { type Finding, finding, isAboutAddress } from './diagnosis.ts'
import type { Facts } from './finding.ts'
import type { SocketEvent } from './socket-event.ts'

/** A link's state, plus what must be remembered of the current attempt to tell causes apart. */
export interface Link {
  readonly state: LinkState
  /** Since the last retry: an address was resolved. */
  readonly resolved: boolean
  /** Since the last retry: the transport was connected. */
  readonly connected: boolean
  /** Since the last retry: the handshake failed with a reason. */
  readonly failed: boolean
  /** Since the last retry: the transport broke without any word about the handshake. */
  readonly bare: boolean
  /** Since the last retry: a link that was ready broke. */
  readonly broke: boolean
  /** Consecutive attempts whose handshake ended only with a broken transport. */
  readonly broken: number
  /** What the words for a cause need to know of the socket's options: `heartbeatMs`, `maximumMessageSize`. */
  readonly limits: Facts
  /** Of the socket on this side. */
  readonly pattern: PatternId
  readonly security: SecurityKind
}

/**
 * A peer of the wrong type often closes so early that only a broken transport is seen, and says more at the next
 * attempt. After this many attempts nothing more will be learned.
 */
const brokenAttempts = 3
/** The handshake is a message, too: a limit below this may be too small for it. */
const handshakeBytes = 512

const nothingSeen = { resolved: false, connected: false, failed: false, bare: false, broke: false }

export const idleLink: Link = {
  state: { state: 'idle' },
  ...nothingSeen,
  broken: 0,
  limits: {},
  pattern: 'req',
  security: 'none',
}

export const openingLink = (
  now: number,
  limits: Facts = {},
  pattern: PatternId = 'req',
  security: SecurityKind = 'none',
): Link => ({
  state: { state: 'connecting', since: now },
  ...nothingSeen,
  broken: 0,
  limits,
  pattern,
  security,
})

/** When the trouble began: a different cause does not restart the clock. */
function troubleSince(state: LinkState, now: number): number {
  return state.state === 'retrying' || state.state === 'rejected' ? state.since : now
}

function retrying(link: Link, cause: Finding, now: number): LinkState {
  return { state: 'retrying', since: troubleSince(link.state, now), cause }
}

/** An event that says the same again takes nothing back that the peer has said of itself. */
function rejected({ state }: Link, cause: Finding, now: number): LinkState {
  const isSame = state.state === 'rejected' && state.cause.diagnosis === cause.diagnosis
  const isVaguer = isSame && state.cause.facts.peer !== undefined && cause.facts.peer === undefined
  return { state: 'rejected', since: troubleSince(state, now), cause: isVaguer ? state.cause : cause }
}

const connectionLost = ({ limits }: Link): Finding => finding('connection-lost', limits)

/** The peer is of a type that this side cannot talk to. `peer`: its type, where it is known. */
export function wrongSocketType(
  { pattern, limits: { maximumMessageSize = 0, renewsItself } }: Link,
  peer: string | null = null,
): Finding {
  const { label, peers } = patternOf(pattern)
  // The handshake is a message, too; one that came through was not too large.
  const isSmall = peer === null && Number(maximumMessageSize) > 0 && Number(maximumMessageSize) < handshakeBytes
  return finding('wrong-socket-type', {
    socket: label,
    peers: peers.join(' or '),
    ...(peer === null ? {} : { peer }),
    ...(isSmall ? { maximumMessageSize } : {}),
    ...(renewsItself === true ? { renewsItself } : {}),
  })
}

/** What the words for a security that does not fit need to know of this side. */
const ownSecurity = ({ security }: Pick<Link, 'security'>): Facts => (security === 'none' ? {} : { security })

/** The mechanisms of the two sides differ. `peer`: what the other side asks for, where that is known. */
export const mechanismMismatch = (link: Pick<Link, 'security'>, peer?: MechanismName): Finding =>
  finding('mechanism-mismatch', { ...ownSecurity(link), ...(peer ? { peer } : {}) })

/** The peer speaks ZMTP, and does not finish the handshake. */
export const unfinished = (link: Pick<Link, 'security'>): Finding => finding('handshake-unfinished', ownSecurity(link))

/** Why a peer breaks the handshake off without a word, as far as the mechanism of this side tells. */
const brokenOff = ({ security }: Link): Finding =>
  finding(brokenOffBy[securityKinds[security].mechanism], securityKinds[security].isServer ? { isServer: true } : {})

const brokenOffBy = { NULL: 'keys-or-protocol', PLAIN: 'plain-broken-off', CURVE: 'curve-broken-off' } as const

/** The cause that a handshake failure names itself; a broken transport names none. */
function namedCause(link: Link, event: SocketEvent): Finding | undefined {
  if (event.type === 'handshake:error:auth') {
    // The monitor of a server tells of its own authenticator.
    return securityKinds[link.security].isServer
      ? finding('refused-here', event.status === null ? {} : { status: event.status })
      : refusedByAuthenticator(link, event.status)
  }
  if (event.errorCode === 'ERR_ZMTP_MECHANISM_MISMATCH') return mechanismMismatch(link)
  if (event.errorCode === 'EAGAIN') return finding('silent-peer')
  if (event.errorCode === 'ERR_ZMTP_UNEXPECTED_COMMAND' && link.security !== 'none') return sameRole(link)
  return event.type === 'handshake:error:protocol' ? brokenOff(link) : undefined
}

/** The peer's authenticator refused this client. `reason`: a status such as 400, where it is known. */
export const refusedByAuthenticator = (link: Pick<Link, 'security'>, reason: string | number | null): Finding =>
  finding('refused', { ...ownSecurity(link), ...(reason === null ? {} : { status: Number(reason) || reason }) })

/** Both sides are clients, or both are servers, of the same mechanism. */
export const sameRole = ({ security }: Pick<Link, 'security'>): Finding => finding('same-security-role', { security })

function onFailedHandshake(link: Link, event: SocketEvent, now: number): Link {
  // An older peer that goes: the disconnect after this tells.
  if (link.state.state === 'ready') return link
  const named = namedCause(link, event)
  if (named) return { ...link, failed: true, state: rejected(link, named, now) }
  const broken = link.broken + 1
  if (link.state.state === 'rejected') return { ...link, failed: true, broken }
  const step = broken < brokenAttempts ? retrying : rejected
  return { ...link, failed: true, broken, state: step(link, brokenOff(link), now) }
}

function onRetry(link: Link, now: number): LinkState {
  const { state } = link
  if (link.connected) {
    // A wrong socket type makes ZeroMQ give up: since it retries, the peer only closed the connection.
    if (link.bare) return retrying(link, connectionLost(link), now)
    // A rejection says more than the retry after it; an attempt that got less far says something new.
    return link.failed || state.state === 'rejected' ? state : retrying(link, connectionLost(link), now)
  }
  // An examination of the address said more than this event can.
  if (state.state === 'retrying' && isAboutAddress(state.cause)) return state
  return link.resolved ? retrying(link, finding('nobody-listening'), now) : state
}

function onDisconnect(link: Link, now: number): Link {
  if (link.state.state === 'ready') return { ...link, broke: true, state: retrying(link, connectionLost(link), now) }
  // Connected, then dropped without a handshake event: the socket types do not match.
  if (link.connected && !link.failed) {
    return { ...link, bare: true, state: rejected(link, wrongSocketType(link), now) }
  }
  return link
}

/**
 * The next state of a link after a monitor event. `connect:delay` precedes every good TCP connect, so by itself it means
 * nothing. A retry without it says only that connecting failed at once: why is for `found` to say.
 */
export function reduceLink(link: Link, event: SocketEvent, now: number): Link {
  switch (event.type) {
    case 'connect:delay':
      return { ...link, resolved: true }
    case 'connect':
      return { ...link, resolved: true, connected: true }
    case 'handshake':
      return {
        ...link,
        ...nothingSeen,
        state: { state: 'ready', since: now },
        resolved: true,
        connected: true,
        broken: 0,
      }
    case 'handshake:error:protocol':
    case 'handshake:error:auth':
    case 'handshake:error:other':
      return onFailedHandshake(link, event, now)
    case 'disconnect':
      return onDisconnect(link, now)
    case 'connect:retry':
      return { ...link, ...nothingSeen, state: onRetry(link, now), broken: link.connected ? link.broken : 0 }
    default:
      return link
  }
}

/** The link after ZeroMQ gave up: it was disconnected, and no retry followed. Only a new socket can connect again. */
export function giveUp(link: Link, now: number): Link {
  if (!link.broke) return link
  return {
    ...link,
    broke: false,
    state: {
      state: 'stopped',
      since: now,
      cause: finding('broke-the-rules', { ...link.limits, socket: patternOf(link.pattern).label }),
    },
  }
}

/** The link to a peer of ZMTP 1.0 or 2.0, which has no handshake that ZeroMQ would report. */
export function findOlder(link: Link, now: number): Link {
  return { ...link, state: { state: 'ready', since: now, older: true }, broken: 0 }
}

/** Findings that end an attempt: ZeroMQ would try on, but to no avail. */
const rejections = new Set<Finding['diagnosis']>([
  'not-zeromq',
  'closes-at-once',
  'ws-refused',
  'wrong-socket-type',
  'mechanism-mismatch',
  'unknown-mechanism',
  'refused',
])
/** No peer has said anything then. */
const strangers = new Set<Finding['diagnosis']>(['not-zeromq', 'closes-at-once'])
const waitings = new Set<Finding['diagnosis']>(['silent-peer', 'handshake-unfinished', 'greeting-unfinished'])

/** What an examination can say of a peer, and what another can show to be over: libzmq goes on trying meanwhile. */
const passing = new Set<Finding['diagnosis']>([
  'closes-at-once',
  'not-zeromq',
  'ws-refused',
  'mechanism-mismatch',
  'unknown-mechanism',
  'wrong-socket-type',
])

/** The link after its peer was found to fit: what was said against it before was of another peer at the same address. */
export function foundFitting(link: Link, now: number): Link {
  const { state } = link
  const isOver = state.state === 'rejected' && passing.has(state.cause.diagnosis) && link.connected
  return isOver ? { ...link, failed: false, broken: 0, state: { state: 'connecting', since: now } } : link
}

/** The link after its address was examined. Ignored once the link has become ready, was closed or given up. */
export function found(link: Link, cause: Finding, now: number): Link {
  const { state } = link
  if (state.state === 'idle' || state.state === 'ready' || state.state === 'stopped') return link
  if (rejections.has(cause.diagnosis)) return { ...link, state: rejected(link, cause, now) }
  // The peer itself has said more than silence does.
  if (state.state === 'rejected' && waitings.has(cause.diagnosis) && !strangers.has(state.cause.diagnosis)) return link
  if (state.state === 'connecting' && waitings.has(cause.diagnosis)) {
    return { ...link, state: { ...state, cause } }
  }
  return { ...link, state: retrying(link, cause, now) }
}
