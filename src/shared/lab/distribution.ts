import type { HistogramBar } from '../latency/summary.ts'
import { z } from '../schema.ts'

const durations = z.array(z.number().min(0))

/**
 * Durations in nanoseconds, from an HDR histogram with three significant digits: `values` are the upper ends of its
 * non-empty buckets, ascending, and `counts` their sizes. Mean, minimum and maximum are exact.
 */
export const distributionSchema = z
  .object({
    count: z.number().int().min(0),
    /** Null without samples, as are the two below. */
    meanNs: z.number().min(0).nullable(),
    minNs: z.number().min(0).nullable(),
    maxNs: z.number().min(0).nullable(),
    values: durations,
    counts: z.array(z.number().int().min(1)),
  })
  .refine(({ values, counts }) => values.length === counts.length, 'values and counts differ in length')
  .refine(
    ({ count, counts }) => counts.reduce((total, each) => total + each, 0) === count,
    'the counts do not add up to count',
  )
  .refine(
    ({ values }) => values.every((value, index) => index === 0 || value > (values[index - 1] ?? 0)),
    'the values are not in ascending order',
  )

export type Distribution = z.infer<typeof distributionSchema>

export const emptyDistribution: Distribution = {
  count: 0,
  meanNs: null,
  minNs: null,
  maxNs: null,
  values: [],
  counts: [],
}

/**
 * The duration that `percentile` percent of all samples do not exceed (nearest rank); null without samples. A bucket's
 * upper end can lie above the maximum, so the result is capped at the maximum.
 */
export function percentileOf({ count, maxNs, values, counts }: Distribution, percentile: number): number | null {
  if (count === 0 || maxNs === null) return null
  // Slightly less, so that 99 % of 100 is the 99th despite binary fractions.
  const rank = Math.max(1, Math.ceil((percentile / 100) * count - 1e-9 * count))
  let seen = 0
  for (const [index, each] of counts.entries()) {
    seen += each
    if (seen >= rank) return Math.min(maxNs, values[index] ?? maxNs)
  }
  return maxNs
}

/** The percentage of samples that do not exceed `nanoseconds`. */
export function shareUpTo({ count, values, counts }: Distribution, nanoseconds: number): number {
  let seen = 0
  for (const [index, value] of values.entries()) {
    if (value > nanoseconds) break
    seen += counts[index] ?? 0
  }
  return count === 0 ? 0 : (seen / count) * 100
}

/** All samples of several distributions in one. */
export function mergeDistributions(parts: readonly Distribution[]): Distribution {
  const merged = new Map<number, number>()
  let count = 0
  let sum = 0
  let minNs: number | null = null
  let maxNs: number | null = null
  for (const part of parts) {
    count += part.count
    sum += (part.meanNs ?? 0) * part.count
    if (part.minNs !== null) minNs = Math.min(minNs ?? part.minNs, part.minNs)
    if (part.maxNs !== null) maxNs = Math.max(maxNs ?? part.maxNs, part.maxNs)
    for (const [index, value] of part.values.entries()) {
      merged.set(value, (merged.get(value) ?? 0) + (part.counts[index] ?? 0))
    }
  }
  const sorted = [...merged].sort(([one], [other]) => one - other)
  return {
    count,
    meanNs: count === 0 ? null : sum / count,
    minNs,
    maxNs,
    values: sorted.map(([value]) => value),
    counts: sorted.map(([, each]) => each),
  }
}

const lesser = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? (one ?? other) : Math.min(one, other)
const greater = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? (one ?? other) : Math.max(one, other)

/** All samples of two distributions, as `mergeDistributions` has them, in a fraction of its time. */
export function mergeTwo(one: Distribution, other: Distribution): Distribution {
  if (other.count === 0) return one
  if (one.count === 0) return other
  const values: number[] = []
  const counts: number[] = []
  let first = 0
  let second = 0
  while (first < one.values.length || second < other.values.length) {
    const value = one.values[first] ?? Number.POSITIVE_INFINITY
    const against = other.values[second] ?? Number.POSITIVE_INFINITY
    let count = 0
    if (value <= against) {
      count += one.counts[first] ?? 0
      first += 1
    }
    if (against <= value) {
      count += other.counts[second] ?? 0
      second += 1
    }
    values.push(Math.min(value, against))
    counts.push(count)
  }
  const count = one.count + other.count
  return {
    count,
    meanNs: ((one.meanNs ?? 0) * one.count + (other.meanNs ?? 0) * other.count) / count,
    minNs: lesser(one.minNs, other.minNs),
    maxNs: greater(one.maxNs, other.maxNs),
    values,
    counts,
  }
}

/** The percentiles that a coarse distribution keeps. */
const coarsePercentiles = [50, 99, 100] as const

