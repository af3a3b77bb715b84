import type { ProbeAnswer, ProbedProtocol } from '../../shared/probe/report.ts'
import { formatRoutingId } from '../../shared/session/routing-id.ts'
import type { Property } from '../../shared/zmq/zmtp/command.ts'
import { describeStart, recognize } from '../sockets/protocols.ts'

/** Longer names and values are cut: a peer may say anything. */
const shownCharacters = 64

const nothingKnown = {
  version: null,
  mechanism: null,
  asServer: null,
  socketType: null,
  identity: null,
  metadata: {},
  handshake: 'none',
  refusal: null,
  start: null,
} as const

export const answerOf = (protocol: ProbedProtocol, known: Partial<ProbeAnswer> = {}): ProbeAnswer => ({
  ...nothingKnown,
  protocol,
  ...known,
})

/** What is no ZMTP, by its first bytes. */
export const foreignAnswer = (bytes: Uint8Array): ProbeAnswer =>
  answerOf(recognize(bytes) ?? 'unknown', { start: describeStart(bytes) })

/** Text as a peer writes it, cut where it is long. */
export const cut = (text: string): string =>
  text.length > shownCharacters ? `${text.slice(0, shownCharacters)}…` : text

const latin = (bytes: Uint8Array): string => cut(Buffer.from(bytes).toString('latin1'))

/** An identity as people read it; null for none. */
export const identityOf = (bytes: Uint8Array): string | null =>
  bytes.length === 0 ? null : formatRoutingId(Buffer.from(bytes).toString('hex'))

/** What a READY tells. Names of properties do not depend on their case. */
export function readyFacts(
  properties: readonly Property[],
): Pick<ProbeAnswer, 'socketType' | 'identity' | 'metadata' | 'handshake'> {
  const named = (name: string) => properties.find((property) => property.name.toLowerCase() === name)?.value
  const type = named('socket-type')
  const others = properties.filter(({ name }) => !['socket-type', 'identity'].includes(name.toLowerCase()))
  return {
    socketType: type === undefined ? null : latin(type),
    identity: identityOf(named('identity') ?? new Uint8Array(0)),
    metadata: Object.fromEntries(others.map(({ name, value }) => [cut(name), cut(Buffer.from(value).toString())])),
    handshake: 'done',
  }
}
