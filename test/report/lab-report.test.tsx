import fc from 'fast-check'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { htmlReport } from '../../src/report/html-report.tsx'
import { rowsOf } from '../../src/report/report-rows.ts'
import { RunWarnings, WorkerTable } from '../../src/report/workers.tsx'
import { emptyDistribution } from '../../src/shared/lab/distribution.ts'
import { findingsOf } from '../../src/shared/lab/findings.ts'
import type { LabRun, StepResult } from '../../src/shared/lab/result.ts'
import { defaultSocketOptions } from '../../src/shared/zmq/options.ts'
import { distributionOf, labSettings, runOf, stepOf } from '../support/lab.ts'
import { tries } from '../support/nightly.ts'

const now = Date.UTC(2026, 0, 2, 3, 4, 5)
const options = { now, findingsOf: () => [] }

const slots = Array.from({ length: 20 }, (_, index) => [190_000 + index * 1000, 210_000, 400_000])
const openStep = (part: Partial<StepResult> = {}): StepResult =>
  stepOf(slots, {
    load: { model: 'open', ratePerSecond: 500 },
    service: distributionOf([180_000, 190_000]),
    lateness: distributionOf([11_000, 12_000, 777_000]),
    connect: distributionOf([812_000]),
    ...part,
  })

const sizes = [16, 64, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576]
const sweepOf = (name: string): LabRun =>
  runOf(
    sizes.map((at) => stepOf(slots, { at, messageBytes: at })),
    { name, settings: { ...labSettings, sweep: { over: 'size', sizes } } },
  )

const count = (text: string, part: string): number => text.split(part).length - 1

