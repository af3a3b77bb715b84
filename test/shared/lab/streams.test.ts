import { describe, expect, test } from 'vitest'
import { compareRuns } from '../../../src/shared/lab/compare-runs.ts'
import { findingsOf } from '../../../src/shared/lab/findings.ts'
import { kindOf, rateOf, subjectOfLoads } from '../../../src/shared/lab/kind.ts'
import { type Load, stepsOf } from '../../../src/shared/lab/plan.ts'
import { noCounts, type StepResult, sentRateOf, throughputOf } from '../../../src/shared/lab/result.ts'
import { summaryOf } from '../../../src/shared/lab/summary.ts'
import { loadInWords, runName } from '../../../src/shared/lab/words.ts'
import { labSettings, runOf, stepOf } from '../../support/lab.ts'

const flood: Load = { model: 'flood', concurrency: 2 }
const oneWay: Load = { model: 'one-way', pattern: 'push-pull', size: 64 }
const slots = Array.from({ length: 20 }, (_, slot) => Array.from({ length: 60 }, (__, index) => 1000 + slot + index))

/** 20 slots of 100 ms, in each of which so many messages were accepted. */
function floodStep(each: number, part: Partial<StepResult> = {}): StepResult {
  const step = stepOf(slots, { load: flood, flood: { accepted: each * 20, confirmed: each * 20, writes: 1200 } })
  return {
    ...step,
    counts: { ...noCounts, sent: each * 20 },
    slots: step.slots.map((slot) => ({ ...slot, accepted: each })),
    ...part,
  }
}

const oneWayStep = (part: Partial<StepResult> = {}): StepResult =>
  stepOf(slots, {
    load: oneWay,
    counts: { ...noCounts, sent: 1210 },
    oneWay: { delivered: 1200, lost: 10, reordered: 0, repeated: 0 },
    ...part,
  })

describe('a load that nobody answers', () => {
  test.each<[Load, string]>([
    [flood, 'PUSH flood, 2 sockets'],
    [{ ...flood, ratePerSecond: 1000 }, 'PUSH flood, 2 sockets at 1,000 /s'],
    [oneWay, 'one way, PUSH to PULL'],
    [{ ...oneWay, pattern: 'pub-sub', ratePerSecond: 5 }, 'one way, PUB to SUB at 5.00 /s'],
  ])('is called by what it is: %j', (load, words) => {
    expect(loadInWords(load)).toBe(words)
  })

  test('is called by what it sweeps over', () => {
    const sweep = { over: 'rate', rates: [100, 2000] } as const
    const settings = { ...labSettings, load: oneWay, sweep: { ...sweep, rates: [...sweep.rates] } }
    expect(runName(settings, 64)).toBe('One way, PUSH to PULL, 100 /s to 2,000 /s, 64 B')
  })

  test('has steps of what is swept over, and of a one-way stream makes the messages', () => {
    const plan = (load: Load, sweep: Parameters<typeof stepsOf>[0]['settings']['sweep']) =>
      stepsOf({ settings: { ...labSettings, load, sweep }, frames: [new Uint8Array(3)], encodeNs: null })
    expect(plan(flood, { over: 'sockets', sockets: [1, 8] }).map(({ load }) => load)).toEqual([
      { ...flood, concurrency: 1 },
      { ...flood, concurrency: 8 },
    ])
    expect(plan(oneWay, { over: 'rate', rates: [5] }).map(({ load }) => rateOf(load))).toEqual([5])
    const [step] = plan(oneWay, { over: 'size', sizes: [100] })
    expect(step).toMatchObject({ at: 100, load: { size: 100 } })
    expect(step?.frames.map(({ length }) => length)).toEqual([100])
  })

  test('counts what was accepted or delivered', () => {
    const of = floodStep(1000)
    expect(throughputOf(of)).toBe(10_000)
    expect(sentRateOf(of)).toBe(10_000)
    expect(throughputOf(oneWayStep())).toBe(600)
    expect(summaryOf({ steps: [of, of] }).throughputPerSecond).toBe(10_000)
    expect([of, oneWayStep()].map(({ load }) => kindOf(load))).toEqual(['flood', 'one-way'])
    expect(subjectOfLoads([flood])).toBe('waits of writes')
    expect(subjectOfLoads([flood, oneWay])).toBe('latencies')
  })
})

