import { adviceFor, findingIn } from '../shared/diagnosis/diagnosis.ts'
import { formatCount, formatDuration, formatRate } from '../shared/format.ts'
import { type Assertion, checkAssertion } from '../shared/lab/assertion.ts'
import {
  type ComparedStep,
  compareRuns,
  comparisonInWords,
  distrustInWords,
  driftNote,
} from '../shared/lab/compare-runs.ts'
import { type Distribution, percentileOf } from '../shared/lab/distribution.ts'
import { labPercentiles, percentileFigure } from '../shared/lab/figures.ts'
import { findingsOf } from '../shared/lab/findings.ts'
import { headingOf, kindOf, kindWords } from '../shared/lab/kind.ts'
import { doneIn, type LabRun, type StepResult, sentRateOf, throughputOf } from '../shared/lab/result.ts'
import { nameAndTime } from '../shared/lab/run-order.ts'
import { bytesPerSecond, megabitsPerSecond } from '../shared/lab/step-figures.ts'
import { batchesInWords } from '../shared/lab/turns.ts'
import { oneWayInWords, plural, stepInWords } from '../shared/lab/words.ts'
import { runFindingsText, workersText } from './bench-workers.ts'
import { escapeHidden } from './escape-hidden.ts'

type Row = readonly string[]

/** Aligns rows in columns: numbers to the right, the first column and the one at index `words` to the left. */
export function table(rows: readonly Row[], words: number | null = null): string {
  const widths: number[] = []
  for (const row of rows) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length)
  }
  const line = (row: Row) =>
    row
      .map((cell, column) =>
        column === 0 || column === words ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd()
  return rows.map((row) => `  ${line(row)}\n`).join('')
}

const duration = (nanoseconds: number | null): string => (nanoseconds === null ? '–' : formatDuration(nanoseconds))

/** Mean, percentiles and maximum, a column for each distribution. */
export function distributionRows(shown: readonly Distribution[]): Row[] {
  const figures = labPercentiles.map((percentile): Row => {
    const cells = shown.map((each) => {
      const figure = percentileFigure(each, percentile)
      if (figure === null) return '–'
      return 'ns' in figure ? formatDuration(figure.ns) : `needs ${formatCount(figure.lacks)} more`
    })
    return [percentile.name, ...cells]
  })
  return [
    ['mean', ...shown.map(({ meanNs }) => duration(meanNs))],
    ...figures,
    ['max', ...shown.map(({ maxNs }) => duration(maxNs))],
  ]
}

const small = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)

function percentileRows({ latency, service, load }: StepResult): Row[] {
  const kind = kindOf(load)
  const heading = small(headingOf(load))
  if (service !== null) {
    return [['', heading, small(kindWords[kind].serviceHeading)], ...distributionRows([latency, service])]
  }
  return kind === 'round-trips' ? distributionRows([latency]) : [['', heading], ...distributionRows([latency])]
}

/** What became of what was sent. */
function countRows(step: StepResult): Row[] {
  const { counts, flood, oneWay } = step
  const rate = ['throughput', formatRate(throughputOf(step))]
  const ends: Row[] = [
    ['timeouts', formatCount(counts.timedOut)],
    ['errors', formatCount(counts.failed)],
    ...(counts.unsent > 0 ? [['never sent', formatCount(counts.unsent)]] : []),
  ]
  if (flood) {
    return [
      ['sent', formatCount(counts.sent), formatRate(sentRateOf(step))],
      ['accepted', formatCount(flood.accepted), formatRate(throughputOf(step)), bytesPerSecond(step)],
      ...(flood.confirmed === null ? [] : [['read by the peer', formatCount(flood.confirmed)]]),
      ...ends,
    ]
  }
  if (oneWay) {
    return [
      ['sent', formatCount(counts.sent)],
      ['delivered', formatCount(oneWay.delivered)],
      ['lost', formatCount(oneWay.lost)],
      ['reordered', formatCount(oneWay.reordered)],
      ['repeated', formatCount(oneWay.repeated)],
      ...ends,
      rate,
    ]
  }
  return [['replies', formatCount(counts.replied)], ...ends, rate]
}

/** The same figures in the words of libzmq's local_thr and remote_lat, for those who compare with them. */
function wordsOfLibzmq(step: StepResult): string[] {
  if (!step.oneWay) return []
  const { latency, service, messageBytes } = step
  const rate = throughputOf(step)
  const meanNs = (service ?? latency).meanNs
  return [
    `message size: ${messageBytes} [B]`,
    `message count: ${step.oneWay.delivered}`,
    `mean throughput: ${rate.toFixed(0)} [msg/s]`,
    `mean throughput: ${megabitsPerSecond(step).toFixed(3)} [Mb/s]`,
    ...(meanNs === null ? [] : [`average latency: ${(meanNs / 1000).toFixed(3)} [us]`]),
  ]
}

/** What the socket or the sockets of a step are called. */
function socketsOf({ sockets, load, flood }: StepResult): string {
  if (load.model === 'one-way') return oneWayInWords[load.pattern]
  return plural(sockets, flood ? 'PUSH socket' : 'socket')
}

/** Messages that went together, where several did. */
function batchesOf({ flood }: StepResult): string[] {
  if (!flood || flood.writes === 0 || flood.accepted <= flood.writes) return []
  return [`${formatCount(Math.round(flood.accepted / flood.writes))} messages in each write (mean)`]
}

