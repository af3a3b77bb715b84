import { readFile } from 'node:fs/promises'
import { toMergedLog } from '../engine/lab/exports.ts'
import { MergeByTag, type MergedIntervals } from '../engine/lab/merge-histograms.ts'
import { doubtsIn, HistogramLogError, readHistogramLog } from '../engine/lab/read-histogram-log.ts'
import { formatCount, formatDuration, formatRate } from '../shared/format.ts'
import { percentileOf } from '../shared/lab/distribution.ts'
import { labPercentiles } from '../shared/lab/figures.ts'
import { explanationOf } from '../shared/reason.ts'
import { distributionRows, table } from './bench-report.ts'
import { escapeHidden } from './escape-hidden.ts'
import { exitCodes, UsageError } from './failure.ts'
import { print } from './output.ts'
import { checkOutputFile, type OutputFile, writeOutputFile } from './output-file.ts'

/** A log as a whole. */
interface MergedFile {
  readonly path: string
  readonly samples: number
  readonly startMs: number
  readonly endMs: number
  /** Why its figures are unreliable, in sentences. */
  readonly doubts: readonly string[]
}

/** Reads a log into `sum`. Throws `UsageError` for a file that cannot be read, or is none. */
async function addFile(path: string, sum: MergeByTag): Promise<MergedFile> {
  let [samples, startMs, endMs] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  let doubts: readonly string[] = []
  try {
    const text = await readFile(path, 'utf8')
    doubts = doubtsIn(text)
    for (const interval of readHistogramLog(text)) {
      sum.add(interval)
      samples += interval.histogram.totalCount
      startMs = Math.min(startMs, interval.startMs)
      endMs = Math.max(endMs, interval.endMs)
    }
  } catch (thrown) {
    const why = thrown instanceof HistogramLogError ? thrown.message : `it cannot be read: ${explanationOf(thrown)}`
    throw new UsageError(`${escapeHidden(path)}: ${why}`, { cause: thrown })
  }
  if (samples === 0) throw new UsageError(`${escapeHidden(path)} has no samples.`)
  return { path, samples, startMs, endMs, doubts }
}

const seconds = ({ startMs, endMs }: Pick<MergedFile, 'startMs' | 'endMs'>): number => (endMs - startMs) / 1000

const throughputOf = (merged: MergedIntervals): number => merged.distribution.count / seconds(merged)

/** What to know of the sum, in sentences. */
function notesOn(files: readonly MergedFile[], sums: readonly MergedIntervals[]): string[] {
  const latestStart = Math.max(...files.map(({ startMs }) => startMs))
  const apart = files.find(({ endMs }) => endMs <= latestStart)
  const after = files.find(({ startMs }) => startMs === latestStart)
  const digits = Math.min(...sums.map((sum) => sum.digits))
  return [
    ...files.flatMap((file) =>
      file.doubts.map((doubt) => `${escapeHidden(file.path)} is UNRELIABLE: ${escapeHidden(doubt)}`),
    ),
    ...(apart && after
      ? [
          `${escapeHidden(after.path)} begins after ${escapeHidden(apart.path)} has ended: they are not one load, so the throughput is none.`,
        ]
      : []),
    ...(digits < 3 ? [`The coarsest histogram has ${digits} significant digits: no figure is more exact.`] : []),
  ]
}

const fileRows = (files: readonly MergedFile[]): string[][] => [
  ['', 'samples', 'begins', 'lasts'],
  ...files.map((file) => [
    escapeHidden(file.path),
    formatCount(file.samples),
    new Date(file.startMs).toISOString(),
    formatDuration(seconds(file) * 1e9),
  ]),
]

const sumText = (merged: MergedIntervals): string => {
  const { tag, distribution } = merged
  const counts = [
    ['samples', formatCount(distribution.count)],
    ['throughput', formatRate(throughputOf(merged))],
  ]
  return `${tag === null ? 'Together' : `Together, ${escapeHidden(tag)}`}\n${table(counts)}${table(distributionRows([distribution]))}`
}

const sumJson = (merged: MergedIntervals) => {
  const { tag, startMs, endMs, distribution, digits } = merged
  return {
    tag,
    samples: distribution.count,
    startedAt: startMs,
    endedAt: endMs,
    throughputPerSecond: throughputOf(merged),
    significantDigits: digits,
    latencyNs: {
      mean: distribution.meanNs,
      ...Object.fromEntries(
        labPercentiles.map(({ key, percentile, needs }) => [
          key,
          distribution.count < needs ? null : percentileOf(distribution, percentile),
        ]),
      ),
      max: distribution.maxNs,
    },
  }
}

/**
 * Adds up histogram logs, each tag for itself, and prints the figures of the sum. Returns the exit code. Throws
 * `UsageError` where a file is no histogram log, and then writes nothing.
 */
export async function runMerge(paths: readonly string[], output: OutputFile | null, json: boolean): Promise<number> {
  if (output) await checkOutputFile(output)
  const sum = new MergeByTag()
  const files: MergedFile[] = []
  for (const path of paths) files.push(await addFile(path, sum))
  const sums = sum.merged.filter(({ distribution }) => distribution.count > 0)
  const notes = notesOn(files, sums)
  if (json) {
    const samples = files.map(({ path, samples: count, startMs, endMs }) => ({
      path,
      samples: count,
      startedAt: startMs,
      endedAt: endMs,
    }))
    print(`${JSON.stringify({ files: samples, sums: sums.map(sumJson), notes }, null, 2)}\n`)
  } else {
    print(
      `${table(fileRows(files))}\n${sums.map(sumText).join('\n')}${notes.map((note) => `  note: ${note}\n`).join('')}`,
    )
  }
  if (output)
    await writeOutputFile(
      output,
      toMergedLog(
        sums,
        files.flatMap((file) => file.doubts),
      ),
    )
  return exitCodes.success
}
