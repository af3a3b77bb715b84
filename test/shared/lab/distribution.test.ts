import fc from 'fast-check'
import { build } from 'hdr-histogram-js'
import { describe, expect, test } from 'vitest'
import {
  barsOf,
  coarsened,
  distributionSchema,
  emptyDistribution,
  linearBarsOf,
  linearSpanOf,
  mergeDistributions,
  mergeTwo,
  percentileCurve,
  percentileOf,
  shareUpTo,
  thinned,
} from '../../../src/shared/lab/distribution.ts'
import { labPercentiles, percentileFigure } from '../../../src/shared/lab/figures.ts'
import { distributionOf } from '../../support/lab.ts'

const durations = fc.array(fc.integer({ min: 1, max: 60_000_000_000 }), { minLength: 1, maxLength: 300 })
const percentiles = fc.double({ min: 0, max: 100, noNaN: true })

/** The smallest sample that `percentile` percent do not exceed, found without a histogram. */
function nearestRank(samples: readonly number[], percentile: number): number {
  const sorted = [...samples].sort((one, other) => one - other)
  const rank = Math.max(1, Math.ceil((percentile / 100) * sorted.length - 1e-9 * sorted.length))
  return sorted[rank - 1] ?? 0
}

describe('a percentile', () => {
  test('is the nearest rank', () => {
    fc.assert(
      fc.property(durations, percentiles, (samples, percentile) => {
        expect(percentileOf(distributionOf(samples), percentile)).toBe(nearestRank(samples, percentile))
      }),
    )
  })

  test('99 % of a hundred is the 99th, despite binary fractions', () => {
    const hundred = distributionOf(Array.from({ length: 100 }, (_, index) => index + 1))
    expect([50, 90, 99, 99.9, 100].map((each) => percentileOf(hundred, each))).toEqual([50, 90, 99, 100, 100])
  })

  test('agrees with the HdrHistogram library to three digits', () => {
    fc.assert(
      fc.property(durations, fc.constantFrom(50, 90, 99, 99.9), (samples, percentile) => {
        const histogram = build({
          highestTrackableValue: 60e9,
          numberOfSignificantValueDigits: 3,
          useWebAssembly: false,
        })
        for (const sample of samples) histogram.recordValue(sample)
        const rank = nearestRank(samples, percentile)
        const theirs = histogram.getValueAtPercentile(percentile)
        // The library finds the nearest rank by rounding, which can be one too low.
        const below = nearestRank(samples, percentile - 100 / samples.length)
        expect(theirs).toBeGreaterThanOrEqual(Math.min(rank, below) * 0.999)
        expect(theirs).toBeLessThanOrEqual(rank * 1.001 + 1)
      }),
    )
  })

  test('is null without samples', () => {
    expect(percentileOf(emptyDistribution, 50)).toBeNull()
    expect(percentileCurve(emptyDistribution)).toEqual([])
    expect(barsOf(emptyDistribution)).toEqual([])
  })

  test('p99.99 says how many samples are missing', () => {
    const last = labPercentiles[4]
    expect(percentileFigure(distributionOf([1, 2, 3]), last)).toEqual({ lacks: 99_997 })
    const enough = { ...distributionOf([5]), count: 100_000, counts: [100_000] }
    expect(percentileFigure(enough, last)).toEqual({ ns: 5 })
  })
})

describe('merging', () => {
  test('equals the distribution of all samples', () => {
    fc.assert(
      fc.property(fc.array(durations, { minLength: 1, maxLength: 5 }), (parts) => {
        const merged = mergeDistributions(parts.map(distributionOf))
        const whole = distributionOf(parts.flat())
        expect({ ...merged, meanNs: 0 }).toEqual({ ...whole, meanNs: 0 })
        expect(merged.meanNs).toBeCloseTo(whole.meanNs ?? 0, 0)
        expect(distributionSchema.parse(merged)).toEqual(merged)
      }),
    )
  })

  test('of two is the same at once', () => {
    fc.assert(
      fc.property(fc.array(durations, { minLength: 2, maxLength: 2 }), fc.boolean(), (samples, isEmpty) => {
        const [one = emptyDistribution, given = emptyDistribution] = samples.map(distributionOf)
        const other = isEmpty ? emptyDistribution : given
        const merged = mergeTwo(one, other)
        const wanted = mergeDistributions([one, other])
        expect({ ...merged, meanNs: 0 }).toEqual({ ...wanted, meanNs: 0 })
        expect(merged.meanNs).toBeCloseTo(wanted.meanNs ?? 0, 0)
        expect(mergeTwo(other, one).values).toEqual(merged.values)
      }),
    )
  })

  test('of nothing is empty', () => {
    expect(mergeDistributions([])).toEqual(emptyDistribution)
    expect(mergeDistributions([emptyDistribution, emptyDistribution])).toEqual(emptyDistribution)
  })
})

