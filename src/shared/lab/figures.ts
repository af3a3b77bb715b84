import { type Distribution, percentileOf } from './distribution.ts'
import { samplesFor } from './samples.ts'

/** The percentiles shown, with the samples that each needs in order not to be a guess. */
export const labPercentiles = [
  { key: 'p50', name: 'p50', percentile: 50, needs: 1 },
  { key: 'p90', name: 'p90', percentile: 90, needs: 1 },
  { key: 'p99', name: 'p99', percentile: 99, needs: 1 },
  { key: 'p999', name: 'p99.9', percentile: 99.9, needs: 1 },
  { key: 'p9999', name: 'p99.99', percentile: 99.99, needs: samplesFor(99.99) },
] as const

export type LabPercentile = (typeof labPercentiles)[number]
export type LabPercentileKey = LabPercentile['key']

/** A percentile in nanoseconds, or how many samples are missing; null without samples. */
export type PercentileFigure = { readonly ns: number } | { readonly lacks: number } | null

export function percentileFigure(distribution: Distribution, { percentile, needs }: LabPercentile): PercentileFigure {
  if (distribution.count === 0) return null
  if (distribution.count < needs) return { lacks: needs - distribution.count }
  const ns = percentileOf(distribution, percentile)
  return ns === null ? null : { ns }
}
