import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LatencyRecorder } from '../../src/shared/latency/recorder.ts'
import { percentiles } from '../../src/shared/latency/summary.ts'

const minuteNs = 60e9
const kept = 100_000

function recorded(values: readonly number[]): LatencyRecorder {
  const recorder = new LatencyRecorder()
  for (const [index, value] of values.entries()) recorder.record(index, value, index === 0)
  return recorder
}

/** The percentile of sorted values by definition: the smallest that enough of them do not exceed. */
function exactPercentile(sorted: readonly number[], percentile: number): number {
  // In integers: 99.9 / 100 * 1000 is slightly more than 999.
  const rank = Math.ceil((Math.round(percentile * 10) * sorted.length) / 1000)
  return sorted[rank - 1] ?? Number.NaN
}

/** From 1 ns to a minute, every magnitude equally likely. */
const nanoseconds = fc
  .double({ min: 0, max: Math.log10(minuteNs), noNaN: true })
  .map((power) => Math.round(10 ** power))

describe('the summary', () => {
  test('agrees with a sorted list: percentiles to three significant digits, the rest exactly', () => {
    fc.assert(
      fc.property(fc.array(nanoseconds, { minLength: 1, maxLength: 2000, size: 'max' }), (values) => {
        const { summary } = recorded(values).snapshot()
        const sorted = [...values].sort((left, right) => left - right)
        expect(summary.count).toBe(values.length)
        expect(summary.min).toBe(sorted[0])
        expect(summary.max).toBe(sorted.at(-1))
        expect(summary.mean).toBe(values.reduce((total, value) => total + value, 0) / values.length)
        for (const { key, percentile } of percentiles) {
          const exact = exactPercentile(sorted, percentile)
          const shown = summary.percentiles[key] ?? Number.NaN
          expect(Math.abs(shown - exact)).toBeLessThanOrEqual(exact / 1000)
        }
      }),
      // Shrinking long lists takes minutes and shows nothing more.
      { numRuns: 100, endOnFailure: true },
    )
  })

  test('of nothing is empty', () => {
    const nothing = { p50: null, p90: null, p99: null, 'p99.9': null }
    expect(new LatencyRecorder().snapshot()).toEqual({
      summary: { count: 0, timeouts: 0, min: null, mean: null, percentiles: nothing, max: null },
      bars: [],
      timeline: [],
    })
  })

  test('counts a timeout, but not as a round trip', () => {
    const recorder = recorded([1000])
    recorder.recordTimeout(5, false)
    const { summary, timeline } = recorder.snapshot()
    expect(summary).toMatchObject({ count: 1, timeouts: 1, min: 1000, mean: 1000, max: 1000 })
    expect(timeline).toEqual([
      { at: 0, roundTripNs: 1000, first: true },
      { at: 5, roundTripNs: null, first: false },
    ])
  })

  test('keeps the exact maximum beyond a minute', () => {
    const { summary, timeline } = recorded([1000, 5 * minuteNs]).snapshot()
    expect(summary.max).toBe(5 * minuteNs)
    expect(summary.mean).toBe((1000 + 5 * minuteNs) / 2)
    expect(summary.percentiles['p99.9']).toBeGreaterThan(minuteNs * 0.999)
    expect(summary.percentiles['p99.9']).toBeLessThan(minuteNs * 1.001)
    expect(timeline[1]?.roundTripNs).toBe(5 * minuteNs)
  })

  test('counts less than a nanosecond as one', () => {
    expect(recorded([0, 0.4]).snapshot().summary).toMatchObject({ count: 2, min: 1, max: 1, percentiles: { p50: 1 } })
  })
})

describe('the bars', () => {
  test('are contiguous and contain every round trip once', () => {
    fc.assert(
      fc.property(fc.array(nanoseconds, { minLength: 1, maxLength: 50 }), (values) => {
        const { bars } = recorded(values).snapshot()
        expect(bars.reduce((total, { count }) => total + count, 0)).toBe(values.length)
        for (const [index, bar] of bars.entries()) {
          const inside = values.filter((value) => value >= bar.fromNs && value < bar.toNs).length
          expect(bar.count).toBe(inside)
          if (index > 0) expect(bar.fromNs).toBe(bars[index - 1]?.toNs)
        }
        expect(bars[0]?.count).toBeGreaterThan(0)
        expect(bars.at(-1)?.count).toBeGreaterThan(0)
      }),
    )
  })
})

describe('the samples', () => {
  test('are the latest that were recorded, oldest first', () => {
    const recorder = new LatencyRecorder()
    for (let index = 0; index < kept; index += 1) recorder.record(index, index + 1, index === 0)
    expect(recorder.omitted).toBe(0)
    expect([...recorder.samples()][0]).toEqual({ at: 0, roundTripNs: 1, first: true })
    for (let index = kept; index < kept + 1500; index += 1) recorder.record(index, index + 1, false)
    recorder.recordTimeout(kept + 1500, false)
    expect(recorder.omitted).toBe(1501)
    const samples = [...recorder.samples()]
    expect(samples).toHaveLength(kept)
    expect(
      samples.slice(0, -1).every(({ at, roundTripNs }, index) => at === index + 1501 && roundTripNs === at + 1),
    ).toBe(true)
    expect(samples.at(-1)).toEqual({ at: kept + 1500, roundTripNs: null, first: false })
    expect([...recorder.samples(2)].map(({ at }) => at)).toEqual([kept + 1499, kept + 1500])
  })

  test('on the timeline are at most two thousand', () => {
    const { timeline } = recorded(Array.from({ length: 2500 }, (_, index) => index + 1)).snapshot()
    expect(timeline.map(({ at }) => at)).toEqual(Array.from({ length: 2000 }, (_, index) => index + 500))
  })

  test('are all kept while there is room, however it grows', () => {
    const recorder = recorded(Array.from({ length: 3000 }, (_, index) => index + 1))
    expect([...recorder.samples()].map(({ roundTripNs }) => roundTripNs)).toEqual(
      Array.from({ length: 3000 }, (_, index) => index + 1),
    )
    expect(recorder.omitted).toBe(0)
  })
})

describe('a reset', () => {
  test('leaves nothing, and recording starts over', () => {
    const recorder = recorded([1, 2, 3])
    recorder.recordTimeout(4, false)
    recorder.reset()
    expect(recorder.snapshot()).toEqual(new LatencyRecorder().snapshot())
    expect([recorder.omitted, [...recorder.samples()]]).toEqual([0, []])
    recorder.record(9, 500, true)
    expect(recorder.snapshot()).toEqual({
      ...recorded([500]).snapshot(),
      timeline: [{ at: 9, roundTripNs: 500, first: true }],
    })
  })
})
