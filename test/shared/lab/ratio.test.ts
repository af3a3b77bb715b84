import fc from 'fast-check'
import { expect, test } from 'vitest'
import { leastRounds, ratioOf } from '../../../src/shared/lab/ratio.ts'

const ones = (count: number) => Array.from({ length: count }, () => 1)

test.each([
  [6, 1, 6],
  [8, 1, 8],
  // Left out at each end, one of ten makes 97.9 %, two would make 89.1 %.
  [10, 2, 9],
  // Five of twenty: 98.8 % with four left out is too much, 95.9 % with five is not.
  [20, 6, 15],
])('of %i rounds, the interval goes from the %i. ratio to the %i.', (rounds, low, high) => {
  const values = Array.from({ length: rounds }, (_, index) => ((index * 7) % rounds) + 1)
  const sorted = [...values].sort((one, other) => one - other)
  expect(ratioOf(values, ones(rounds))).toMatchObject({ low: sorted[low - 1], high: sorted[high - 1] })
})

test('rounds are compared with rounds, so that a drift of both leaves the ratio', () => {
  const drift = [1, 2, 4, 8, 16, 32, 64]
  expect(
    ratioOf(
      drift.map((value) => value * 3),
      drift.map((value) => value * 6),
    ),
  ).toEqual({ median: 0.5, low: 0.5, high: 0.5 })
})

test('the interval holds the median, whatever the rounds are', () => {
  const positive = fc.double({ min: 1e-3, max: 1e9, noNaN: true })
  fc.assert(
    fc.property(fc.array(fc.tuple(positive, positive), { minLength: leastRounds, maxLength: 60 }), (rounds) => {
      const { median, low, high } = ratioOf(
        rounds.map(([one]) => one),
        rounds.map(([, other]) => other),
      )
      expect(low).toBeLessThanOrEqual(median)
      expect(median).toBeLessThanOrEqual(high)
    }),
  )
})
