import { describe, expect, test } from 'vitest'
import { checkAssertion, parseAssertion } from '../../../src/shared/lab/assertion.ts'
import { compareRuns } from '../../../src/shared/lab/compare-runs.ts'
import { findingsOf } from '../../../src/shared/lab/findings.ts'
import { mergeSteps } from '../../../src/shared/lab/merge-steps.ts'
import { type LabSettings, type Load, loadSchema, stepsOf } from '../../../src/shared/lab/plan.ts'
import { stepResultSchema } from '../../../src/shared/lab/result.ts'
import { aspectsOf, namesByDifference } from '../../../src/shared/lab/run-names.ts'
import { runName } from '../../../src/shared/lab/words.ts'
import { labSettings, runOf, stepOf } from '../../support/lab.ts'

const dealer: Load = { model: 'closed', concurrency: 1, inFlight: 4 }
const numbered: Load = { ...dealer, numbered: true }
const slots = Array.from({ length: 20 }, () => Array<number>(60).fill(200e3))
const stepWith = (reordered: number, repeated: number) =>
  stepOf(slots, { load: numbered, numbered: { reordered, repeated } })
const noteOf = (reordered: number, repeated: number) =>
  findingsOf(stepWith(reordered, repeated)).map(({ level, what }) => `${level}: ${what}`)

/** A run with the name that it gets by itself. */
function made(part: Partial<LabSettings>) {
  const settings = { ...labSettings, ...part }
  return runOf([], { settings, name: runName(settings, 12), message: { frames: [12], encodeNs: null } })
}

describe('a load of numbered requests', () => {
  test('is one of a DEALER', () => {
    expect(loadSchema.parse(numbered)).toEqual(numbered)
    expect(loadSchema.safeParse({ model: 'closed', concurrency: 1, numbered: true }).error?.issues).toMatchObject([
      { path: ['inFlight'], message: expect.stringContaining('inFlight is missing') },
    ])
  })

  test('is called so, also in a sweep, whose steps are numbered, too', () => {
    const sweep = { over: 'inFlight' as const, inFlight: [1, 64] }
    expect(made({ load: numbered }).name).toBe('Closed loop, 1 DEALER socket with 4 numbered in flight, 12 B')
    const [plain, other] = [made({ load: dealer, sweep }), made({ load: numbered, sweep })]
    expect(other.name).toBe('Closed loop, numbered requests, 1 to 64 in flight, 12 B')
    expect(namesByDifference([plain, other].map((run) => ({ name: run.name, aspects: aspectsOf(run) })))).toEqual([
      'No numbers',
      'Numbered requests',
    ])
    const plan = { settings: { ...labSettings, load: numbered, sweep }, frames: [], encodeNs: null }
    expect(stepsOf(plan).map(({ load }) => load)).toEqual([1, 64].map((inFlight) => ({ ...numbered, inFlight })))
  })
})

describe('what the numbers showed', () => {
  test('is a note, but for replies in order', () => {
    expect(noteOf(0, 0)).toEqual([])
    expect(noteOf(1, 0)).toEqual(['note: 1 reply came out of order.'])
    expect(noteOf(0, 2)).toEqual(['note: 2 replies came again.'])
    expect(noteOf(1200, 1)).toEqual(['note: 1,200 replies came out of order, and 1 came again.'])
  })

  test('is added up over workers', () => {
    const merged = mergeSteps({ at: null, load: numbered }, [stepWith(3, 1), stepWith(4, 0)])
    expect(merged.numbered).toEqual({ reordered: 7, repeated: 1 })
    expect(mergeSteps({ at: null, load: dealer }, [stepOf(slots), stepOf(slots)]).numbered).toBeNull()
  })

  test('is not there in documents of before', () => {
    const { numbered: _, ...before } = stepOf(slots)
    expect(stepResultSchema.parse(before).numbered).toBeNull()
  })

  test.each([
    ['reordered=3', true],
    ['reordered<3', false],
    ['repeated<=1', true],
  ])('can be asserted: %s is %s', (text, holds) => {
    expect(checkAssertion(parseAssertion(text), stepWith(3, 1)).holds).toBe(holds)
    expect(checkAssertion(parseAssertion(text), stepOf(slots))).toEqual({ value: null, holds: false })
  })
})

describe('a comparison of numbered requests with others', () => {
  const [one, other] = [dealer, numbered].map((load) =>
    runOf([stepOf(slots, { load })], { settings: { ...labSettings, load } }),
  )
  const request = runOf([stepOf(slots)])

  test('says which of the two had numbers', () => {
    if (!one || !other) return expect.unreachable()
    expect(compareRuns(one, other).cautions).toEqual([
      expect.stringMatching(/^The other run numbered its requests and the baseline did not: /),
    ])
    expect(compareRuns(other, one).cautions).toEqual([
      expect.stringMatching(/^The baseline numbered its requests and the other run did not: /),
    ])
    expect(compareRuns(other, other).cautions).toEqual([])
    // A REQ takes no reply but that of its request.
    expect(compareRuns(request, other).cautions).toEqual([])
  })
})
