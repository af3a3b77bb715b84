import { formatCount, formatDuration, formatRate } from '../shared/format.ts'
import { kindOf, kindWords } from '../shared/lab/kind.ts'
import type { LabRun, StepResult } from '../shared/lab/result.ts'
import { aboutWhom, runFindings } from '../shared/lab/run-findings.ts'
import { workerRows } from '../shared/lab/worker-findings.ts'
import { table } from './bench-report.ts'
import { escapeHidden } from './escape-hidden.ts'

const duration = (nanoseconds: number | null): string => (nanoseconds === null ? '–' : formatDuration(nanoseconds))

/** Those that made a step together, a line each; empty where one process made it. */
export function workersText(run: LabRun, step: StepResult): string {
  const rows = workerRows(run, step)
  if (rows.length === 0) return ''
  const clocks = rows.some(({ clockNs }) => clockNs !== null)
  const late = rows.some(({ lateP99Ns }) => lateP99Ns !== null)
  const heads = ['', kindWords[kindOf(step.load)].doneHeading.toLowerCase(), 'throughput', 'p50', 'p99', 'max', 'busy']
  return table([
    [...heads, ...(late ? ['late p99'] : []), ...(clocks ? ['clock'] : [])],
    ...rows.map((row) => [
      `${escapeHidden(row.name)}${row.isDistrusted ? ' !' : ''}`,
      formatCount(row.done),
      formatRate(row.throughputPerSecond),
      duration(row.p50Ns),
      duration(row.p99Ns),
      duration(row.maxNs),
      `${Math.round(row.busy * 100)} %`,
      ...(late ? [duration(row.lateP99Ns)] : []),
      ...(clocks ? [row.clockNs === null ? '–' : `± ${formatDuration(row.clockNs)}`] : []),
    ]),
  ])
}

/** What to know of the run as a whole, and whose figures are not to be trusted, a line each. */
export const runFindingsText = (run: LabRun): string =>
  runFindings(run)
    .map((finding) => {
      const whom = aboutWhom(finding)
      const level = finding.level === 'distrust' ? 'UNRELIABLE' : 'note'
      return `  ${level}: ${whom === null ? '' : `${escapeHidden(whom)}: `}${escapeHidden(finding.what)} ${finding.advice}\n`
    })
    .join('')
