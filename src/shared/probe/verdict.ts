import { adviceFor, type Finding } from '../diagnosis/diagnosis.ts'
import { type PatternId, patternIds, patternOf } from '../zmq/patterns.ts'
import { type ForeignProtocol, foreignProtocols, usuallyAt } from './protocols.ts'
import type { ProbeAnswer, ProbedHandshake, ProbedProtocol } from './report.ts'

/** How it was reached. */
export type ProbedTransport = 'tcp' | 'ipc' | 'ws'

/** What a verdict is about. */
export interface Probed {
  readonly transport: ProbedTransport
  readonly port: number | null
  readonly answer: ProbeAnswer
  /** The pattern that the asker has. */
  readonly pattern: PatternId | null
}

/** The patterns that can talk to a socket of this type, which ZMTP calls as people do. */
export function talkersTo(socketType: string | null): readonly PatternId[] {
  return patternIds.filter((id) => socketType !== null && patternOf(id).peers.includes(socketType))
}

/** XPUB and XSUB are the types whose names begin with a vowel when spoken. */
const article = (name: string): string => (/^[AEIOX]/.test(name) ? 'An' : 'A')

const transports: Record<ProbedTransport, string> = { tcp: 'TCP', ipc: 'connections', ws: 'TCP' }

const security: Readonly<Record<string, string>> = {
  PLAIN: 'Asks for PLAIN: you need a user name and a password.',
  CURVE: 'Asks for CURVE: you need its public key.',
  GSSAPI: 'Asks for GSSAPI (Kerberos), which this application does not have.',
}

const protocolWords = ({ version }: ProbeAnswer): string => (version?.startsWith('ZWS') ? version : `ZMTP ${version}`)

/** Whether the asker's pattern fits, and which one would. */
function advice({ answer: { socketType }, pattern }: Probed): string {
  if (pattern === null || socketType === null) return ''
  const talkers = talkersTo(socketType)
  const { label } = patternOf(pattern)
  if (talkers.includes(pattern)) return ` ${label} can talk to it.`
  const [first] = talkers
  if (first === undefined) return ` ${label} cannot talk to it.`
  const suggested = patternOf(first).label
  return ` ${label} cannot talk to it: open ${article(suggested).toLowerCase()} ${suggested}.`
}

const ofType = (probed: Probed): string => {
  const { socketType, mechanism } = probed.answer
  const secured = mechanism === null || mechanism === 'NULL' ? 'no security' : mechanism
  const named = socketType === null ? 'A ZeroMQ socket' : `${article(socketType)} ${socketType} socket`
  return `${named}, ${protocolWords(probed.answer)}, ${secured}.${advice(probed)}`
}

/** Of ZMTP, by how far the handshake came. */
const handshakes: Record<ProbedHandshake, (probed: Probed) => string> = {
  done: ofType,
  none: (probed) =>
    probed.answer.socketType === null
      ? `A ZeroMQ socket, ${protocolWords(probed.answer)}, which does not say its type.`
      : ofType(probed),
  'needs-credentials': ({ answer }) => {
    const mechanism = answer.mechanism ?? ''
    return Object.hasOwn(security, mechanism)
      ? (security[mechanism] ?? '')
      : `Asks for the security mechanism ${mechanism}, which is not known here.`
  },
  refused: ({ answer }) =>
    `A ZeroMQ socket, ${protocolWords(answer)}, whose authenticator refuses this address (${answer.refusal}).`,
  closed: ({ answer }) =>
    `Speaks ${protocolWords(answer)}, and closes before it says its type: its authenticator may refuse this address.`,
  unfinished: ({ answer }) =>
    `Speaks ${protocolWords(answer)}, and does not say its type in time: it may wait for its authenticator, or hang.`,
}

function closedWords({ transport, port }: Probed): string {
  const usual = port === null ? undefined : usuallyAt[port]
  const start = `Accepts ${transports[transport]} and closes without a word`
  if (usual !== undefined) return `${start}: no ZMTP. This is the usual port of ${usual}, which does so.`
  if (transport !== 'tcp') return `${start}: no ZeroMQ ${transport === 'ws' ? 'WebSocket' : 'socket'}, or a full one.`
  return `${start}: no ZMTP, but perhaps TLS, a ZeroMQ socket of ws://, or a proxy without a server behind it.`
}

const own: Record<Exclude<ProbedProtocol, ForeignProtocol>, (probed: Probed) => string> = {
  zmtp: (probed) => {
    const { version, handshake } = probed.answer
    // The greeting came where a WebSocket was asked for.
    if (probed.transport === 'ws' && version === null) return 'A ZeroMQ socket of tcp://, not of ws://: use tcp://.'
    return handshakes[handshake](probed)
  },
  unfinished: () => 'Begins in ZMTP and does not finish its greeting: it hangs, or something holds its bytes back.',
  silent: ({ transport }) =>
    transport === 'ws'
      ? 'Accepts TCP and does not answer the request for a WebSocket: no WebSocket, or a full backlog.'
      : `Accepts ${transports[transport]} and says nothing: no ZMTP, or a full backlog.`,
  closed: closedWords,
  unknown: ({ answer }) => `Not ZeroMQ: it sends ${answer.start}.`,
}

const isOwn = (protocol: ProbedProtocol): protocol is keyof typeof own => Object.hasOwn(own, protocol)

/** What was found, in plain words. */
export function verdictOf(probed: Probed): string {
  const { protocol, start } = probed.answer
  if (isOwn(protocol)) return own[protocol](probed)
  const named = `Not ZeroMQ: ${protocol === 'text' ? '' : 'this is '}${foreignProtocols[protocol]}.`
  const refused = probed.transport === 'ws' ? ' It does not accept a ZeroMQ WebSocket.' : ''
  return `${named}${refused}${start === null ? '' : ` It says ${start}.`}`
}

/** Why nothing was reached, and what helps. */
export function unreachedVerdict(found: Finding): string {
  const { cause, cure } = adviceFor(found)
  return `${cause} ${cure}`
}

export const inprocVerdict =
  'Only sockets inside one program meet at inproc://: nothing can be probed from outside. Use tcp:// or ipc:// between programs.'
