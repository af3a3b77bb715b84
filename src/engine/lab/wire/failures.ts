import { causeIn } from '../../../shared/diagnosis/answer-cause.ts'
import { type Finding, finding } from '../../../shared/diagnosis/diagnosis.ts'
import { type Link, openingLink, unfinished } from '../../../shared/diagnosis/link.ts'
import type { Endpoint } from '../../../shared/endpoint.ts'
import { InspectorError } from '../../../shared/errors.ts'
import type { ProbeAnswer } from '../../../shared/probe/report.ts'
import type { SocketOptions } from '../../../shared/zmq/options.ts'
import type { Violation } from '../../../shared/zmq/zmtp/violation.ts'
import { wallClock } from '../../clock.ts'
import { answerOf } from '../../probe/answers.ts'
import { examine } from '../../sockets/examine.ts'
import { failureOf } from '../../sockets/link-failures.ts'
import type { WireIdentity } from './handshake.ts'

export const timeout = (): InspectorError => new InspectorError('timeout', 'The time limit passed.')
export const closed = (): InspectorError => new InspectorError('closed', 'The connection was closed.')
export const unreachable = (found: Finding): InspectorError => failureOf('unreachable', found)

/** The peer broke ZMTP, so that nothing more can be read. */
export const brokeProtocol = ({ words, offset }: Violation): InspectorError =>
  failureOf('request-lost', finding('peer-broke-zmtp', { words, offset }))

/** The peer sent a reply that nobody waited for: which reply answers which request is not known any more. */
export const repliedTwice = (): InspectorError => failureOf('request-lost', finding('replied-twice'))

/** The peer of a PUSH sent a message, which a PULL never does. */
export const sentToPush = (): InspectorError => failureOf('request-lost', finding('sent-to-push'))

/** The connection closed. `bytes` of the request that waited, since `waitedMs`; null for none. */
export const lost = (request: { bytes: number; waitedMs: number } | null): InspectorError =>
  request === null
    ? failureOf('unreachable', finding('connection-lost', { heartbeatMs: 0 }))
    : failureOf('request-lost', finding('request-lost', { ...request, heartbeatMs: 0, after: 'unknown' }))

export const brokeRules = (bytes: number, maximumMessageSize: number): InspectorError =>
  failureOf('request-lost', finding('reply-broke-the-rules', { bytes, maximumMessageSize, correlate: false }))

/** Without the number of a request, nothing says which one a reply answers. */
export const unnumberedReply = (): InspectorError => failureOf('request-lost', finding('reply-without-number'))

const linkOf = ({ maximumMessageSize }: SocketOptions, { pattern, kind }: WireIdentity): Link =>
  openingLink(wallClock(), { heartbeatMs: 0, maximumMessageSize: Math.max(0, maximumMessageSize) }, pattern, kind)

/** Why a peer that said this of itself is none for a socket with this identity; null where it is one. */
export function unfit(
  options: SocketOptions,
  identity: WireIdentity,
  known: Partial<ProbeAnswer>,
): InspectorError | null {
  const cause = causeIn(linkOf(options, identity), answerOf('zmtp', known))
  return cause && failureOf('peer-rejected', cause)
}

/** Finds out, by another connection, why a peer did not shake hands: as it is found out for every other socket. */
export async function whyNoHandshake(
  endpoint: Endpoint,
  options: SocketOptions,
  identity: WireIdentity,
): Promise<InspectorError> {
  const examined = await examine(endpoint, { ipv6: options.ipv6, anySourcePort: true })
  if (examined.protocol === 'none') return unreachable(examined.finding)
  const link = linkOf(options, identity)
  const cause = examined.protocol === 'zmtp' ? causeIn(link, examined.answer) : null
  return cause ? failureOf('peer-rejected', cause) : unreachable(unfinished(link))
}
