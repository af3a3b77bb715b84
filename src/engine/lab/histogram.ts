import { Int32Histogram } from 'hdr-histogram-js'
import { type Distribution, emptyDistribution } from '../../shared/lab/distribution.ts'

const nanosecondsPerMinute = 60e9
const significantDigits = 3

/**
 * HDR histogram of durations in nanoseconds: 1 ns to 60 s with three significant digits. Longer ones count as 60 s but
 * keep their exact value as maximum. Each sample is one update without allocation.
 */
export class DurationHistogram {
  readonly #histogram = new Int32Histogram(1, nanosecondsPerMinute, significantDigits)
  #sum = 0
  #least = Number.POSITIVE_INFINITY
  #largest = 0

  get count(): number {
    return this.#histogram.totalCount
  }

  record(nanoseconds: number): void {
    const value = nanoseconds < 1 ? 1 : Math.round(nanoseconds)
    this.#histogram.recordValue(value > nanosecondsPerMinute ? nanosecondsPerMinute : value)
    this.#sum += value
    if (value < this.#least) this.#least = value
    if (value > this.#largest) this.#largest = value
  }

  /** What was recorded. Only the range that can be non-empty is scanned, since this runs while measuring. */
  distribution(): Distribution {
    const histogram = this.#histogram
    const count = histogram.totalCount
    if (count === 0) return emptyDistribution
    const values: number[] = []
    const counts: number[] = []
    const last = histogram.countsArrayIndex(histogram.maxValue)
    for (let index = histogram.countsArrayIndex(histogram.minNonZeroValue); index <= last; index += 1) {
      const each = histogram.getCountAtIndex(index)
      if (each === 0) continue
      values.push(histogram.highestEquivalentValue(histogram.valueFromIndex(index)))
      counts.push(each)
    }
    return { count, meanNs: this.#sum / count, minNs: this.#least, maxNs: this.#largest, values, counts }
  }

  reset(): void {
    this.#histogram.reset()
    this.#sum = 0
    this.#least = Number.POSITIVE_INFINITY
    this.#largest = 0
  }
}
