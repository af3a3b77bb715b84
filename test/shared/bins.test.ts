import fc from 'fast-check'
import { expect, test } from 'vitest'
import { binsOf, percentileOf } from '../../src/shared/bins.ts'

test('every value is in one bar, and bars follow one another', () => {
  const values = fc.array(fc.double({ min: 0, max: 1e12, noNaN: true }), { minLength: 1, maxLength: 200 })
  fc.assert(
    fc.property(values, fc.integer({ min: 1, max: 40 }), (all, count) => {
      const bins = binsOf(all, count)
      expect(bins.reduce((sum, bin) => sum + bin.count, 0)).toBe(all.length)
      for (const [place, { from, to }] of bins.entries()) {
        expect(to).toBeGreaterThanOrEqual(from)
        if (place > 0) expect(from).toBe(bins[place - 1]?.to)
      }
    }),
  )
})

test('few magnitudes are linear, many are logarithmic, and equal values are one bar', () => {
  expect(binsOf([], 4)).toEqual([])
  expect(binsOf([7, 7], 4)).toEqual([{ from: 7, to: 7, count: 2 }])
  expect(binsOf([0, 1, 2, 3, 4], 4).map(({ count }) => count)).toEqual([1, 1, 1, 2])
  expect(binsOf([1, 10, 100, 1000, 10_000], 4).map(({ from }) => Math.round(from))).toEqual([1, 10, 100, 1000])
})

test('a percentile is one of the values', () => {
  expect(percentileOf([], 50)).toBeUndefined()
  expect(percentileOf([1, 2, 3, 4], 50)).toBe(2)
  expect(percentileOf([1, 2, 3, 4], 99)).toBe(4)
  expect(percentileOf([1], 0)).toBe(1)
})