function stepText(step: StepResult): string {
  const { lateness, connect, instrument } = step
  const about: string[] = [
    ...(lateness === null
      ? []
      : [
          `sends late by p50 ${duration(percentileOf(lateness, 50))}, p99 ${duration(percentileOf(lateness, 99))}, max ${duration(lateness.maxNs)}`,
        ]),
    `${socketsOf(step)}, connected in ${duration(percentileOf(connect, 50))} (p50)`,
    ...batchesOf(step),
    `measuring process busy ${(instrument.busy * 100).toFixed(0)} %, timers late by p99 ${duration(instrument.loopDelay.p99Ns)}, max ${duration(instrument.loopDelay.maxNs)}`,
    ...(step.turns === null
      ? []
      : [
          `by turn of the event loop: requests ${batchesInWords(step.turns.requests)}, replies ${batchesInWords(step.turns.replies)}`,
        ]),
    ...(step.numbered === null
      ? []
      : [`replies reordered ${formatCount(step.numbered.reordered)}, repeated ${formatCount(step.numbered.repeated)}`]),
    ...step.errors.map(({ message, count }) => `${formatCount(count)} × ${message}`),
  ]
  const findings = findingsOf(step).map(
    ({ level, what, advice }) => `${level === 'distrust' ? 'UNRELIABLE' : 'note'}: ${what} ${advice}`,
  )
  const lines = [...wordsOfLibzmq(step), ...about, ...findings].map((line) => `  ${line}\n`)
  return `${table(countRows(step))}${table(percentileRows(step))}${lines.join('')}`
}

function problemText({ problem, outcome, steps, settings }: LabRun): string {
  if (problem === null)
    return outcome === 'cancelled' ? 'Cancelled: the figures cover the part that was measured.\n' : ''
  const found = findingIn({ ...problem.facts, diagnosis: problem.diagnosis ?? '' })
  const cure = found ? ` ${adviceFor(found).cure}` : ''
  const nothing = kindOf(settings.load) === 'round-trips' ? '0 replies.' : '0 messages.'
  const end = steps.some((step) => doneIn(step) > 0) ? 'The run ended early.' : nothing
  return `${end} ${problem.message}${cure}\n`
}

/** A run's figures as text. */
export function runText(run: LabRun): string {
  const steps = run.steps.map((step) => {
    const name = stepInWords(run.settings, step.at)
    return `${name === null ? '' : `${name}\n`}${stepText(step)}${workersText(run, step)}`
  })
  return `${steps.join('\n')}${runFindingsText(run)}${problemText(run)}`
}

/** A run by name and time; the name may come from anybody's file. */
const titleOf = (run: LabRun): string => escapeHidden(nameAndTime(run))

function comparedStepText(baseline: LabRun, step: ComparedStep): string {
  const name = step.at === null ? '' : `${step.at}\n`
  if (step.comparisons === null) return `${name}  One of these runs is too short to compare.\n`
  const rows = step.comparisons.map((comparison): Row => {
    const { baseline: before, value, difference, low, high, verdict } = comparisonInWords(comparison, step, '-')
    return [comparison.figure, before, value, difference, `${low} to ${high}`, verdict]
  })
  const distrust = distrustInWords(baseline, step)
  const heads = ['', 'baseline', 'this run', 'difference', '95 % interval', '']
  return `${name}${table([heads, ...rows], 5)}${distrust === null ? '' : `  UNRELIABLE: ${distrust}\n`}`
}

/** Compares this run with the baseline, figure by figure. */
export function comparisonText(baseline: LabRun, run: LabRun): string {
  const { steps, otherLoad, cautions, refused } = compareRuns(baseline, run)
  const titles = `Compared with ${titleOf(baseline)} (baseline)\nThis run: ${titleOf(run)}\n`
  if (refused !== null) return `${titles}  ${refused}\n`
  if (steps.length === 0) return `${titles}The two runs have no step in common, so there is nothing to compare.\n`
  const load = otherLoad ? '  Load or message differs: this compares both changes at once.\n' : ''
  const mixed = cautions.map((caution) => `  ${caution}\n`).join('')
  const texts = steps.map((step) => comparedStepText(baseline, step))
  return `${titles}${load}${mixed}${texts.join('\n')}  ${driftNote}\n`
}

/** One line per assertion and step, and whether all hold. */
export function checkAll(run: LabRun, assertions: readonly Assertion[]): { text: string; hold: boolean } {
  let hold = true
  const lines = assertions.flatMap((assertion) => {
    if (run.steps.length === 0) {
      hold = false
      return [`assertion ${assertion.text}: FAILED, nothing was measured\n`]
    }
    return run.steps.map((step) => {
      const verdict = checkAssertion(assertion, step)
      hold &&= verdict.holds
      const format = assertion.metric.unit === 'duration' ? formatDuration : formatCount
      const value = verdict.value === null ? 'there is no such figure' : `it is ${format(verdict.value)}`
      const name = stepInWords(run.settings, step.at)
      const where = name === null ? '' : ` at ${name}`
      return `assertion ${assertion.text}: ${verdict.holds ? 'holds' : 'FAILED'}${where}, ${value}\n`
    })
  })
  return { text: lines.join(''), hold }
}
