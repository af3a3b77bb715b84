import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toHistogramLog, toMergedLog } from '../../../src/engine/lab/exports.ts'
import { DurationHistogram } from '../../../src/engine/lab/histogram.ts'
import { MergeByTag } from '../../../src/engine/lab/merge-histograms.ts'
import { doubtsIn, readHistogramLog } from '../../../src/engine/lab/read-histogram-log.ts'
import { runOf, stepOf } from '../../support/lab.ts'

function mergeOf(...texts: readonly string[]) {
  const sum = new MergeByTag()
  for (const text of texts) for (const interval of readHistogramLog(text)) sum.add(interval)
  return sum.merged
}

function recorded(samples: readonly number[]) {
  const histogram = new DurationHistogram()
  for (const sample of samples) histogram.record(sample)
  const { count, values, counts } = histogram.distribution()
  return { count, values, counts }
}

const logOf = (...slots: readonly (readonly number[])[]) => toHistogramLog(runOf([stepOf(slots)]))

const durations = fc.array(fc.integer({ min: 1, max: 60e9 }), { minLength: 1, maxLength: 50 })

describe('histogram logs', () => {
  test('add up as if one program had recorded all samples', () => {
    fc.assert(
      fc.property(fc.array(durations, { minLength: 1, maxLength: 4 }), (logs) => {
        const [merged] = mergeOf(...logs.map((samples) => logOf(samples)))
        expect(merged?.distribution).toMatchObject(recorded(logs.flat()))
      }),
    )
  })

  test('add up each step of a sweep for itself, and keep the times', () => {
    const sweep = toHistogramLog(runOf([stepOf([[100], [200]], { at: 16 }), stepOf([[300]], { at: 64 })]))
    expect(
      mergeOf(sweep, sweep).map(({ tag, startMs, endMs, distribution }) => [tag, startMs, endMs, distribution.count]),
    ).toEqual([
      ['at-16', 1_700_000_000_000, 1_700_000_000_200, 4],
      ['at-64', 1_700_000_000_000, 1_700_000_000_100, 2],
    ])
  })

  test('of what was merged can be merged again', () => {
    const sums = mergeOf(logOf([100, 5_000_000]), logOf([100]))
    const [again] = mergeOf(toMergedLog(sums, ['It was busy.']))
    expect(again).toMatchObject({ startMs: 1_700_000_000_000, endMs: 1_700_000_000_100 })
    expect(again?.distribution).toEqual(sums[0]?.distribution)
    expect(doubtsIn(toMergedLog(sums, ['It was busy.']))).toEqual(['It was busy.'])
  })

  test('of other tools have times of their own, spaces, and samples of 0', () => {
    const base64 = /[^,]+$/.exec(logOf([0, 7]).trimEnd())?.[0]
    const [merged] = mergeOf(`#[BaseTime: 1700000000.5 (seconds)]\r\n\r\nTag=a  2.5, 1e0, 3.5, ${base64}\r\n`)
    expect(merged).toMatchObject({ tag: 'a', startMs: 1_700_000_003_000, endMs: 1_700_000_004_000 })
    expect(merged?.distribution).toMatchObject({ count: 2, minNs: 0, maxNs: 7, values: [0, 7] })
  })

  test('say what made their figures unreliable', () => {
    const busy = { loopDelay: { p50Ns: 0, p99Ns: 0, maxNs: 0 }, busy: 1 }
    const text = toHistogramLog(runOf([stepOf([[100]], { instrument: busy })]))
    expect(doubtsIn(text)).toEqual([expect.stringMatching(/busy/)])
    expect(doubtsIn(logOf([100]))).toEqual([])
    expect(mergeOf(text)[0]?.distribution.count).toBe(1)
  })

  test('say whose figures are unreliable, on one line whatever the name', () => {
    const lost = { name: 'a\n#[StartTime: 0', environment: null, clock: null, lost: 'SIGKILL', parts: [] }
    const text = toHistogramLog(runOf([stepOf([[100]])], { workers: [lost] }))
    expect(doubtsIn(text)).toEqual(['a #[StartTime: 0: It was lost: SIGKILL.'])
    expect(mergeOf(text)[0]).toMatchObject({ startMs: 1_700_000_000_000 })
  })

  test.each([
    ['text', 'hello world', 'line 2 is no interval of a histogram log.'],
    ['a line that was cut off', '0.000,1.000,', 'line 2 is no interval'],
    ['a histogram that was cut off', '0.000,1.000,2.000,HISTFAAAAB', 'line 2 has no V2 histogram'],
    [
      'another version',
      `0,1,2,${Buffer.from('1c849301000000', 'hex').toString('base64')}`,
      'line 2 has no V2 histogram',
    ],
    [
      'a line that inflates without an end',
      `0,1,2,${Buffer.concat([Buffer.from('1c84931400000010', 'hex'), deflateSync(Buffer.alloc(80 * 1024 ** 2))]).toString('base64')}`,
      'line 2 has no V2 histogram',
    ],
  ])('that hold %s name the line', (_what, line, message) => {
    expect(() => mergeOf(`# a comment\n${line}\n`)).toThrow(message)
  })
})
