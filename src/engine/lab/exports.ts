import { HistogramLogWriter, Int32Histogram } from 'hdr-histogram-js'
import { csvText } from '../../shared/csv.ts'
import { type Distribution, percentileOf } from '../../shared/lab/distribution.ts'
import { labPercentiles } from '../../shared/lab/figures.ts'
import { findingsOf } from '../../shared/lab/findings.ts'
import { kindOf, rateOf } from '../../shared/lab/kind.ts'
import { type LabRun, type StepResult, throughputOf } from '../../shared/lab/result.ts'
import { toRunJson } from '../../shared/lab/summary.ts'
import { workerFindings } from '../../shared/lab/worker-findings.ts'
import type { MergedIntervals } from './merge-histograms.ts'
import { unreliable } from './read-histogram-log.ts'

const nanosecondsPerMinute = 60e9
const nanosecondsPerMillisecond = 1e6

/** The histogram that a distribution was taken from. */
function histogramOf({ values, counts }: Distribution): Int32Histogram {
  const histogram = new Int32Histogram(1, nanosecondsPerMinute, 3)
  for (const [index, value] of values.entries()) {
    histogram.recordValueWithCount(Math.min(value, nanosecondsPerMinute), counts[index] ?? 0)
  }
  return histogram
}

/** HdrHistogram percentile text (.hgrm) of one step, with values in milliseconds, as its plotter expects. */
export const toHgrm = (step: StepResult): string =>
  histogramOf(step.latency).outputPercentileDistribution(5, nanosecondsPerMillisecond)

/** What makes a step's figures unreliable, in sentences. */
const doubtsAbout = (step: StepResult): string[] =>
  findingsOf(step)
    .filter(({ level }) => level === 'distrust')
    .map(({ what }) => what)

/** Whose figures are not to be trusted, in sentences. */
const workerDoubts = (run: LabRun): string[] => workerFindings(run).map(({ name, what }) => `${name}: ${what}`)

/** A tag that the HdrHistogram log allows: no commas, white space or line breaks. */
const tagOf = (at: number | null): string => (at === null ? '' : `at-${at}`)

/** A name may come from anybody. */
const onOneLine = (text: string): string => text.replaceAll(/[\r\n\u2028\u2029]+/g, ' ')

/** The first lines of a log that begins at `startMs` since the epoch, with why its figures are unreliable. */
function beginLog(writer: HistogramLogWriter, lines: string[], startMs: number, doubts: readonly string[]): void {
  writer.outputComment('[Logged by ZeroMQ Inspector, values in nanoseconds]')
  writer.outputLogFormatVersion()
  lines.push(`#[StartTime: ${(startMs / 1000).toFixed(3)} (seconds since epoch), ${new Date(startMs).toISOString()}]\n`)
  for (const doubt of new Set(doubts)) lines.push(`${unreliable} ${onOneLine(doubt)}]\n`)
  writer.outputLegend()
}

/**
 * HdrHistogram log (.hlog, version 1.3) of a run: one line per slot, with its histogram in nanoseconds (compressed V2
 * encoding, Base64) and its maximum in milliseconds. Each step of a sweep has a tag. Comments say why figures are
 * unreliable.
 */
export function toHistogramLog(run: LabRun): string {
  const lines: string[] = []
  const writer = new HistogramLogWriter((content) => lines.push(content))
  beginLog(writer, lines, run.startedAt, [...run.steps.flatMap(doubtsAbout), ...workerDoubts(run)])
  for (const step of run.steps) {
    for (const slot of step.slots) {
      const histogram = histogramOf(slot.latency)
      histogram.tag = tagOf(step.at)
      const start = (step.startedAt - run.startedAt + slot.fromMs) / 1000
      writer.outputIntervalHistogram(histogram, start, start + slot.lengthMs / 1000, nanosecondsPerMillisecond)
    }
  }
  return lines.join('')
}

