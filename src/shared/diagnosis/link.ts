import type { LinkState } from '../connection.ts'
import type { Diagnosis } from './diagnosis.ts'
import type { SocketEvent } from './socket-event.ts'

/** A link's state with what must be remembered of the present attempt to tell the causes apart. */
export interface Link {
  readonly state: LinkState
  /** Seen since the last retry: the attempt got as far as an address. */
  readonly resolved: boolean
  /** Seen since the last retry: the transport was connected. */
  readonly connected: boolean
}

export const idleLink: Link = { state: { state: 'idle' }, resolved: false, connected: false }

export const openingLink = (now: number): Link => ({
  state: { state: 'connecting', since: now },
  resolved: false,
  connected: false,
})

/** When trouble began: a cause that follows another does not start the count anew. */
function troubleSince(state: LinkState, now: number): number {
  return state.state === 'retrying' || state.state === 'rejected' ? state.since : now
}

function retrying(link: Link, cause: Diagnosis, now: number): LinkState {
  return { state: 'retrying', since: troubleSince(link.state, now), cause }
}

function rejected(link: Link, cause: Diagnosis, now: number): LinkState {
  return { state: 'rejected', since: troubleSince(link.state, now), cause }
}

function handshakeCause(event: SocketEvent): Diagnosis {
  if (event.type === 'handshake:error:auth') return 'refused'
  if (event.errorCode === 'ERR_ZMTP_MECHANISM_MISMATCH') return 'mechanism-mismatch'
  return event.errorCode === 'EAGAIN' ? 'silent-peer' : 'keys-or-protocol'
}

function onRetry(link: Link, now: number): LinkState {
  // A rejection says more than the retry that follows it; an attempt that got less far says something new.
  if (link.connected) return link.state.state === 'rejected' ? link.state : retrying(link, 'connection-lost', now)
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
      return { state: { state: 'ready', since: now }, resolved: true, connected: true }
    case 'handshake:error:protocol':
    case 'handshake:error:auth':
    case 'handshake:error:other':
      return { ...link, state: rejected(link, handshakeCause(event), now) }
    case 'disconnect':
      return onDisconnect(link, now)
    case 'connect:retry':
      return { state: onRetry(link, now), resolved: false, connected: false }
    default:
      return link
  }
}

function onDisconnect(link: Link, now: number): Link {
  if (link.state.state === 'ready') return { ...link, state: retrying(link, 'connection-lost', now) }
  // Connected and dropped with no word about the handshake: the socket types do not fit.
  if (link.connected && link.state.state !== 'rejected') {
    return { ...link, state: rejected(link, 'wrong-socket-type', now) }
  }
  return link
}
