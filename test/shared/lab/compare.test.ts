import { describe, expect, test } from 'vitest'
import { compareSteps, matchSteps } from '../../../src/shared/lab/compare.ts'
import { stepOf } from '../../support/lab.ts'
import { nightly } from '../../support/nightly.ts'

/** Deterministic pseudorandom numbers. */
function scatter(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}

const scattered = (seed: number, centre: number, slots = 30, each = 60) => {
  const next = scatter(seed)
  return stepOf(
    Array.from({ length: slots }, () => Array.from({ length: each }, () => Math.round(centre * (0.9 + 0.2 * next())))),
  )
}

const verdicts = (one: ReturnType<typeof stepOf>, other: ReturnType<typeof stepOf>) =>
  Object.fromEntries((compareSteps(one, other) ?? []).map(({ figure, verdict }) => [figure, verdict]))

describe('comparing two steps', () => {
  test('a difference beyond the scatter is reported', () => {
    expect(verdicts(scattered(1, 100_000), scattered(2, 110_000))).toMatchObject({
      mean: 'slower',
      p50: 'slower',
      p99: 'slower',
    })
    expect(verdicts(scattered(1, 110_000), scattered(2, 100_000))).toMatchObject({ mean: 'faster', p50: 'faster' })
  })

  test('without one, nothing is claimed for most pairs', () => {
    const pairs = nightly ? 40 : 20
    const claims = Array.from({ length: pairs }, (_, index) =>
      verdicts(scattered(2 * index + 1, 100_000), scattered(2 * index + 2, 100_000)),
    )
    const wrong = claims.filter(({ p50 }) => p50 !== 'no difference').length
    // A 95 % interval promises one in twenty; three times as many would be an error.
    expect(wrong).toBeLessThanOrEqual(pairs * 0.15)
  })

  test('the interval contains the difference, and is the same each time', () => {
    const [one, other] = [scattered(3, 100_000), scattered(4, 104_000)]
    const comparison = compareSteps(one, other)?.find(({ figure }) => figure === 'mean')
    expect(comparison?.low).toBeLessThan(comparison?.difference ?? 0)
    expect(comparison?.high).toBeGreaterThan(comparison?.difference ?? 0)
    expect(compareSteps(one, other)).toEqual(compareSteps(one, other))
  })

  test('more replies per second are faster', () => {
    const few = scattered(5, 100_000, 30, 40)
    const many = scattered(6, 100_000, 30, 80)
    expect(verdicts(few, many).throughput).toBe('faster')
    expect(verdicts(many, few).throughput).toBe('slower')
  })

  test('correlated requests within a slot are not resampled as if independent', () => {
    // All requests of a slot have one latency: there are 12 observations, not 1,200.
    const clumped = (seed: number) => {
      const next = scatter(seed)
      return stepOf(Array.from({ length: 12 }, () => Array<number>(100).fill(Math.round(100_000 * (0.5 + next())))))
    }
    const claims = Array.from(
      { length: 30 },
      (_, index) => verdicts(clumped(2 * index + 1), clumped(2 * index + 2)).mean,
    )
    expect(claims.filter((verdict) => verdict !== 'no difference').length).toBeLessThanOrEqual(6)
  })

  test('a run of few slots is not compared', () => {
    expect(compareSteps(scattered(1, 1000, 9), scattered(2, 1000))).toBeNull()
  })

  test('p99.99 is left out where one of the two has too few replies', () => {
    expect(Object.keys(verdicts(scattered(1, 1000), scattered(2, 1000)))).not.toContain('p99.99')
  })
})

describe('the steps of two runs', () => {
  const at = (value: number | null) => ({ ...scattered(1, 1000, 2, 2), at: value })
  test('match by their size or rate', () => {
    const pairs = matchSteps([at(16), at(64), at(256)], [at(64), at(256), at(1024)])
    expect(pairs.map(([one, other]) => [one.at, other.at])).toEqual([
      [64, 64],
      [256, 256],
    ])
  })

  test('the only ones match whatever they are', () => {
    expect(matchSteps([at(null)], [at(16)])).toHaveLength(1)
    expect(matchSteps([at(null)], [at(16), at(64)])).toEqual([])
  })
})
