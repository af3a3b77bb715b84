import { Float64Histogram } from 'hdr-histogram-js'
import type { Distribution } from '../../shared/lab/distribution.ts'
import { distributionOf } from './histogram.ts'
import type { LoggedInterval } from './read-histogram-log.ts'

/** The samples of several intervals that are of one thing. */
export interface MergedIntervals {
  readonly tag: string | null
  /** In milliseconds since the epoch, from the first interval to the end of the last. */
  readonly startMs: number
  readonly endMs: number
  readonly histogram: Float64Histogram
  readonly distribution: Distribution
  /** The significant digits of the coarsest histogram: no figure is more exact. */
  readonly digits: number
}

/** Adds up histograms without a loss: as if one program had recorded all samples. */
export class HistogramMerge {
  readonly #sum: Float64Histogram
  #startMs = Number.POSITIVE_INFINITY
  #endMs = Number.NEGATIVE_INFINITY
  #digits: number

  constructor(
    readonly tag: string | null,
    { histogram }: LoggedInterval,
  ) {
    this.#digits = histogram.numberOfSignificantValueDigits
    this.#sum = new Float64Histogram(1, Math.max(2, histogram.highestTrackableValue), this.#digits)
    this.#sum.autoResize = true
  }

  add({ startMs, endMs, histogram }: LoggedInterval): void {
    this.#sum.add(histogram)
    this.#startMs = Math.min(this.#startMs, startMs)
    this.#endMs = Math.max(this.#endMs, endMs)
    this.#digits = Math.min(this.#digits, histogram.numberOfSignificantValueDigits)
  }

  get merged(): MergedIntervals {
    return {
      tag: this.tag,
      startMs: this.#startMs,
      endMs: this.#endMs,
      histogram: this.#sum,
      distribution: distributionOf(this.#sum),
      digits: this.#digits,
    }
  }
}

/** Merges by tag, in the order in which tags are met. */
export class MergeByTag {
  readonly #merges = new Map<string | null, HistogramMerge>()

  add(interval: LoggedInterval): void {
    const known = this.#merges.get(interval.tag)
    const merge = known ?? new HistogramMerge(interval.tag, interval)
    if (!known) this.#merges.set(interval.tag, merge)
    merge.add(interval)
  }

  get merged(): readonly MergedIntervals[] {
    return [...this.#merges.values()].map(({ merged }) => merged)
  }
}
