import type { LabHost } from '../engine/lab/lab.ts'
import { runVersus, type Versus, versusRounds } from '../engine/lab/versus.ts'
import { formatCount, formatDuration, formatRate } from '../shared/format.ts'
import { clientNames, type LabClient, labClients, whyLibzmq } from '../shared/lab/client.ts'
import { percentileOf } from '../shared/lab/distribution.ts'
import { findingsOf } from '../shared/lab/findings.ts'
import type { LabPlan } from '../shared/lab/plan.ts'
import { type Ratio, ratioOf } from '../shared/lab/ratio.ts'
import { type StepResult, throughputOf } from '../shared/lab/result.ts'
import { runLoadInWords } from '../shared/lab/words.ts'
import { sizeOf } from '../shared/message.ts'
import type { SecurityWithSecrets } from '../shared/zmq/security.ts'
import { ProgressLine } from './bench-progress.ts'
import { runText, table } from './bench-report.ts'
import { exitCodes, UsageError } from './failure.ts'
import { createInterruption } from './interruption.ts'
import { print } from './output.ts'

interface Figure {
  readonly name: string
  /** In JSON. */
  readonly key: string
  of(step: StepResult): number
  format(value: number): string
}

const percentile = (value: number): Figure => ({
  name: `p${value}`,
  key: `p${value}Ns`,
  of: (step) => percentileOf(step.latency, value) ?? Number.NaN,
  format: formatDuration,
})

const figures: readonly Figure[] = [
  percentile(50),
  percentile(90),
  percentile(99),
  { name: 'throughput', key: 'throughputPerSecond', of: throughputOf, format: formatRate },
]

interface Compared {
  readonly figure: Figure
  /** Round by round. */
  readonly values: Readonly<Record<LabClient, readonly number[]>>
  /** ZMTP to libzmq. */
  readonly ratio: Ratio
}

const compared = ({ steps }: Versus): readonly Compared[] =>
  figures.map((figure) => {
    const values = { zmtp: steps.zmtp.map(figure.of), libzmq: steps.libzmq.map(figure.of) }
    return { figure, values, ratio: ratioOf(values.zmtp, values.libzmq) }
  })

const times = (value: number): string => `${value.toFixed(2)} x`

function versusText(versus: Versus): string {
  const rows = compared(versus).map(({ figure, values, ratio }) => [
    figure.name,
    ...labClients.map((client) => figure.format(medianOf(values[client]))),
    times(ratio.median),
    `${times(ratio.low)} to ${times(ratio.high)}`,
  ])
  const head = ['', ...labClients.map((client) => clientNames[client]), 'ratio', '95 % interval']
  const distrusted = labClients.flatMap((client) => {
    const rounds = versus.steps[client].filter((step) => findingsOf(step).some(({ level }) => level === 'distrust'))
    return rounds.length === 0
      ? []
      : [`  UNRELIABLE: ${rounds.length} of ${versusRounds} rounds with ${clientNames[client]}.\n`]
  })
  const missing = labClients.flatMap((client) => {
    const count = versus.steps[client].reduce((sum, { counts }) => sum + counts.timedOut + counts.failed, 0)
    return count === 0 ? [] : [`  ${formatCount(count)} requests got no reply with ${clientNames[client]}.\n`]
  })
  const note = `  Medians of ${versusRounds} rounds in turn; ratios are of ZMTP to libzmq, round by round.\n`
  return `${table([head, ...rows])}${note}${missing.join('')}${distrusted.join('')}`
}

/** The median of at least one value. */
function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

function versusJson({ settings }: LabPlan, versus: Versus): string {
  const document = {
    format: 'zeromq-inspector-versus',
    version: 1,
    settings: { ...settings, client: labClients },
    rounds: versusRounds,
    figures: Object.fromEntries(
      compared(versus).map(({ figure, values, ratio }) => [figure.key, { ...values, ratio }]),
    ),
  }
  return `${JSON.stringify(document, null, 2)}\n`
}

/** Why both clients cannot measure this; null where they can. */
function whyNot({ settings }: LabPlan): string | null {
  if (settings.sweep !== null)
    return '--versus compares the clients at one load: give one size, rate or number of sockets.'
  const why = whyLibzmq(settings)
  return why && `--versus needs what both clients can measure. ${why}`
}

interface VersusCommand {
  readonly plan: LabPlan
  readonly credentials: SecurityWithSecrets
  readonly json: boolean
  readonly host: Pick<LabHost, 'fork' | 'versions'>
}

/** Measures with both clients in turn and prints their ratios. Returns the exit code. Throws `UsageError`. */
export async function benchVersus({ plan, credentials, json, host }: VersusCommand): Promise<number> {
  const why = whyNot(plan)
  if (why !== null) throw new UsageError(why)
  const { settings, frames } = plan
  if (!json) {
    print(`Measuring ${settings.endpoint} with both clients in turn: ${runLoadInWords(settings, sizeOf(frames))}\n`)
  }
  const { signal } = createInterruption()
  const line = new ProgressLine(
    process.stderr.isTTY,
    () => process.stderr.columns,
    (text) => void process.stderr.write(text),
  )
  const runs = 2 * versusRounds
  let made = -1
  const progress: LabHost['progress'] = (of) =>
    line.show({ ...of, step: made, steps: runs, fraction: (made + of.fraction) / runs, remainingMs: null })
  let cancel = (): void => undefined
  signal.addEventListener('abort', () => cancel())
  const versus = await runVersus({ ...host, progress }, plan, credentials, (job) => {
    made += 1
    cancel = () => job.cancel()
  })
  line.clear()
  if (versus.ended) {
    print(runText(versus.ended))
    return exitCodes.failure
  }
  print(json ? versusJson(plan, versus) : versusText(versus))
  return exitCodes.success
}
