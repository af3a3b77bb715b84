import { describe, expect, test } from 'vitest'
import { compareRuns, comparisonInWords, distrustInWords } from '../../../src/shared/lab/compare-runs.ts'
import { baselineOf, distinctNames, inOrder, nameAndTime, whenMade } from '../../../src/shared/lab/run-order.ts'
import { labSettings, runOf, stepOf } from '../../support/lab.ts'

const listed = (id: number, startedAt: number) => ({ id, run: runOf([], { startedAt }) })
const ids = (runs: readonly { readonly id: number }[]) => runs.map(({ id }) => id)

/** A step of 20 slots with replies after about `ns`. */
const around = (ns: number, part: Parameters<typeof stepOf>[1] = {}) =>
  stepOf(
    Array.from({ length: 20 }, (_, slot) => Array.from({ length: 60 }, (__, index) => ns + slot * 10 + index)),
    part,
  )
const busy = { instrument: { loopDelay: { p50Ns: 0, p99Ns: 0, maxNs: 0 }, busy: 0.97 } }

describe('the order of runs', () => {
  test('is that in which they were made, whatever was ticked first and whatever the ids', () => {
    expect(ids(inOrder([listed(7, 300), listed(2, 100), listed(9, 200)]))).toEqual([2, 9, 7])
  })

  test('of the same millisecond is that in which they were saved, and those that could not be saved come last', () => {
    const runs = [listed(-2, 100), listed(4, 100), listed(-1, 100), listed(3, 100)]
    expect(ids(inOrder(runs))).toEqual([3, 4, -1, -2])
    expect(ids(inOrder(runs.toReversed()))).toEqual([3, 4, -1, -2])
  })
})

describe('the baseline', () => {
  const runs = [listed(3, 300), listed(1, 100), listed(2, 200)]

  test('is the oldest, unless another is chosen', () => {
    expect(baselineOf(runs, null)?.id).toBe(1)
    expect(baselineOf(runs, 2)?.id).toBe(2)
  })

  test('is the oldest again when the chosen one is no longer among them', () => {
    expect(baselineOf(runs, 9)?.id).toBe(1)
    expect(baselineOf([], 9)).toBeUndefined()
  })
})

describe('comparing two runs', () => {
  const fast = runOf([around(100_000)], { name: 'fast' })
  const slow = runOf([around(200_000)], { name: 'slow' })
  const verdict = (baseline: typeof fast, run: typeof fast) => {
    const [step] = compareRuns(baseline, run).steps
    const comparison = step?.comparisons?.find(({ figure }) => figure === 'p50')
    return comparison && step ? comparisonInWords(comparison, step) : undefined
  }

  test('says how the run differs from the baseline', () => {
    expect(verdict(fast, slow)).toMatchObject({ baseline: '100 µs', value: '200 µs', verdict: 'slower' })
    expect(verdict(fast, slow)?.difference).toMatch(/^\+/)
    expect(verdict(slow, fast)).toMatchObject({ baseline: '200 µs', value: '100 µs', verdict: 'faster' })
    expect(verdict(slow, fast)?.difference).toMatch(/^−/)
  })

  test.each([
    ['neither', {}, {}, 'slower', null],
    [
      'the baseline',
      busy,
      {},
      'unreliable: slower',
      'The baseline is marked as unreliable, and so are these verdicts.',
    ],
    ['the run', {}, busy, 'unreliable: slower', 'The other run is marked as unreliable, and so are these verdicts.'],
    ['both', busy, busy, 'unreliable: slower', 'Both runs are marked as unreliable, and so are these verdicts.'],
  ])('trusts the verdict as it trusts the runs: %s is not to be trusted', (_which, one, other, words, why) => {
    const baseline = runOf([around(100_000, one)])
    const run = runOf([around(200_000, other)])
    expect(verdict(baseline, run)?.verdict).toBe(words)
    const [step] = compareRuns(baseline, run).steps
    expect(step && distrustInWords(baseline, step)).toBe(why)
  })

  test('a worker that is not to be trusted makes its run unreliable', () => {
    const baseline = runOf([around(100_000, {})])
    const lost = { name: 'bob', environment: null, clock: null, lost: 'SIGKILL', parts: [] }
    const run = runOf([around(200_000, {})], { workers: [lost] })
    expect(verdict(baseline, run)?.verdict).toBe('unreliable: slower')
    expect(compareRuns(baseline, run).steps[0]?.distrusted).toEqual([run])
  })

  test('says when load or message differ', () => {
    const workers = runOf(slow.steps, { settings: { ...labSettings, workers: 2 } })
    expect(compareRuns(fast, workers).otherLoad).toBe(true)
    expect(compareRuns(fast, slow)).toMatchObject({ otherLoad: false, cautions: [] })
    const spoken = compareRuns(fast, runOf(slow.steps, { settings: { ...labSettings, client: 'zmtp' } }))
    expect(spoken.cautions.join()).toContain('The baseline was measured with libzmq and the other run with ZMTP')
    const load = { model: 'closed', concurrency: 2 } as const
    expect(compareRuns(fast, runOf(slow.steps, { settings: { ...labSettings, load } })).otherLoad).toBe(true)
  })

  test('has no steps when they have none in common', () => {
    expect(compareRuns(fast, runOf([])).steps).toEqual([])
    expect(compareRuns(runOf([around(1000)]), runOf([stepOf([[1000]])])).steps).toMatchObject([{ comparisons: null }])
  })
})

test('runs of the same name are told apart by their times, and by their days where these differ', () => {
  const at = (day: number, hour: number, name = 'same') =>
    runOf([], { name, startedAt: new Date(2024, 1, day, hour, 5, 3).getTime() })
  expect(distinctNames([at(1, 9), at(1, 10), at(1, 11, 'other')], whenMade)).toEqual([
    '09:05:03 same',
    '10:05:03 same',
    'other',
  ])
  expect(distinctNames([at(1, 9), at(2, 9)], whenMade)).toEqual([
    '2024-02-01 09:05:03 same',
    '2024-02-02 09:05:03 same',
  ])
  expect(distinctNames([runOf([], { startedAt: 1e300 }), runOf([])], whenMade)[0]).toBe('– a run')
})

test('a run has a name and a time', () => {
  const at = new Date(2024, 1, 29, 9, 5, 3).getTime()
  expect(nameAndTime({ name: 'A', startedAt: at })).toBe('A, 2024-02-29 09:05:03')
  expect(whenMade({ startedAt: 1e300 })).toBe('–')
})
