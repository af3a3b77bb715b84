import { expect, test } from 'vitest'
import { openLoopEnd } from '../../../src/shared/lab/open-loop-end.ts'
import { noCounts, type StepResult } from '../../../src/shared/lab/result.ts'
import { distributionOf, runOf, stepOf } from '../../support/lab.ts'

const ms = 1e6
const samples = (each: number) => Array.from({ length: 1000 }, () => each)

/** A second of an open loop whose rate was made. */
const open = (ratePerSecond: number, part: Partial<StepResult> = {}): StepResult =>
  stepOf([samples(ms)], {
    at: ratePerSecond,
    load: { model: 'open', ratePerSecond },
    elapsedNs: 1e9,
    service: distributionOf(samples(ms)),
    lateness: distributionOf([1000]),
    counts: { ...noCounts, sent: 1000, replied: 1000 },
    ...part,
  })
const busy = { instrument: { loopDelay: { p50Ns: 0, p99Ns: 0, maxNs: 0 }, busy: 0.97 } }
const waiting = (tookNs: number) => ({
  sockets: 256,
  waitedForSocket: 500,
  service: distributionOf(samples(tookNs)),
})
const endOf = (...steps: StepResult[]) => openLoopEnd(runOf(steps))

test('a closed loop has no such end, and neither has an open one that made every rate', () => {
  expect(endOf(stepOf([[1]], busy))).toBeNull()
  expect(endOf(open(100), open(200))).toBeNull()
})

test.each([
  ['instrument', busy, 'a measuring process of this load was busy 97 % of the time'],
  ['machine', { lateness: distributionOf(samples(5 * ms)) }, 'requests were sent late (5.00 ms at p99)'],
  ['sockets', waiting(1.5 * ms), 'all 256 sockets waited for replies, which took 1.50 ms each at p50'],
  [
    'server',
    waiting(8 * ms),
    'the server did not keep up: all 256 sockets waited for replies, which took 8.00 ms each',
  ],
  [
    'replies',
    { counts: { ...noCounts, sent: 1000, replied: 900, timedOut: 100 } },
    '10 % of the requests got no reply',
  ],
] as const)('a sweep ends between two rates, by %s', (endedBy, part, because) => {
  // In whatever order the rates were made.
  const end = endOf(open(4000, busy), open(1000), open(2000, part), open(500))
  expect(end).toMatchObject({ sustained: 1000, asked: 2000, endedBy })
  expect(end?.what).toContain(`The open loop ends between 1,000 /s, which was made, and 2,000 /s: ${because}`)
})

test('a rate that was not made while a higher one was is no end', () => {
  expect(endOf(open(100, busy), open(200))).toBeNull()
  expect(endOf(open(100, busy), open(200), open(400, busy))).toMatchObject({ sustained: 200, asked: 400 })
})

test('a single rate that was not made is told with what ended it', () => {
  expect(endOf(open(1000, { ...waiting(8 * ms), at: null }))).toMatchObject({
    sustained: null,
    endedBy: 'server',
    what: expect.stringContaining('The rate of 1,000 /s was not made as asked: the server did not keep up'),
    advice: 'It made 1,000 /s.',
  })
})

test('requests that a cancelled run left unfinished do not end it', () => {
  expect(endOf(open(100, { counts: { ...noCounts, sent: 100, replied: 50, unfinished: 50 } }))).toBeNull()
})
