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
import { type LabRun, type StepResult, throughputOf } from '../shared/lab/result.ts'
import { nameAndTime } from '../shared/lab/run-order.ts'
import { batchesInWords } from '../shared/lab/turns.ts'
import { stepInWords } from '../shared/lab/words.ts'
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

const percentileRows = ({ latency, service }: StepResult): Row[] =>
  service === null
    ? distributionRows([latency])
    : [['', 'response time', 'service time'], ...distributionRows([latency, service])]

function stepText(step: StepResult): string {
  const { counts, lateness, connect, instrument } = step
  const rows: Row[] = [
    ['replies', formatCount(counts.replied)],
    ['timeouts', formatCount(counts.timedOut)],
    ['errors', formatCount(counts.failed)],
    ...(counts.unsent > 0 ? [['never sent', formatCount(counts.unsent)]] : []),
    ['throughput', formatRate(throughputOf(step))],
  ]
  const about: string[] = [
    ...(lateness === null
      ? []
      : [
          `sends late by p50 ${duration(percentileOf(lateness, 50))}, p99 ${duration(percentileOf(lateness, 99))}, max ${duration(lateness.maxNs)}`,
        ]),
    `${step.sockets === 1 ? '1 socket' : `${formatCount(step.sockets)} sockets`}, connected in ${duration(percentileOf(connect, 50))} (p50)`,
    `measuring process busy ${(instrument.busy * 100).toFixed(0)} %, timers late by p99 ${duration(instrument.loopDelay.p99Ns)}, max ${duration(instrument.loopDelay.maxNs)}`,
    ...(step.turns === null
      ? []
      : [
          `by turn of the event loop: requests ${batchesInWords(step.turns.requests)}, replies ${batchesInWords(step.turns.replies)}`,
        ]),
    ...step.errors.map(({ message, count }) => `${formatCount(count)} × ${message}`),
  ]
  const findings = findingsOf(step).map(
    ({ level, what, advice }) => `${level === 'distrust' ? 'UNRELIABLE' : 'note'}: ${what} ${advice}`,
  )
  return `${table(rows)}${table(percentileRows(step))}${[...about, ...findings].map((line) => `  ${line}\n`).join('')}`
}

function problemText({ problem, outcome, steps }: LabRun): string {
  if (problem === null)
    return outcome === 'cancelled' ? 'Cancelled: the figures cover the part that was measured.\n' : ''
  const found = findingIn({ ...problem.facts, diagnosis: problem.diagnosis ?? '' })
  const cure = found ? ` ${adviceFor(found).cure}` : ''
  const replies = steps.some(({ counts }) => counts.replied > 0) ? 'The run ended early.' : '0 replies.'
  return `${replies} ${problem.message}${cure}\n`
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
  const { steps, otherLoad, clients } = compareRuns(baseline, run)
  const titles = `Compared with ${titleOf(baseline)} (baseline)\nThis run: ${titleOf(run)}\n`
  if (steps.length === 0) return `${titles}The two runs have no step in common, so there is nothing to compare.\n`
  const load = otherLoad ? '  Load or message differs: this compares both changes at once.\n' : ''
  const mixed = clients === null ? '' : `  ${clients}\n`
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