/** The same of what was merged, one line per tag, with why its figures are unreliable. */
export function toMergedLog(sums: readonly MergedIntervals[], doubts: readonly string[]): string {
  const lines: string[] = []
  const writer = new HistogramLogWriter((content) => lines.push(content))
  const startedAt = Math.min(...sums.map(({ startMs }) => startMs))
  beginLog(writer, lines, startedAt, doubts)
  for (const { tag, startMs, endMs, histogram } of sums) {
    histogram.tag = tag ?? ''
    writer.outputIntervalHistogram(
      histogram,
      (startMs - startedAt) / 1000,
      (endMs - startedAt) / 1000,
      nanosecondsPerMillisecond,
    )
  }
  return lines.join('')
}

const columns = [
  'run',
  'started_at',
  'endpoint',
  'model',
  'concurrency',
  'rate_per_second',
  'sweep_value',
  'message_bytes',
  'sent',
  'replied',
  'timed_out',
  'failed',
  'unsent',
  'throughput_per_second',
  'mean_ns',
  ...labPercentiles.map(({ key }) => `${key}_ns`),
  'max_ns',
  'service_p50_ns',
  'service_p99_ns',
  'lateness_p50_ns',
  'lateness_p99_ns',
  'lateness_max_ns',
  'connect_p50_ns',
  'loop_delay_p99_ns',
  'busy_share',
  'client',
  'in_flight',
  'accepted',
  'accepted_and_read',
  'delivered',
  'lost',
  'reordered',
  'repeated',
  'workers',
]

function csvRow(run: LabRun, step: StepResult): (string | number | null)[] {
  const { counts, load, latency, service, lateness } = step
  const of = (distribution: Distribution | null, percentile: number) =>
    distribution === null ? null : percentileOf(distribution, percentile)
  return [
    csvText(run.name),
    new Date(step.startedAt).toISOString(),
    csvText(run.settings.endpoint),
    load.model,
    load.model === 'closed' || load.model === 'flood' ? load.concurrency : null,
    rateOf(load),
    step.at,
    step.messageBytes,
    counts.sent,
    kindOf(load) === 'round-trips' ? counts.replied : null,
    counts.timedOut,
    counts.failed,
    counts.unsent,
    throughputOf(step),
    latency.meanNs,
    ...labPercentiles.map(({ percentile, needs }) => (latency.count < needs ? null : of(latency, percentile))),
    latency.maxNs,
    of(service, 50),
    of(service, 99),
    of(lateness, 50),
    of(lateness, 99),
    lateness?.maxNs ?? null,
    of(step.connect, 50),
    step.instrument.loopDelay.p99Ns,
    step.instrument.busy,
    run.settings.client,
    load.model === 'closed' ? (load.inFlight ?? null) : null,
    step.flood?.accepted ?? null,
    step.flood?.confirmed ?? null,
    step.oneWay?.delivered ?? null,
    step.oneWay?.lost ?? null,
    (step.oneWay ?? step.numbered)?.reordered ?? null,
    (step.oneWay ?? step.numbered)?.repeated ?? null,
    run.settings.workers,
  ]
}

/** One line per step, durations in nanoseconds; empty cells for missing figures. */
export function toCsv(runs: readonly LabRun[]): string {
  const rows = runs.flatMap((run) => run.steps.map((step) => csvRow(run, step)))
  return [columns, ...rows].map((row) => `${row.map((cell) => cell ?? '').join(',')}\n`).join('')
}

/** Export formats of a run. */
export const runFormats = ['json', 'csv', 'hgrm', 'hlog'] as const

export type RunFormat = (typeof runFormats)[number]

/** The text of an exported file; `stepIndex` selects the step for formats that hold only one. */
export function exportRun(run: LabRun, format: RunFormat, stepIndex: number): string {
  switch (format) {
    case 'json':
      return toRunJson(run)
    case 'csv':
      return toCsv([run])
    case 'hlog':
      return toHistogramLog(run)
    case 'hgrm': {
      const step = run.steps[stepIndex] ?? run.steps[0]
      return step ? toHgrm(step) : ''
    }
  }
}
