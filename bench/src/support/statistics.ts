/** The figures of a round's samples. Times in nanoseconds; the percentiles are exact (nearest rank). */
export interface Figures {
  readonly count: number
  readonly elapsedNs: number
  readonly p50: number
  readonly p90: number
  readonly p99: number
  readonly max: number
  readonly mean: number
}

/** Sorts the samples, in nanoseconds. At least one is required. */
export function figuresOf(samples: Float64Array, elapsedNs: number): Figures {
  const sorted = samples.sort()
  const at = (thousandths: number) => sorted[Math.max(0, Math.ceil((sorted.length * thousandths) / 1000) - 1)] ?? 0
  return {
    count: sorted.length,
    elapsedNs,
    p50: at(500),
    p90: at(900),
    p99: at(990),
    max: sorted.at(-1) ?? 0,
    mean: sorted.reduce((sum, sample) => sum + sample, 0) / sorted.length,
  }
}

/** One figure over all rounds. */
export interface Spread {
  readonly median: number
  readonly min: number
  readonly max: number
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((one, other) => one - other)
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN
  return { median: (lower + upper) / 2, min: sorted[0] ?? Number.NaN, max: sorted.at(-1) ?? Number.NaN }
}

/** The ratio of two sides that ran in turn, round by round. */
export function ratioOf(ones: readonly number[], others: readonly number[]): Spread {
  return spreadOf(ones.map((one, index) => one / (others[index] ?? Number.NaN)))
}

/** Exchanges per second of each round. */
export const ratesOf = (rounds: readonly Figures[]): number[] =>
  rounds.map(({ count, elapsedNs }) => (count / elapsedNs) * 1e9)
