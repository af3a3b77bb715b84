import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { type Finding, finding } from '../../shared/diagnosis/diagnosis.ts'
import type { Facts } from '../../shared/diagnosis/finding.ts'
import { formatHostAndPort } from '../../shared/endpoint/host-and-port.ts'
import { type Endpoint, isOverNetwork, parseEndpoint } from '../../shared/endpoint.ts'
import { InspectorError } from '../../shared/errors.ts'
import type { ProbeAnswer, ProbedProtocol, ProbeReport, ProbeStep } from '../../shared/probe/report.ts'
import { inprocVerdict, talkersTo, unreachedVerdict, verdictOf } from '../../shared/probe/verdict.ts'
import type { PatternId } from '../../shared/zmq/patterns.ts'
import { monotonicNanoseconds } from '../clock.ts'
import { systemCode } from '../failures.ts'
import { connectTo } from '../sockets/greeting.ts'
import { answerOf } from './answers.ts'
import { converse, type Said } from './conversation.ts'
import { type Deadline, orNull, startDeadline } from './deadline.ts'
import { closeStep, connectedStep, failedStep, resolveStep, saidSteps } from './steps.ts'
import { type Target, targetsOf } from './targets.ts'
import { converseByWebSocket } from './web-socket.ts'

export interface ProbeOptions {
  /** The pattern that the asker has, for the verdict to say whether it fits. */
  readonly pattern?: PatternId | null
  /** For everything; in milliseconds. */
  readonly limitMs?: number
  readonly signal?: AbortSignal
}

/** So that an answer is there within two seconds. */
const usualLimitMs = 1800

/** What came of one address. */
type Outcome = { readonly steps: readonly ProbeStep[] } & (
  | { readonly answer: ProbeAnswer }
  | { readonly answer: null; readonly finding: Finding }
)

/** What says most comes first; other protocols are in between. */
const ranks: Partial<Record<ProbedProtocol, number>> = { zmtp: 0, unfinished: 1, closed: 3, silent: 4 }
const rankOf = ({ protocol }: ProbeAnswer): number => ranks[protocol] ?? 2

/**
 * Finds out what is behind an endpoint: looks its name up, connects to each of its addresses side by side, greets, and
 * listens how far a handshake goes without credentials. Each address sees one short connection; none gets a message, or
 * takes this for a peer. Resolves within the limit, whatever the peers do. Throws `InspectorError`: `invalid-endpoint`, and
 * `cancelled` when `signal` was aborted.
 */
export async function probe(text: string, options: ProbeOptions = {}): Promise<ProbeReport> {
  const endpoint = parseEndpoint(text, 'connect', { ipv6: true })
  const deadline = startDeadline(options.limitMs ?? usualLimitMs, options.signal)
  try {
    const report = await reportOn(text.trim(), endpoint, options.pattern ?? null, deadline)
    if (options.signal?.aborted) throw new InspectorError('cancelled', 'The probe was cancelled.')
    return report
  } finally {
    deadline.clear()
  }
}

async function reportOn(
  text: string,
  endpoint: Endpoint,
  pattern: PatternId | null,
  deadline: Deadline,
): Promise<ProbeReport> {
  if (endpoint.scheme === 'inproc') return unreached(text, [], inprocVerdict)
  const startNs = monotonicNanoseconds()
  const targets =
    (await orNull(targetsOf(endpoint), deadline.signal)) ?? finding('name-lookup-failed', hostFact(endpoint))
  const resolved = resolveStep(endpoint, targets, monotonicNanoseconds() - startNs)
  if ('diagnosis' in targets) return unreached(text, resolved, unreachedVerdict(targets))
  const outcomes = await Promise.all(targets.map((target) => probeTarget(target, endpoint, deadline)))
  const answers = outcomes.flatMap(({ answer }) => (answer === null ? [] : [answer]))
  const steps = [...resolved, ...outcomes.flatMap((outcome) => outcome.steps), closeStep(answers.length)]
  const [best] = answers.sort((one, other) => rankOf(one) - rankOf(other))
  if (!best) {
    const [failed] = outcomes.flatMap((outcome) => (outcome.answer === null ? [outcome.finding] : []))
    return unreached(text, steps, unreachedVerdict(failed ?? finding('cannot-connect', { code: '' })))
  }
  const { protocol, version, mechanism, socketType, identity } = best
  const port = isOverNetwork(endpoint) && endpoint.port !== '*' ? endpoint.port : null
  return {
    endpoint: text,
    reachable: true,
    protocol,
    version,
    mechanism,
    socketType,
    identity,
    talksTo: talkersTo(socketType),
    steps,
    verdict: verdictOf({ transport: endpoint.scheme, port, answer: best, pattern }),
  }
}

const hostFact = (endpoint: Endpoint): Facts => (isOverNetwork(endpoint) ? { name: endpoint.host } : {})

const unreached = (endpoint: string, steps: readonly ProbeStep[], verdict: string): ProbeReport => ({
  endpoint,
  reachable: false,
  protocol: null,
  version: null,
  mechanism: null,
  socketType: null,
  identity: null,
  talksTo: [],
  steps,
  verdict,
})

/** A port that nobody has may be given to the very connection that looks for it, which then meets itself. */
const meetsItself = (transport: Duplex): boolean =>
  transport instanceof Socket &&
  transport.localPort !== undefined &&
  transport.localPort === transport.remotePort &&
  transport.localAddress === transport.remoteAddress

async function probeTarget(target: Target, endpoint: Endpoint, deadline: Deadline): Promise<Outcome> {
  const startNs = monotonicNanoseconds()
  const connected = (said: Said, ns: number): Outcome => ({
    answer: said.answer,
    steps: [connectedStep(target.label, ns), ...saidSteps(target.label, said)],
  })
  try {
    const transport = await connectTo(target.address, deadline.leftMs(), deadline.signal)
    const ns = monotonicNanoseconds() - startNs
    if (!meetsItself(transport)) return connected(await listenTo(transport, endpoint, deadline.signal, ns), ns)
    transport.destroy()
    return await failed(target, 'ECONNREFUSED', ns)
  } catch (thrown) {
    const ns = monotonicNanoseconds() - startNs
    const code = deadline.signal.aborted ? 'ETIMEDOUT' : (systemCode(thrown) ?? String(thrown))
    // Accepted, and closed before this end knew of it.
    if (code === 'ECONNRESET') return connected({ answer: answerOf('closed'), greetingNs: 0, handshakeNs: null }, ns)
    return await failed(target, code, ns)
  }
}

const listenTo = (transport: Duplex, endpoint: Endpoint, signal: AbortSignal, connectNs: number): Promise<Said> =>
  endpoint.scheme === 'ws'
    ? converseByWebSocket(transport, { host: formatHostAndPort(endpoint), path: endpoint.path }, signal)
    : converse(transport, signal, connectNs)

async function failed(target: Target, code: string, ns: number): Promise<Outcome> {
  const found = await target.explain(code)
  return { answer: null, finding: found, steps: [failedStep(target.label, found, code, ns)] }
}
