import { describe, expect, test } from 'vitest'
import { keptSeconds, type RateHistory, withTotals } from '../../src/renderer/state/rate-history.ts'

/** The history after totals of what was received, each with its second. */
const historyOf = (...totals: readonly (readonly [second: number, received: number])[]): RateHistory | undefined =>
  totals.reduce<RateHistory | undefined>(
    (before, [second, received]) => withTotals(before, { received, sent: 0 }, second),
    undefined,
  )

const secondsOf = (history: RateHistory | undefined) =>
  history?.seconds.map(({ second, received }) => [second, received])

describe('the history of rates', () => {
  test('says how much came in each second', () => {
    expect(secondsOf(historyOf([10, 0], [10, 3], [10, 5], [12, 9]))).toEqual([
      [10, 5],
      [12, 4],
    ])
  })

  test('does not take what came before it began for a second', () => {
    expect(secondsOf(historyOf([10, 1_000_000], [11, 1_000_002]))).toEqual([[11, 2]])
  })

  test('goes on when a socket is opened again, and counts from 0', () => {
    expect(secondsOf(historyOf([10, 0], [10, 5], [11, 2]))).toEqual([
      [10, 5],
      [11, 2],
    ])
  })

  test('keeps the last two minutes', () => {
    const all = Array.from({ length: 500 }, (_, index) => [index, index + 1] as const)
    const seconds = historyOf([0, 0], ...all)?.seconds ?? []
    expect(seconds.length).toBeLessThanOrEqual(keptSeconds + 1)
    expect(seconds.at(-1)).toEqual({ second: 499, received: 1, sent: 0 })
  })
})
