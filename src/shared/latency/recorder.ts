import { build } from 'hdr-histogram-js'
import { type HistogramBar, type LatencySample, type LatencySnapshot, percentiles } from './summary.ts'

const nanosecondsPerMinute = 60e9
/** Samples kept individually for export: 17 bytes each, so less than 2 MB per connection. */
const keptSamples = 100_000
/** What a timeline can show without drawing several samples on one pixel. */
const timelineSamples = 2_000
const barsPerDecade = 10

/** Many samples, cheap to hand to another thread. */
export interface PackedSamples {
  /** When each request was sent, in milliseconds since the epoch. */
  readonly at: Float64Array
  /** In nanoseconds; NaN for a timeout. */
  readonly roundTripNs: Float64Array
  /** 1 for the first exchange of a socket. */
  readonly first: Uint8Array
  /** How many samples were too old to be kept. */
  readonly omitted: number
}

const newHistogram = () =>
  build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: nanosecondsPerMinute,
    numberOfSignificantValueDigits: 3,
    bitBucketSize: 32,
    useWebAssembly: false,
  })

const newFigures = () => ({
  histogram: newHistogram(),
  bars: new Map<number, number>(),
  timeouts: 0,
  minimum: Number.POSITIVE_INFINITY,
  maximum: 0,
  sum: 0,
  at: new Float64Array(0),
  roundTrip: new Float64Array(0),
  first: new Uint8Array(0),
  recorded: 0,
})

/** All that a recorder has collected. */
export type KeptFigures = ReturnType<typeof newFigures>

/** Index of a logarithmic bar, ten per decade. */
function barIndex(nanoseconds: number): number {
  return Math.floor(Math.log10(Math.max(1, nanoseconds)) * barsPerDecade)
}

/**
 * Collects the round trips of one connection: an HDR histogram (1 ns to 60 s, three significant digits; longer ones
 * count as 60 s but keep their exact value as maximum) and the latest samples in a ring buffer.
 */
export class LatencyRecorder {
  #figures = newFigures()

  /** Records a reply after `nanoseconds` to a request sent `at` milliseconds since the epoch. */
  record(at: number, nanoseconds: number, first: boolean): void {
    const value = Math.max(1, Math.round(nanoseconds))
    this.#figures.histogram.recordValue(Math.min(value, nanosecondsPerMinute))
    const bar = barIndex(value)
    this.#figures.bars.set(bar, (this.#figures.bars.get(bar) ?? 0) + 1)
    this.#figures.minimum = Math.min(this.#figures.minimum, value)
    this.#figures.maximum = Math.max(this.#figures.maximum, value)
    this.#figures.sum += value
    this.#keep(at, value, first)
  }

  /** Records a request without a reply in time. It always counts. */
  recordTimeout(at: number, first: boolean): void {
    this.#figures.timeouts += 1
    this.#keep(at, Number.NaN, first)
  }

  /** Begins anew. Returns the figures until now, for `restore`. */
  reset(): KeptFigures {
    const kept = this.#figures
    this.#figures = newFigures()
    return kept
  }

  /** Goes on with figures that `reset` returned, in place of those since. */
  restore(kept: KeptFigures): void {
    this.#figures = kept
  }

  snapshot(): LatencySnapshot {
    const count = this.#figures.histogram.totalCount
    // A bucket's upper end can lie above the maximum.
    const at = (percentile: number) =>
      count === 0 ? null : Math.min(this.#figures.maximum, this.#figures.histogram.getValueAtPercentile(percentile))
    return {
      summary: {
        count,
        timeouts: this.#figures.timeouts,
        min: count === 0 ? null : this.#figures.minimum,
        mean: count === 0 ? null : this.#figures.sum / count,
        percentiles: {
          p50: at(percentiles[0].percentile),
          p90: at(percentiles[1].percentile),
          p99: at(percentiles[2].percentile),
          'p99.9': at(percentiles[3].percentile),
        },
        max: count === 0 ? null : this.#figures.maximum,
      },
      bars: this.#barList(),
      timeline: [...this.samples(timelineSamples)],
    }
  }

  /** Samples recorded but no longer kept individually. */
  get omitted(): number {
    return Math.max(0, this.#figures.recorded - keptSamples)
  }

  /** The latest samples, oldest first. */
  *samples(most: number = keptSamples): Generator<LatencySample> {
    const kept = Math.min(this.#figures.recorded, keptSamples, most)
    for (let index = this.#figures.recorded - kept; index < this.#figures.recorded; index += 1) {
      const slot = index % keptSamples
      const roundTrip = this.#figures.roundTrip[slot] ?? Number.NaN
      yield {
        at: this.#figures.at[slot] ?? 0,
        roundTripNs: Number.isNaN(roundTrip) ? null : roundTrip,
        first: this.#figures.first[slot] === 1,
      }
    }
  }

  /** Copies of all samples that are kept, oldest first. */
  packed(): PackedSamples {
    const kept = Math.min(this.#figures.recorded, keptSamples)
    const split = this.#figures.recorded > keptSamples ? this.#figures.recorded % keptSamples : 0
    const inOrder = (ring: Float64Array | Uint8Array, into: Float64Array | Uint8Array) => {
      into.set(ring.subarray(split, kept))
      into.set(ring.subarray(0, split), kept - split)
    }
    const packed = { at: new Float64Array(kept), roundTripNs: new Float64Array(kept), first: new Uint8Array(kept) }
    inOrder(this.#figures.at, packed.at)
    inOrder(this.#figures.roundTrip, packed.roundTripNs)
    inOrder(this.#figures.first, packed.first)
    return { ...packed, omitted: this.omitted }
  }

  #barList(): HistogramBar[] {
    const indexes = [...this.#figures.bars.keys()]
    if (indexes.length === 0) return []
    const bars: HistogramBar[] = []
    for (let index = Math.min(...indexes); index <= Math.max(...indexes); index += 1) {
      bars.push({
        fromNs: 10 ** (index / barsPerDecade),
        toNs: 10 ** ((index + 1) / barsPerDecade),
        count: this.#figures.bars.get(index) ?? 0,
      })
    }
    return bars
  }

  #keep(at: number, value: number, first: boolean): void {
    if (this.#figures.recorded >= this.#figures.at.length && this.#figures.at.length < keptSamples) this.#grow()
    const slot = this.#figures.recorded % keptSamples
    this.#figures.at[slot] = at
    this.#figures.roundTrip[slot] = value
    this.#figures.first[slot] = first ? 1 : 0
    this.#figures.recorded += 1
  }

  #grow(): void {
    const length = Math.min(keptSamples, Math.max(1024, this.#figures.at.length * 2))
    const at = new Float64Array(length)
    const roundTrip = new Float64Array(length)
    const first = new Uint8Array(length)
    at.set(this.#figures.at)
    roundTrip.set(this.#figures.roundTrip)
    first.set(this.#figures.first)
    this.#figures.at = at
    this.#figures.roundTrip = roundTrip
    this.#figures.first = first
  }
}