/** A distribution of the same count, mean, p50, p99, minimum and maximum, and no other values: a few numbers. */
export function coarsened(distribution: Distribution): Distribution {
  const { count } = distribution
  const values: number[] = []
  const counts: number[] = []
  let before = 0
  for (const percentile of coarsePercentiles) {
    const value = percentileOf(distribution, percentile)
    // The same rank as percentileOf looks up.
    const rank = Math.max(1, Math.ceil((percentile / 100) * count - 1e-9 * count))
    if (value === null || rank <= before) continue
    if (values.at(-1) === value) counts[counts.length - 1] = (counts.at(-1) ?? 0) + rank - before
    else {
      values.push(value)
      counts.push(rank - before)
    }
    before = rank
  }
  return { ...distribution, values, counts }
}

/** A distribution whose values in each of `perDecade` parts of a decade are one, the largest of them. */
export function thinned(distribution: Distribution, perDecade: number): Distribution {
  const values: number[] = []
  const counts: number[] = []
  let last: number | undefined
  for (const [index, value] of distribution.values.entries()) {
    const part = Math.floor(Math.log10(Math.max(1, value)) * perDecade)
    const count = distribution.counts[index] ?? 0
    if (part === last) {
      values[values.length - 1] = value
      counts[counts.length - 1] = (counts.at(-1) ?? 0) + count
    } else {
      values.push(value)
      counts.push(count)
    }
    last = part
  }
  return { ...distribution, values, counts }
}

/** A point of the percentile plot. */
export interface CurvePoint {
  /** In percent; below 100 except for the last. */
  readonly percentile: number
  readonly nanoseconds: number
}

/** Steps per halving of the distance to 100 %, as in HdrHistogram's own plotter. */
const ticksPerHalfDistance = 10

/**
 * The curve of a percentile plot: ever closer to 100 %, as far as the samples can resolve. The last point is the
 * maximum, at the percentile that only it exceeds.
 */
export function percentileCurve(distribution: Distribution): CurvePoint[] {
  const { count, maxNs } = distribution
  if (count === 0 || maxNs === null) return []
  const points: CurvePoint[] = []
  const last = 100 * (1 - 1 / count)
  for (let tick = 0; ; tick += 1) {
    const halvings = Math.floor(tick / ticksPerHalfDistance)
    const within = (tick % ticksPerHalfDistance) / ticksPerHalfDistance
    const percentile = 100 - (100 / 2 ** halvings) * (1 - within / 2)
    if (percentile >= last) break
    points.push({ percentile, nanoseconds: percentileOf(distribution, percentile) ?? maxNs })
  }
  points.push({ percentile: last, nanoseconds: maxNs })
  return points
}

/** The most bars of a histogram on a linear axis. */
const linearBars = 60

/** The share that a linear axis shows, in percent: with the slowest few on it, all others would be one bar. */
const linearPercentile = 99

/** What a linear axis shows of several distributions, in nanoseconds; null without samples. */
export function linearSpanOf(distributions: readonly Distribution[]): readonly [least: number, largest: number] | null {
  // The upper end of a bucket may lie above the largest of what is in it.
  const least = distributions.flatMap(({ values, maxNs }) =>
    values.slice(0, 1).map((value) => Math.min(value, maxNs ?? value)),
  )
  const largest = distributions.flatMap((each) => percentileOf(each, linearPercentile) ?? [])
  return least.length === 0 ? null : [Math.min(...least), Math.max(...largest)]
}

/**
 * Histogram bars of equal width for a linear axis, from the first non-empty one to the last. With the span of several
 * distributions, their bars are the same. What is longer than the span is in none.
 */
export function linearBarsOf(
  { values, counts, maxNs }: Distribution,
  [least, largest]: readonly [number, number],
): HistogramBar[] {
  const width = Math.max(1, (largest - least) / linearBars)
  const bars = new Map<number, number>()
  for (const [index, value] of values.entries()) {
    const shown = Math.min(value, maxNs ?? value)
    if (shown > largest) break
    const bar = Math.max(0, Math.min(linearBars - 1, Math.floor((shown - least) / width)))
    bars.set(bar, (bars.get(bar) ?? 0) + (counts[index] ?? 0))
  }
  const places = [...bars.keys()]
  const first = places[0] ?? 0
  return Array.from({ length: places.length === 0 ? 0 : (places.at(-1) ?? first) - first + 1 }, (_, place) => ({
    fromNs: least + (first + place) * width,
    toNs: least + (first + place + 1) * width,
    count: bars.get(first + place) ?? 0,
  }))
}

const barsPerDecade = 20

/** Histogram bars on a logarithmic axis, from the first non-empty one to the last. */
export function barsOf({ values, counts }: Distribution): HistogramBar[] {
  const bars = new Map<number, number>()
  for (const [index, value] of values.entries()) {
    const bar = Math.floor(Math.log10(Math.max(1, value)) * barsPerDecade)
    bars.set(bar, (bars.get(bar) ?? 0) + (counts[index] ?? 0))
  }
  const indexes = [...bars.keys()]
  const first = indexes[0] ?? 0
  return Array.from({ length: indexes.length === 0 ? 0 : (indexes.at(-1) ?? first) - first + 1 }, (_, place) => ({
    fromNs: 10 ** ((first + place) / barsPerDecade),
    toNs: 10 ** ((first + place + 1) / barsPerDecade),
    count: bars.get(first + place) ?? 0,
  }))
}
