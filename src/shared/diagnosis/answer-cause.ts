import type { ProbeAnswer } from '../probe/report.ts'
import { patternOf } from '../zmq/patterns.ts'
import { type MechanismName, securityKinds } from '../zmq/security.ts'
import { type Finding, finding } from './diagnosis.ts'
import { type Link, mechanismMismatch, refusedByAuthenticator, wrongSocketType } from './link.ts'

const mechanisms: readonly string[] = ['NULL', 'PLAIN', 'CURVE'] satisfies MechanismName[]

const isMechanism = (name: string): name is MechanismName => mechanisms.includes(name)

/** Why a link does not become ready, as far as what its peer says of itself tells; null when that fits. */
export function causeIn(link: Link, { mechanism, socketType, handshake, refusal }: ProbeAnswer): Finding | null {
  const { pattern, security } = link
  if (mechanism !== null && mechanism !== securityKinds[security].mechanism) {
    return isMechanism(mechanism) ? mechanismMismatch(link, mechanism) : finding('unknown-mechanism', { mechanism })
  }
  if (handshake === 'refused') return refusedByAuthenticator(link, refusal)
  const isFit = socketType === null || patternOf(pattern).peers.includes(socketType)
  return isFit ? null : wrongSocketType(link, socketType)
}
