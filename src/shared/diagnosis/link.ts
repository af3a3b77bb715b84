import type { LinkState } from '../connection.ts'
import type { Diagnosis } from './diagnosis.ts'
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
  /** Consecutive attempts whose handshake ended only with a broken transport. */
  readonly broken: number
}

/**
 * A peer of the wrong type often closes so early that only a broken transport is seen, and says more at the next
 * attempt. After this many attempts nothing more will be learned.
 */
const brokenAttempts = 3

const nothingSeen = { resolved: false, connected: false, failed: false }

export const idleLink: Link = { state: { state: 'idle' }, ...nothingSeen, broken: 0 }

export const openingLink = (now: number): Link => ({
  state: { state: 'connecting', since: now },
  ...nothingSeen,
  broken: 0,
})

/** When the trouble began: a different cause does not restart the clock. */
function troubleSince(state: LinkState, now: number): number {
  return state.state === 'retrying' || state.state === 'rejected' ? state.since : now
}

function retrying(link: Link, cause: Diagnosis, now: number): LinkState {
  return { state: 'retrying', since: troubleSince(link.state, now), cause }
}

function rejected(link: Link, cause: Diagnosis, now: number): LinkState {
  return { state: 'rejected', since: troubleSince(link.state, now), cause }
}

/** The cause that a handshake failure names itself; a broken transport names none. */
function namedCause(event: SocketEvent): Diagnosis | undefined {
  if (event.type === 'handshake:error:auth') return 'refused'
  if (event.errorCode === 'ERR_ZMTP_MECHANISM_MISMATCH') return 'mechanism-mismatch'
  if (event.errorCode === 'EAGAIN') return 'silent-peer'
  return event.type === 'handshake:error:protocol' ? 'keys-or-protocol' : undefined
}

function onFailedHandshake(link: Link, event: SocketEvent, now: number): Link {
  const named = namedCause(event)
  if (named) return { ...link, failed: true, state: rejected(link, named, now) }
  const broken = link.broken + 1
  if (link.state.state === 'rejected') return { ...link, failed: true, broken }
  const step = broken < brokenAttempts ? retrying : rejected
  return { ...link, failed: true, broken, state: step(link, 'keys-or-protocol', now) }
}

function onRetry(link: Link, now: number): LinkState {
  // A rejection says more than the retry after it; an attempt that got less far says something new.
  if (link.connected) {
    const told = link.failed || link.state.state === 'rejected'
    return told ? link.state : retrying(link, 'connection-lost', now)
  }
  return retrying(link, link.resolved ? 'nobody-listening' : 'name-not-resolved', now)
}

/**
 * The next state of a link after a monitor event.
 * `connect:delay` precedes every good TCP connect, so by itself it means nothing.
 */
export function reduceLink(link: Link, event: SocketEvent, now: number): Link {
  switch (event.type) {
    case 'connect:delay':
      return { ...link, resolved: true }
    case 'connect':
      return { ...link, resolved: true, connected: true }
    case 'handshake':
      return { state: { state: 'ready', since: now }, resolved: true, connected: true, failed: false, broken: 0 }
    case 'handshake:error:protocol':
    case 'handshake:error:auth':
    case 'handshake:error:other':
      return onFailedHandshake(link, event, now)
    case 'disconnect':
      return onDisconnect(link, now)
    case 'connect:retry':
      return { state: onRetry(link, now), ...nothingSeen, broken: link.connected ? link.broken : 0 }
    default:
      return link
  }
}

function onDisconnect(link: Link, now: number): Link {
  if (link.state.state === 'ready') return { ...link, state: retrying(link, 'connection-lost', now) }
  // Connected, then dropped without a handshake event: the socket types do not match.
  if (link.connected && !link.failed) {
    return { ...link, state: rejected(link, 'wrong-socket-type', now) }
  }
  return link
}
