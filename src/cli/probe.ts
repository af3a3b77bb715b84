import { type ProbeOptions, probe } from '../engine/probe/probe.ts'
import { probeRange } from '../engine/probe/range.ts'
import { parseEndpoint } from '../shared/endpoint.ts'
import { formatCount, formatDuration } from '../shared/format.ts'
import { type ProbeReport, type ProbeStep, type RangeReport, speaksZeroMq } from '../shared/probe/report.ts'
import { parsePortRange } from '../shared/probe/target.ts'
import { patternOf } from '../shared/zmq/patterns.ts'
import { asUsage } from './arguments.ts'
import { escapeHidden } from './escape-hidden.ts'
import { exitCodes } from './failure.ts'
import { createInterruption } from './interruption.ts'
import { print } from './output.ts'

export interface ProbePlan {
  readonly endpoints: readonly string[]
  readonly json: boolean
  /** Undefined for the usual limit. */
  readonly timeoutMs: number | undefined
}

/** What a probe of one endpoint or range came to: the lines to print, and whether ZeroMQ is there. */
interface Found {
  readonly text: string
  readonly isZeroMq: boolean
}

/** Probes all endpoints side by side, and prints the answers in their order. Returns the exit code. Throws `UsageError`. */
export async function runProbe({ endpoints, json, timeoutMs }: ProbePlan): Promise<number> {
  for (const endpoint of endpoints) check(endpoint)
  const { signal } = createInterruption()
  const options = { signal, ...(timeoutMs === undefined ? {} : { limitMs: timeoutMs }) }
  const isAlone = endpoints.length === 1
  const all = endpoints.map((endpoint) => find(endpoint, json, options, isAlone))
  // Who waits for the first must not be told that nobody waited for the last.
  for (const each of all) each.catch(() => undefined)
  let isEvery = true
  for (const [index, each] of all.entries()) {
    const { text, isZeroMq } = await each
    print(!json && index > 0 ? `\n${text}` : text)
    isEvery &&= isZeroMq
  }
  return isEvery ? exitCodes.success : exitCodes.failure
}

function check(endpoint: string): void {
  try {
    if (!parsePortRange(endpoint)) parseEndpoint(endpoint, 'connect', { ipv6: true })
  } catch (thrown) {
    throw asUsage(thrown)
  }
}

async function find(endpoint: string, json: boolean, options: ProbeOptions, isAlone: boolean): Promise<Found> {
  if (!parsePortRange(endpoint)) {
    const report = await probe(endpoint, options)
    return { text: json ? lineOf(report) : textOf(report), isZeroMq: speaksZeroMq(report) }
  }
  const showsProgress = isAlone && process.stderr.isTTY
  const progress = (done: number, ports: number) => {
    if (showsProgress)
      process.stderr.write(`\r\u001b[K${done === ports ? '' : `${formatCount(done)} of ${formatCount(ports)} ports`}`)
  }
  const range = await probeRange(endpoint, { ...options, progress })
  return {
    text: json ? range.found.map(lineOf).join('') : textOfRange(range),
    isZeroMq: range.found.some(speaksZeroMq),
  }
}

const lineOf = (report: ProbeReport): string => `${escapeHidden(JSON.stringify(report))}\n`

/** An answer first, and then how it was found. */
function textOf({ endpoint, verdict, talksTo, steps }: ProbeReport): string {
  const labels = talksTo.map((id) => patternOf(id).label)
  const talks = labels.length === 0 ? [] : [`  It talks to ${listOf(labels)}.`]
  return linesOf([endpoint, `  ${verdict}`, ...talks, ...steps.map((step) => `    ${stepText(step)}`)])
}

const stepWidth = 'handshake'.length
const timeWidth = '999 ms'.length

function stepText({ step, address, outcome, ns, detail }: ProbeStep): string {
  const time = step === 'close' ? '' : formatDuration(ns)
  const failed = outcome === 'failed' ? 'failed: ' : ''
  return `${step.padEnd(stepWidth)}  ${time.padStart(timeWidth + 1)}  ${address === null ? '' : `${address}  `}${failed}${detail}`
}

function textOfRange({ endpoint, ports, found }: RangeReport): string {
  const zeroMq = found.filter(speaksZeroMq)
  const others = found.length - zeroMq.length
  const open = others === 0 ? '' : `, ${formatCount(others)} ${others === 1 ? 'other is' : 'others are'} open`
  return linesOf([
    `${endpoint}: ${formatCount(zeroMq.length)} of ${formatCount(ports)} ${ports === 1 ? 'port speaks' : 'ports speak'} ZeroMQ${open}.`,
    ...[...zeroMq, ...found.filter((report) => !speaksZeroMq(report))].map(
      (report) => `  ${report.endpoint}  ${report.verdict}`,
    ),
  ])
}

const linesOf = (lines: readonly string[]): string => lines.map((line) => `${escapeHidden(line)}\n`).join('')

const listOf = (names: readonly string[]): string =>
  names.length <= 1 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
