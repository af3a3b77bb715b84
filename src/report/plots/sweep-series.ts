import { percentileOf } from '../../shared/lab/distribution.ts'
import type { LabRun } from '../../shared/lab/result.ts'
import { throughputOf } from '../../shared/lab/result.ts'

/** The percentiles drawn for a sweep. */
export const sweepPercentiles = ['p50', 'p90', 'p99'] as const

export type SweepPercentile = (typeof sweepPercentiles)[number]

/** One step of a sweep. */
export interface SweepPoint {
  /** The size in bytes or the rate per second; above 0. */
  readonly at: number
  /** In nanoseconds; null without a reply. */
  readonly p50: number | null
  readonly p90: number | null
  readonly p99: number | null
  /** Replies per second. */
  readonly throughput: number
}

/** The steps of one run. */
export interface SweepSeries {
  readonly name: string
  /** Index of its colour and marker, from 0. */
  readonly colour: number
  readonly points: readonly SweepPoint[]
}

/** The results of a run's sweep at each step. */
export function sweepSeries({ name, steps }: Pick<LabRun, 'name' | 'steps'>, colour: number): SweepSeries {
  const points = steps.flatMap((step): SweepPoint[] =>
    step.at === null || step.at <= 0
      ? []
      : [
          {
            at: step.at,
            p50: percentileOf(step.latency, 50),
            p90: percentileOf(step.latency, 90),
            p99: percentileOf(step.latency, 99),
            throughput: throughputOf(step),
          },
        ],
  )
  return { name, colour, points: points.sort((one, other) => one.at - other.at) }
}
