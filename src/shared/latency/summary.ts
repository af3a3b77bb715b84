/** The percentiles shown, with their names. */
export const percentiles = [
  { key: 'p50', percentile: 50 },
  { key: 'p90', percentile: 90 },
  { key: 'p99', percentile: 99 },
  { key: 'p99.9', percentile: 99.9 },
] as const

export type PercentileKey = (typeof percentiles)[number]['key']

/** One histogram bar: round trips from `fromNs` to `toNs`, in nanoseconds. */
export interface HistogramBar {
  readonly fromNs: number
  readonly toNs: number
  readonly count: number
}

/** One exchange on the timeline; `roundTripNs` is null for a timeout. */
export interface LatencySample {
  /** When the request was sent, in milliseconds since the epoch. */
  readonly at: number
  readonly roundTripNs: number | null
  readonly first: boolean
}

/** The round trips of one connection since its last reset. Durations in nanoseconds; null without samples. */
export interface LatencySummary {
  readonly count: number
  readonly timeouts: number
  readonly min: number | null
  readonly mean: number | null
  readonly percentiles: Readonly<Record<PercentileKey, number | null>>
  readonly max: number | null
}

export interface LatencySnapshot {
  readonly summary: LatencySummary
  readonly bars: readonly HistogramBar[]
  /** The latest samples, oldest first. */
  readonly timeline: readonly LatencySample[]
}
