import { Int32Histogram, type JsHistogram } from 'hdr-histogram-js'
import { type Distribution, emptyDistribution } from '../../shared/lab/distribution.ts'

const nanosecondsPerMinute = 60e9
const significantDigits = 3

/** The buckets that are not empty. Only the range that can be is scanned, since this runs while measuring. */
function bucketsOf(histogram: JsHistogram): Pick<Distribution, 'values' | 'counts'> {
  const values: number[] = []
  const counts: number[] = []
  const last = histogram.countsArrayIndex(histogram.maxValue)
  const add = (index: number): void => {
    const each = histogram.getCountAtIndex(index)
    if (each === 0) return
    values.push(histogram.highestEquivalentValue(histogram.valueFromIndex(index)))
    counts.push(each)
  }
  const first = histogram.countsArrayIndex(Math.min(histogram.minNonZeroValue, histogram.maxValue))
  if (first > 0) add(0)
  for (let index = first; index <= last; index += 1) add(index)
  return { values, counts }
}

/** All that a histogram tells, in its unit: mean, minimum and maximum as exact as its buckets. */
export function distributionOf(histogram: JsHistogram): Distribution {
  if (histogram.totalCount === 0) return emptyDistribution
  const { mean, maxValue } = histogram
  return {
    count: histogram.totalCount,
    meanNs: mean,
    minNs: histogram.getCountAtIndex(0) > 0 ? 0 : histogram.minNonZeroValue,
    maxNs: maxValue,
    ...bucketsOf(histogram),
  }
}

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

  /** What was recorded. */
  distribution(): Distribution {
    const count = this.#histogram.totalCount
    if (count === 0) return emptyDistribution
    return {
      count,
      meanNs: this.#sum / count,
      minNs: this.#least,
      maxNs: this.#largest,
      ...bucketsOf(this.#histogram),
    }
  }

  reset(): void {
    this.#histogram.reset()
    this.#sum = 0
    this.#least = Number.POSITIVE_INFINITY
    this.#largest = 0
  }
}