/** What a reader sees, with a space for each tag. */
const wordsOf = (html: string): string =>
  html
    .replace(/<style>.*?<\/style>/gs, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')

/** Checks that hold for every report: nothing in it runs or loads anything, and no figure is missing. */
function expectSound(html: string): string {
  expect(html).toMatch(/^<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta http-equiv/)
  const tags = new Set([...html.matchAll(/<([a-z][\w-]*)/gi)].map(([, name]) => name))
  for (const name of ['script', 'img', 'iframe', 'object', 'embed', 'link', 'base', 'form', 'a', 'image', 'use']) {
    expect(tags).not.toContain(name)
  }
  // Attribute names only: their values are text and may be anything.
  const attributes = html
    .replace(/"[^"]*"/g, '""')
    .match(/<[^>]*>/g)
    ?.join('\n')
  expect(attributes).not.toMatch(/\s(on\w+|href|src|xlink:href)=/i)
  expect(html.replace(/<style>.*?<\/style>/gs, '')).not.toMatch(/NaN|Infinity|undefined|\[object|url\(/)
  return html
}

test('a report allows only its own style', () => {
  const html = expectSound(htmlReport([runOf([stepOf(slots)])], options))
  expect(html).toContain(
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">`,
  )
})

describe('of one run', () => {
  const html = expectSound(htmlReport([runOf([openStep()], { name: 'Echo' })], options))
  const words = wordsOf(html)

  test('says what was measured, when, where and with what', () => {
    expect(html).toContain('<title>Echo</title>')
    for (const part of [
      'made 2026-01-02 03:04:05 UTC',
      '2023-11-14 22:13:20 UTC',
      'finished',
      'tcp://127.0.0.1:25933',
      'closed loop, 1 socket, 12 B, 100 requests',
      '12 B in 1 frame, encoded in 5.00 µs',
      'zeromq.js 6.8.0',
      'a processor, 2 cores',
    ]) {
      expect(words).toContain(part)
    }
  })

  test('shows service time and lateness next to the response time of an open loop', () => {
    expect(words).toMatch(/Response time 60 \S+ µs 210 µs 400 µs 400 µs 400 µs 99,940 more samples needed 400 µs/)
    expect(words).toMatch(/Service time 2 185 µs 180 µs 190 µs/)
    expect(words).toMatch(/Sends late by 3 267 µs 12\.0 µs 777 µs 777 µs 777 µs 99,997 more samples needed 777 µs/)
    expect(words).toMatch(/Connect 1 812 µs 812 µs/)
  })

  test('shows the requests and the load of the measuring process', () => {
    expect(words).toMatch(/Sent Replied Timeouts Errors Measured for Throughput 60 60 0 0 2\.00 s 30\.0 \/s/)
    expect(words).toMatch(/Loop delay p50 Loop delay p99 Loop delay max Loop busy 1 0 0 ns 0 ns 0 ns 20 %/)
  })

  test('draws percentiles, histogram and timeline, each with a description', () => {
    expect(count(html, '<svg role="img"')).toBe(3)
    expect(html).toContain('aria-label="Percentiles of response times: response time p50 210 µs')
    expect(html).toContain('aria-label="Distribution of response times: response time 60 samples')
    expect(html).toContain('aria-label="Timeline of response times over 2.00 s: p50 210 µs')
  })

  test('has colours for a dark screen, and is light on paper', () => {
    expect(html).toContain('@media screen and (prefers-color-scheme: dark)')
  })
})

test('a closed loop has round trips, and no rows that do not apply', () => {
  const words = wordsOf(htmlReport([runOf([stepOf(slots)])], options))
  expect(words).toContain('Round trip 60')
  for (const part of ['Service time', 'Sends late by', 'Never sent', 'Waited for a socket', 'Unfinished']) {
    expect(words).not.toContain(part)
  }
})

test('lists each finding once for all its steps', () => {
  const finding = { level: 'distrust' as const, what: 'Sends were late.', advice: 'Lower the rate.' }
  const words = wordsOf(htmlReport([sweepOf('Sweep')], { now, findingsOf: () => [finding] }))
  expect(count(words, 'Sends were late.')).toBe(1)
  expect(words).toMatch(/Unreliable\. 16 B , 64 B , .*1\.00 MiB : Sends were late\. Lower the rate\./)
  expect(wordsOf(htmlReport([sweepOf('Sweep')], options))).toContain('no problem was found with these figures')
})

test('lists why requests failed', () => {
  const errors = [{ code: 'host-unreachable', message: 'No route', count: 12 }]
  expect(wordsOf(htmlReport([runOf([stepOf(slots, { errors })])], options))).toContain(
    '12 × No route ( host-unreachable )',
  )
})

test('a sweep has its curve, and overlays as many steps as can be told apart', () => {
  const html = expectSound(htmlReport([sweepOf('Sweep')], options))
  // The curve, percentiles, histogram, and the timelines of six of nine steps.
  expect(count(html, '<svg role="img"')).toBe(1 + 2 + 6)
  expect(html).toContain('6 of 9 steps')
  expect(html).toContain('aria-label="Round trips by size of the message: p50 from')
})

test('several runs are overlaid, and each is described', () => {
  const runs = ['First', 'Second', 'Third'].map((name) => runOf([stepOf(slots)], { name }))
  const html = expectSound(htmlReport(runs, options))
  expect(html).toContain('<title>3 latency runs</title>')
  expect(count(html, '<svg role="img"')).toBe(2 + 3)
  expect(html).toMatch(/aria-label="Percentiles of round trips: First p50 .*; Second p50 .*; Third p50 /)
  // Two sweeps share one plot.
  expect(count(htmlReport([sweepOf('One'), sweepOf('Two')], options), 'Round trips by size of the message')).toBe(1)
})

test('several runs are compared with the baseline, by name and time', () => {
  const fast = runOf([stepOf(slots)], { name: 'Fast', startedAt: now })
  const slower = slots.map((samples) => samples.map((sample) => sample * 2))
  const slow = runOf([stepOf(slower)], { name: 'Slow', startedAt: now + 60_000 })
  const words = wordsOf(expectSound(htmlReport([fast, slow], options)))
  expect(words).toContain('Fast (baseline)')
  expect(words).toMatch(
    /Figure Baseline: Fast , 2026-01-02 03:04:05 UTC Slow , 2026-01-02 03:05:05 UTC Difference .* p50 .* slower /,
  )
  const other = wordsOf(expectSound(htmlReport([fast, slow], { ...options, baseline: 1 })))
  expect(other).toMatch(/Baseline: Slow , 2026-01-02 03:05:05 UTC Fast , 2026-01-02 03:04:05 UTC .* p50 .* faster /)
  const finding = { level: 'distrust' as const, what: 'Sends were late.', advice: 'Lower the rate.' }
  const findings = (step: StepResult) => (step === slow.steps[0] ? [finding] : [])
  expect(wordsOf(htmlReport([fast, slow], { now, findingsOf: findings }))).toMatch(
    /p50 .* unreliable: slower .* The other run is marked as unreliable/,
  )
  expect(wordsOf(htmlReport([fast], options))).not.toContain('Baseline')
})

test('options that differ from the defaults are listed', () => {
  const settings = { ...labSettings, options: { ...defaultSocketOptions, linger: -1, ipv6: true } }
  expect(wordsOf(htmlReport([runOf([stepOf(slots)], { settings })], options))).toContain('linger -1 ms, IPv6 on')
})

test('a run that failed says why, and that there are no figures', () => {
  const problem = { code: 'timeout', message: 'No reply.', diagnosis: 'Nobody listens there.', facts: {} }
  const words = wordsOf(expectSound(htmlReport([runOf([], { outcome: 'failed', problem })], options)))
  expect(words).toContain('No reply. Nobody listens there.')
  expect(words).toContain('No figures.')
  expectSound(htmlReport([], options))
})

describe('any content of a run', () => {
  const hostile = '</title></style><script>alert(1)</script><img src=x onerror="alert(1)">\u202e\u0000\ud800'

  test('names, endpoints and messages are plain text', () => {
    const run = runOf([stepOf(slots, { errors: [{ code: hostile, message: hostile, count: 1 }] })], {
      name: hostile,
      outcome: 'failed',
      problem: { code: hostile, message: hostile, diagnosis: hostile, facts: {} },
      settings: { ...labSettings, endpoint: hostile },
      environment: {
        versions: { [hostile]: hostile },
        platform: hostile,
        architecture: hostile,
        processor: hostile,
        cores: 1,
        memoryBytes: 1,
      },
    })
    const findings = () => [{ what: hostile, advice: hostile }]
    for (const html of [htmlReport([run], options), htmlReport([run, run], { now, findingsOf: findings })]) {
      expectSound(html)
      expect(html).not.toMatch(/[\u202e\0]|\p{Cs}/u)
      expect(html).toContain('&lt;script&gt;')
    }
  })

  test('extreme numbers do no harm', () => {
    const anyNumber = fc.constantFrom(0, 1, 1e5, 1e12, 1e300, Number.MAX_VALUE)
    const anyCount = fc.constantFrom(0, 1, 1000, Number.MAX_SAFE_INTEGER)
    fc.assert(
      fc.property(anyNumber, anyNumber, anyCount, fc.array(anyNumber, { maxLength: 5 }), (time, at, many, samples) => {
        const latency = samples.length === 0 ? emptyDistribution : distributionOf(samples)
        const step = stepOf([samples], {
          at,
          startedAt: time,
          elapsedNs: time,
          latency: { ...latency, meanNs: latency.meanNs === null ? null : (latency.maxNs ?? 0) },
          sockets: many,
          counts: { sent: many, replied: many, timedOut: many, failed: many, unsent: many, unfinished: many },
        })
        const settings = { ...labSettings, sweep: { over: 'rate' as const, rates: [at] } }
        expectSound(htmlReport([runOf([step, step], { startedAt: time, settings })], { now: time, findingsOf }))
      }),
      tries(12, 60),
    )
  })
})

test('messages that nobody answers have tables of their own, without columns that they do not have', () => {
  const flood = runOf(
    [
      {
        ...stepOf(slots, {
          load: { model: 'flood', concurrency: 2 },
          flood: { accepted: 60_000, confirmed: null, writes: 60 },
        }),
        slots: stepOf(slots).slots.map((slot) => ({ ...slot, accepted: 3000 })),
      },
    ],
    { name: 'the flood', settings: { ...labSettings, load: { model: 'flood', concurrency: 2 } } },
  )
  const load = { model: 'one-way', pattern: 'pub-sub', size: 64 } as const
  const oneWay = runOf([stepOf(slots, { load, oneWay: { delivered: 60, lost: 7, reordered: 0, repeated: 0 } })], {
    name: 'the stream',
    settings: { ...labSettings, load },
  })
  const only = wordsOf(expectSound(htmlReport([flood], options)))
  expect(only).toContain('PUSH floods')
  expect(only).toContain('30,000 /s')
  expect(only).toContain('Messages accepted over time')
  expect(only).toContain('Wait of a write')
  expect(only).not.toContain('Replied')
  expect(only).not.toContain('Round trip')
  const both = wordsOf(expectSound(htmlReport([flood, oneWay, runOf([stepOf(slots)])], options)))
  expect(both).toContain('One-way streams')
  expect(both).toContain('Replied')
  expect(both).toContain('The baseline measured a PUSH flood and the other run a one-way stream')
})

test('numbered requests have columns of their own, which others do not have', () => {
  const load = { model: 'closed', concurrency: 1, inFlight: 4, numbered: true } as const
  const numbered = runOf([stepOf(slots, { load, numbered: { reordered: 4321, repeated: 0 } })])
  const words = wordsOf(expectSound(htmlReport([numbered], { ...options, findingsOf })))
  expect(words).toContain('Reordered')
  expect(words).toContain('4,321')
  expect(words).toContain('4,321 replies came out of order.')
  expect(wordsOf(expectSound(htmlReport([runOf([stepOf(slots)])], options)))).not.toContain('Reordered')
})

const workersOf = (name: string): LabRun['workers'] => {
  const busy = { loopDelay: { p50Ns: 0, p99Ns: 0, maxNs: 0 }, busy: 0.97 }
  const { environment } = runOf([])
  const clock = { uncertaintyNs: 42_000, roundTripNs: 84_000 }
  return [
    { name, environment, clock, lost: null, parts: [{ step: 0, result: openStep({ instrument: busy }) }] },
    { name: 'bob', environment, clock: null, lost: 'it said nothing for 5.00 s', parts: [] },
  ]
}

test('a report names those that made a load together, and whom not to trust', () => {
  const words = wordsOf(expectSound(htmlReport([runOf([openStep()], { workers: workersOf('alice') })], options)))
  expect(words).toContain('Workers Worker Replies Throughput')
  expect(words).toMatch(/alice \(unreliable\) 60 .*97 % ± 42\.0 µs/)
  expect(words).toContain('Unreliable. alice : The measuring process was busy 97 % of the time')
  expect(words).toContain('Unreliable. bob : It was lost: it said nothing for 5.00 s.')
  expect(words).not.toContain('None: no problem was found')
})

test('a report has the place where the open loop ends, and what went by turn', () => {
  const turns = { requests: { sizes: [1], turns: [10] }, replies: { sizes: [1, 3], turns: [5, 5] } }
  const made = openStep({ at: 500, turns })
  const instrument = { loopDelay: { p50Ns: 0, p99Ns: 0, maxNs: 0 }, busy: 0.99 }
  const missed = openStep({ at: 900, load: { model: 'open', ratePerSecond: 900 }, instrument })
  const settings = { ...labSettings, sweep: { over: 'rate' as const, rates: [500, 900] } }
  const words = wordsOf(expectSound(htmlReport([runOf([made, missed], { settings })], options)))
  expect(words).toContain('The open loop ends between 500 /s, which was made, and 900 /s: a measuring process')
  expect(words).toContain('2.0 (p99 3, max 3)')
})

test('names of workers are text, whatever is in them', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 60, unit: 'binary' }), (name) => {
      const rows = rowsOf([runOf([openStep()], { workers: workersOf(`<script>${name}`) })])
      const html = renderToStaticMarkup(
        <>
          <RunWarnings rows={rows} severalRuns={false} />
          <WorkerTable rows={rows} severalRuns={false} />
        </>,
      )
      expect(html).toContain('&lt;script&gt;')
      expect(new Set([...html.matchAll(/<([a-z][\w-]*)/gi)].map(([, tag]) => tag))).not.toContain('script')
    }),
    tries(20, 500),
  )
})