describe('runs of what nobody answers', () => {
  const run = (step: StepResult) => runOf([step], { settings: { ...labSettings, load: step.load } })

  test('compare what was accepted in a second', () => {
    const { steps, refused } = compareRuns(run(floodStep(1000)), run(floodStep(1300)))
    expect(refused).toBeNull()
    expect(steps[0]?.comparisons?.find(({ figure }) => figure === 'throughput')).toMatchObject({
      baseline: 10_000,
      value: 13_000,
      low: 3000,
      high: 3000,
      verdict: 'faster',
    })
  })

  test('are not compared with those of another kind', () => {
    expect(compareRuns(run(floodStep(10)), run(oneWayStep()))).toMatchObject({
      steps: [],
      refused: expect.stringContaining('The baseline measured a PUSH flood and the other run a one-way stream'),
    })
    expect(compareRuns(run(stepOf(slots)), run(floodStep(10))).refused).toContain('round trips')
    const other = oneWayStep({ load: { ...oneWay, pattern: 'pub-sub' } })
    expect(compareRuns(run(oneWayStep()), run(other)).refused).toContain('from PUSH to PULL')
  })
})

describe('findings about what nobody answers', () => {
  const kinds = (step: StepResult) => findingsOf(step).map(({ kind }) => kind)

  test('none of a sound flood, however busy the measuring process is', () => {
    expect(kinds(floodStep(1000))).toEqual([])
    const busy = { loopDelay: { p50Ns: 0, p99Ns: 5e6, maxNs: 9e6 }, busy: 1 }
    expect(kinds(floodStep(1000, { instrument: busy }))).toEqual([])
    // At a rate, it must keep to that.
    expect(kinds(floodStep(1000, { instrument: busy, load: { ...flood, ratePerSecond: 10_000 } }))).toContain('busy')
  })

  test('a peer that does not take messages', () => {
    const counts = { ...noCounts, sent: 30_000, timedOut: 1, unsent: 5 }
    const found = findingsOf(floodStep(1000, { counts }))
    expect(found.map(({ kind }) => kind)).toEqual(['stalled', 'overload', 'untaken'])
    expect(found[0]?.what).toContain('1 socket waited longer than the timeout')
    expect(found[2]?.what).toContain('10,000 messages were handed over and not accepted')
  })

  test('messages that nobody knows to be read', () => {
    const flood = { accepted: 20_000, confirmed: 5000, writes: 1200 }
    expect(findingsOf(floodStep(1000, { flood }))).toMatchObject([
      { kind: 'unread', what: '15,000 accepted messages are not known to be read by the peer.' },
    ])
    expect(kinds(floodStep(1000, { flood: { ...flood, confirmed: null } }))).toEqual([])
  })

  test('latencies of a stream without a rate are those of queues', () => {
    const oneWayOf = { delivered: 1200, lost: 0, reordered: 0, repeated: 0 }
    expect(kinds(oneWayStep({ oneWay: oneWayOf }))).toEqual(['queued'])
    expect(kinds(oneWayStep({ oneWay: oneWayOf, load: { ...oneWay, ratePerSecond: 1000 } }))).toEqual([])
  })

  test('what a stream lost', () => {
    const [found] = findingsOf(oneWayStep({ load: { ...oneWay, pattern: 'pub-sub', ratePerSecond: 1000 } }))
    expect(found).toMatchObject({ kind: 'lost', what: '10 messages (0.8 %) were lost.' })
    expect(found?.advice).toContain('A PUB drops')
  })
})
