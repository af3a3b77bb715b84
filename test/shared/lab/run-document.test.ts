import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fillerFrame, type LabSettings, labSettingsSchema, stepsOf } from '../../../src/shared/lab/plan.ts'
import { noCounts } from '../../../src/shared/lab/result.ts'
import { rowOf } from '../../../src/shared/lab/run-row.ts'
import { parseRunJson, summaryOf, toRunJson } from '../../../src/shared/lab/summary.ts'
import { runName, settingsInWords, stepInWords } from '../../../src/shared/lab/words.ts'
import { distributionOf, labSettings, runOf, stepOf } from '../../support/lab.ts'

const run = runOf([stepOf([[100, 200, 300], [400]])])

describe('the JSON of a run', () => {
  test('has the summary at its top', () => {
    expect(JSON.parse(toRunJson(run))).toMatchObject({
      format: 'zeromq-inspector-run',
      version: 1,
      settings: { endpoint: 'tcp://127.0.0.1:25933' },
      counts: { sent: 4, replied: 4, timedOut: 0, failed: 0 },
      latencyNs: { p50: 200, p90: 400, p99: 400, p999: 400, max: 400, mean: 250 },
      throughputPerSecond: 20,
      lateness: { p50: 0, p99: 0, max: 0 },
    })
  })

  test('reads back as the same run', () => {
    expect(parseRunJson(toRunJson(run))).toEqual(run)
  })

  test.each([
    ['', 'not JSON'],
    ['{"a":', 'not JSON'],
    ['[]', 'not a ZeroMQ Inspector run'],
    ['{"format":"other"}', 'format'],
    [JSON.stringify({ ...run, version: 2 }), 'version'],
    [
      JSON.stringify({ ...run, steps: [{ ...run.steps[0], latency: { ...distributionOf([1]), count: 2 } }] }),
      'steps[0].latency',
    ],
    [JSON.stringify({ ...run, settings: { ...labSettings, timeoutMs: 0 } }), 'settings.timeoutMs'],
  ])('an invalid document is rejected with a reason', (text, reason) => {
    expect(() => parseRunJson(text)).toThrow(reason)
  })

  test('anything else is rejected without a crash', () => {
    fc.assert(
      fc.property(fc.json(), (text) => void expect(() => parseRunJson(text)).toThrow('not a ZeroMQ Inspector run')),
    )
  })
})

describe('the summary of a run', () => {
  test('tells where an open loop ends', () => {
    const load = (ratePerSecond: number) => ({ at: ratePerSecond, load: { model: 'open' as const, ratePerSecond } })
    const slow = { ...load(200), counts: { ...noCounts, sent: 2, replied: 1, timedOut: 1 } }
    expect(summaryOf(runOf([stepOf([[100]], load(100)), stepOf([[100]], slow)])).openLoopEnd).toEqual({
      sustained: 100,
      asked: 200,
      endedBy: 'replies',
    })
    expect(summaryOf(run).openLoopEnd).toBeNull()
  })

  test('without a reply has no latencies', () => {
    expect(summaryOf(runOf([]))).toMatchObject({ latencyNs: { p50: null, max: null }, throughputPerSecond: 0 })
  })

  test('of a sweep covers all its steps', () => {
    const sweep = runOf([stepOf([[100]], { at: 16 }), stepOf([[300], [500]], { at: 64 })])
    expect(summaryOf(sweep)).toMatchObject({
      counts: { replied: 3 },
      latencyNs: { p50: 300, max: 500, mean: 300 },
      throughputPerSecond: 10,
    })
    expect(rowOf(7, sweep)).toMatchObject({ id: 7, steps: 2, replied: 3, p50Ns: null })
  })
})

describe('the steps of a plan', () => {
  const frames = [new Uint8Array(3)]
  test('without a sweep: a single one', () => {
    expect(stepsOf({ settings: labSettings, frames, encodeNs: null })).toEqual([
      { at: null, load: labSettings.load, frames },
    ])
  })

  test('over sizes: one message of each', () => {
    const steps = stepsOf({
      settings: { ...labSettings, sweep: { over: 'size', sizes: [1, 64] } },
      frames,
      encodeNs: null,
    })
    expect(steps.map(({ at, frames: sent }) => [at, sent.map(({ byteLength }) => byteLength)])).toEqual([
      [1, [1]],
      [64, [64]],
    ])
  })

  test('over rates: an open loop at each', () => {
    const steps = stepsOf({
      settings: { ...labSettings, sweep: { over: 'rate', rates: [10, 20] } },
      frames,
      encodeNs: null,
    })
    expect(steps.map(({ load }) => load)).toEqual([
      { model: 'open', ratePerSecond: 10 },
      { model: 'open', ratePerSecond: 20 },
    ])
  })

  test('filler is the same each time and not all alike', () => {
    expect(fillerFrame(1000)).toEqual(fillerFrame(1000))
    expect(new Set(fillerFrame(1000)).size).toBeGreaterThan(200)
  })
})

describe('settings', () => {
  test.each([
    ['no sockets', { load: { model: 'closed', concurrency: 0 } }],
    ['too many sockets', { load: { model: 'closed', concurrency: 1025 } }],
    ['no rate', { load: { model: 'open', ratePerSecond: 0 } }],
    ['a negative rate', { load: { model: 'open', ratePerSecond: -5 } }],
    ['no time', { length: { by: 'duration', milliseconds: 0 } }],
    ['no requests', { length: { by: 'count', requests: 0 } }],
    ['a timeout beyond the histogram', { timeoutMs: 60_001 }],
    ['an empty sweep', { sweep: { over: 'size', sizes: [] } }],
    ['an absurd size', { sweep: { over: 'size', sizes: [2 ** 40] } }],
  ])('with %s are rejected', (_what, part) => {
    expect(labSettingsSchema.safeParse({ ...labSettings, ...part }).success).toBe(false)
  })

  test('in words', () => {
    expect(settingsInWords(labSettings, 12)).toBe('closed loop, 1 socket, 12 B, 100 requests')
    const open: LabSettings = {
      ...labSettings,
      load: { model: 'open', ratePerSecond: 1000 },
      length: { by: 'duration', milliseconds: 10_000 },
      warmUpMs: 1000,
      sweep: { over: 'size', sizes: [16, 1024] },
    }
    expect(settingsInWords(open, 12)).toBe('open loop, 1,000 /s, 16 B to 1.00 KiB, 10.0 s each after 1.00 s of warm-up')
    expect(runName(open, 12)).toBe('Open loop, 1,000 /s, 16 B to 1.00 KiB')
    expect(runName(labSettings, 12)).toBe('Closed loop, 1 socket, 12 B')
    expect(stepInWords({ ...open, sweep: { over: 'size', sizes: [16] } }, 1024)).toBe('1.00 KiB')
    expect(stepInWords({ ...open, sweep: { over: 'rate', rates: [1] } }, 1500)).toBe('1,500 /s')
    expect(stepInWords(labSettings, null)).toBeNull()
  })
})
