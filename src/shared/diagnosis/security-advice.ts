import { type SecurityKind, type SecurityRow, securityKinds } from '../zmq/security.ts'
import type { Advice, Facts } from './finding.ts'

const isKind = (value: unknown): value is SecurityKind =>
  typeof value === 'string' && Object.hasOwn(securityKinds, value)

/** How the socket on this side is secured. */
const ownOf = ({ security }: Facts): SecurityRow => securityKinds[isKind(security) ? security : 'none']

/** What to choose here so that this side fits a server with the mechanism. */
const toFit: Readonly<Record<string, string>> = {
  NULL: 'Use no security here, or have the peer use the same mechanism.',
  PLAIN: 'Be a PLAIN client here: it needs a user name and a password.',
  CURVE: 'Be a CURVE client here: it needs the server’s public key.',
}

/** `peer`: the mechanism that the peer asks for, where it is known. */
export function mechanismAdvice(facts: Facts): Advice {
  const own = ownOf(facts)
  const here = own.mechanism === 'NULL' ? 'this socket uses no security' : `this socket is a ${own.label}`
  const cure = toFit[String(facts.peer)]
  if (facts.peer !== undefined && cure !== undefined) {
    return {
      cause: `The peer uses ${facts.peer === 'NULL' ? 'no security' : facts.peer}; ${here}.`,
      cure: own.isServer ? `Have it use ${own.mechanism}, or use its mechanism here.` : cure,
    }
  }
  return own.mechanism === 'NULL'
    ? {
        cause: 'The two sides use different security mechanisms.',
        cure: 'The peer requires CURVE or PLAIN; this socket uses none. Use the same here.',
      }
    : {
        cause: `The two sides use different security mechanisms: ${here}.`,
        cure: 'The peer uses another one, or none. Choose the same at both sides.',
      }
}

export function sameRoleAdvice(facts: Facts): Advice {
  const { mechanism, isServer } = ownOf(facts)
  const [both, other] = isServer ? ['servers', 'client'] : ['clients', 'server']
  return {
    cause: `Both sides are ${mechanism} ${both}.`,
    cure: `One of the two must be the ${mechanism} ${other}, whichever of them binds.`,
  }
}

/** What can be wrong, the likeliest first, and where to look: the server does not say. */
export function curveBrokenOff({ isServer }: Facts): Advice {
  if (isServer === true) {
    return {
      cause: 'The peer broke the CURVE handshake off.',
      cure: 'It uses another public key of this server, or its own two keys are no pair. Authentication shows more.',
    }
  }
  return {
    cause: 'The server broke the CURVE handshake off, without saying why.',
    cure: 'Most likely the server public key here is another than its own. Otherwise its authenticator fails, does not answer, or says “come again” (300). At the server, a monitor tells: a cryptographic error means the key.',
  }
}

export function plainBrokenOff({ isServer }: Facts): Advice {
  if (isServer === true) {
    return { cause: 'The peer broke the PLAIN handshake off.', cure: 'Authentication shows what was decided about it.' }
  }
  return {
    cause: 'The server broke the PLAIN handshake off, without saying why.',
    cure: 'Most likely no authenticator (ZAP handler) runs there: PLAIN needs one. Otherwise it fails, does not answer, or says “come again” (300).',
  }
}

/** Why a handshake does not get to its end, the likeliest first. */
export function unfinishedAdvice(facts: Facts): Advice {
  const { mechanism, isServer } = ownOf(facts)
  const cause = 'The peer greets in ZMTP but does not finish the handshake.'
  if (isServer) return { cause, cure: 'It may wait to be let in, which Authentication shows, or hang.' }
  if (mechanism === 'NULL') return { cause, cure: 'It may hang, or wait for its own authenticator.' }
  return {
    cause,
    cure:
      mechanism === 'PLAIN'
        ? 'Most likely no authenticator (ZAP handler) runs there: PLAIN needs one. Or it has not decided yet, said “come again” (300), or hangs.'
        : 'Its authenticator has not decided yet, as when it asks a person, or said “come again” (300). Or it hangs.',
  }
}

const credentials: Readonly<Record<SecurityRow['mechanism'], string>> = {
  NULL: 'Check the credentials and the peer’s list of allowed clients, then send again.',
  PLAIN: 'Check user name and password.',
  CURVE: 'Add the own public key of this socket to the clients that the server allows.',
}

/** `status`: of the peer's authenticator. */
export function refusedAdvice(facts: Facts): Advice {
  const { status } = facts
  const own = ownOf(facts)
  if (Number(status) >= 500) {
    return {
      cause: `The peer’s authenticator failed (status ${status}).`,
      cure: 'Look at it: this is its own error, not one of this client.',
    }
  }
  return {
    cause: `The peer’s authenticator refused this client${status === undefined ? '' : ` (status ${status})`}.`,
    cure: credentials[own.mechanism],
  }
}
