import { describe, expect, test } from 'vitest'
import { findingsOf } from '../../../src/shared/lab/findings.ts'
import { noCounts, type StepResult } from '../../../src/shared/lab/result.ts'
import { distributionOf, stepOf } from '../../support/lab.ts'

const many = Array<number>(1000).fill(200e3)
const good = stepOf([many])
const open: Partial<StepResult> = {
  load: { model: 'open', ratePerSecond: 1000 },
  service: distributionOf(many),
  lateness: distributionOf([100e3]),
}

const levels = (step: StepResult) => findingsOf(step).map(({ level, what }) => `${level}: ${what}`)

describe('findings', () => {
  test('none when the figures are sound', () => {
    expect(findingsOf(good)).toEqual([])
    expect(findingsOf({ ...good, ...open })).toEqual([])
  })

  test('late sends', () => {
    const late = { ...good, ...open, lateness: distributionOf([3e6]) }
    expect(levels(late)).toEqual(['distrust: Sends were late (3.00 ms at p99).'])
    // Next to replies that take a second, three milliseconds do not matter.
    const slow = stepOf([Array<number>(1000).fill(1e9)], { ...open, lateness: distributionOf([3e6]) })
    expect(levels(slow)).toEqual([])
  })

  test('a busy or delayed process', () => {
    const busy = { ...good, instrument: { ...good.instrument, busy: 0.97 } }
    expect(levels(busy)).toEqual([expect.stringContaining('busy 97 % of the time')])
    const held = { ...good, instrument: { ...good.instrument, loopDelay: { p50Ns: 0, p99Ns: 5e6, maxNs: 9e6 } } }
    expect(levels(held)).toEqual([expect.stringContaining('This computer was busy (timers 5.00 ms late at p99).')])
  })

  test('a server that did not keep up, which is not the instrument’s lateness', () => {
    const step = {
      ...good,
      ...open,
      lateness: distributionOf([3e6]),
      waitedForSocket: 500,
      counts: { ...noCounts, sent: 1000, replied: 1000, unsent: 7 },
    }
    expect(levels(step)).toEqual([
      expect.stringMatching(/distrust: The server did not keep up: 50 % .* 7 were never sent/),
      expect.stringMatching(/note: 7 requests .* got no reply/),
    ])
  })

  test('requests without a reply, and too few replies', () => {
    const step = stepOf([[1e6, 2e6, 3e6]], { counts: { ...noCounts, sent: 4, replied: 3, timedOut: 1 } })
    expect(levels(step)).toEqual([
      'note: 1 request (25 %) got no reply and is not in the percentiles.',
      'note: Only 3 replies.',
    ])
  })

  test('times beyond the histogram', () => {
    expect(levels(stepOf([[...many, 61e9]]))).toEqual([expect.stringContaining('the end of the histogram')])
  })

  test('none for a step without replies', () => {
    expect(findingsOf(stepOf([], { counts: { ...noCounts, sent: 5, timedOut: 5 } }))).toEqual([])
  })
})