describe('the curve of percentiles', () => {
  test('ascends and ends with the maximum', () => {
    fc.assert(
      fc.property(durations, (samples) => {
        const curve = percentileCurve(distributionOf(samples))
        expect(curve.at(-1)?.nanoseconds).toBe(Math.max(...samples))
        for (const [index, point] of curve.entries()) {
          const before = curve[index - 1]
          if (!before) continue
          expect(point.percentile).toBeGreaterThanOrEqual(before.percentile)
          expect(point.nanoseconds).toBeGreaterThanOrEqual(before.nanoseconds)
          expect(point.percentile).toBeLessThan(100)
        }
      }),
    )
  })

  test('the bars contain every sample', () => {
    fc.assert(
      fc.property(durations, (samples) => {
        const bars = barsOf(distributionOf(samples))
        expect(bars.reduce((total, { count }) => total + count, 0)).toBe(samples.length)
        expect(bars[0]?.count).toBeGreaterThan(0)
        expect(bars.at(-1)?.count).toBeGreaterThan(0)
      }),
    )
  })

  test('the percentage up to a duration', () => {
    const some = distributionOf([10, 20, 30, 40])
    expect([5, 10, 25, 40, 99].map((each) => shareUpTo(some, each))).toEqual([0, 25, 50, 100, 100])
  })
})

describe('an imported distribution', () => {
  test.each([
    ['counts that do not add up', { ...distributionOf([1, 2]), count: 3 }],
    ['values that do not ascend', { ...distributionOf([1, 2]), values: [2, 1] }],
    ['lists of different lengths', { ...distributionOf([1, 2]), values: [1] }],
  ])('with %s is rejected', (_what, damaged) => {
    expect(distributionSchema.safeParse(damaged).success).toBe(false)
  })
})

describe('a distribution in few numbers', () => {
  test('coarse, keeps p50, p99 and the rest that is told of it', () => {
    fc.assert(
      fc.property(durations, (samples) => {
        const whole = distributionOf(samples)
        const coarse = coarsened(whole)
        expect(distributionSchema.parse(coarse)).toEqual(coarse)
        expect(coarse).toMatchObject({
          count: whole.count,
          meanNs: whole.meanNs,
          minNs: whole.minNs,
          maxNs: whole.maxNs,
        })
        for (const percentile of [50, 99, 100]) {
          expect(percentileOf(coarse, percentile)).toBe(percentileOf(whole, percentile))
        }
        expect(coarse.values.length).toBeLessThanOrEqual(3)
      }),
    )
    expect(coarsened(emptyDistribution)).toEqual(emptyDistribution)
  })

  test('thinned, has the same bars', () => {
    fc.assert(
      fc.property(durations, (samples) => {
        const whole = distributionOf(samples)
        const thin = thinned(whole, 40)
        expect(distributionSchema.parse(thin)).toEqual(thin)
        expect(barsOf(thin)).toEqual(barsOf(whole))
        // Ten decades and a half up to a minute.
        expect(thin.values.length).toBeLessThanOrEqual(432)
      }),
    )
    expect(thinned(emptyDistribution, 40)).toEqual(emptyDistribution)
  })
})

describe('bars of a linear axis', () => {
  test('have the same width, and hold all that is no longer than p99 of one distribution', () => {
    fc.assert(
      fc.property(fc.array(durations, { minLength: 1, maxLength: 3 }), (samples) => {
        const all = samples.map(distributionOf)
        const span = linearSpanOf(all)
        expect(span).not.toBeNull()
        if (!span) return
        for (const [index, each] of all.entries()) {
          const bars = linearBarsOf(each, span)
          const within = (samples[index] ?? []).filter((sample) => sample <= span[1]).length
          expect(bars.reduce((total, { count }) => total + count, 0)).toBe(within)
          expect(bars.length).toBeLessThanOrEqual(60)
          for (const [place, { fromNs, toNs }] of bars.entries()) {
            expect(toNs - fromNs).toBeCloseTo(Math.max(1, (span[1] - span[0]) / 60), 2)
            if (place > 0) expect(fromNs).toBeCloseTo(bars[place - 1]?.toNs ?? 0, 2)
          }
        }
      }),
    )
  })

  test('of nothing are none', () => {
    expect(linearSpanOf([emptyDistribution])).toBeNull()
    expect(linearBarsOf(emptyDistribution, [0, 1])).toEqual([])
  })
})

test('linear bars hold all samples where the last bucket reaches beyond the largest of them', () => {
  const few = {
    ...emptyDistribution,
    count: 50,
    minNs: 990_000,
    maxNs: 1_000_000,
    values: [995_327, 1_003_519],
    counts: [20, 30],
  }
  for (const distribution of [few, { ...few, count: 30, minNs: 1_000_000, values: [1_003_519], counts: [30] }]) {
    const span = linearSpanOf([distribution])
    if (!span) throw new Error('No span')
    expect(span[0]).toBeLessThanOrEqual(span[1])
    expect(linearBarsOf(distribution, span).reduce((total, { count }) => total + count, 0)).toBe(distribution.count)
  }
})
