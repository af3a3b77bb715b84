import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { z } from 'zod'
import { ProgressLine } from '../../src/cli/bench-progress.ts'
import { comparisonText, runText } from '../../src/cli/bench-report.ts'
import type { LabProgress } from '../../src/shared/lab/progress.ts'
import { parseRunJson } from '../../src/shared/lab/summary.ts'
import { defaultSocketOptions } from '../../src/shared/zmq/options.ts'
import { commandLine } from '../support/built.ts'
import { runOf, stepOf } from '../support/lab.ts'
import { outOfOrderServer } from '../support/out-of-order.ts'
import { RunningProgram, runNode } from '../support/running-program.ts'
import { echoPeer, serverOf } from './support.ts'

// Starting processes takes a while on a busy machine.
vi.setConfig({ testTimeout: 30_000 })

const program = commandLine()
const bench = (...args: string[]) => runNode(program, 'bench', ...args)
const short = ['--count', '200', '--warmup', '0']

const nanoseconds = z.number().positive()
const resultSchema = z.object({
  version: z.literal(1),
  settings: z.object({ endpoint: z.string() }),
  counts: z.object({ sent: z.number(), replied: z.number(), timedOut: z.number(), failed: z.number() }),
  latencyNs: z.object({
    p50: nanoseconds,
    p90: nanoseconds,
    p99: nanoseconds,
    p999: nanoseconds,
    max: nanoseconds,
    mean: nanoseconds,
  }),
  throughputPerSecond: z.number().positive(),
  lateness: z.object({ p50: z.number(), p99: z.number(), max: z.number() }),
})

const sideSchema = z.array(z.number().positive())
const versusSchema = z.object({
  settings: z.object({ client: z.array(z.string()) }),
  figures: z.record(
    z.string(),
    z.object({ zmtp: sideSchema, libzmq: sideSchema, ratio: z.object({ low: z.number(), high: z.number() }) }),
  ),
})

function keep(text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'inspector-')), 'before.json')
  writeFileSync(path, text)
  return path
}

test.runIf(spawnSync('prlimit', ['--version']).status === 0)(
  'bench says when file descriptors run out (needs prlimit)',
  async () => {
    const { endpoint } = await serverOf(program)
    for (const [client, limit] of [
      ['libzmq', 150],
      ['zmtp', 60],
    ] as const) {
      const args = ['bench', '--endpoint', endpoint, '--client', client, '--concurrency', '64', ...short]
      const few = new RunningProgram('prlimit', [`--nofile=${limit}`, process.execPath, program, ...args])
      const { code, stdout } = await few.ended
      expect(stdout).toMatch(/^0 replies\. No file descriptors are left/m)
      expect(code).toBe(1)
    }
  },
)

describe('bench', () => {
  test('prints readable figures', async () => {
    const { endpoint } = await serverOf(program)
    const { code, stdout, stderr } = await bench('--endpoint', endpoint, ...short).ended
    expect(code).toBe(0)
    expect(stdout).toContain(`Measuring ${endpoint}: closed loop, 1 socket, 12 B, ZMTP, 200 requests\n`)
    expect(stdout).toMatch(/^ {2}replies +200$/m)
    expect(stdout).toMatch(/^ {2}p50 +\d[\d.]* (µs|ms)$/m)
    expect(stdout).toMatch(/^ {2}p99\.99 +needs 99,800 more$/m)
    expect(stdout).toContain('note: Only 200 replies')
    expect(stderr).toMatch(/^connecting {2}0 %/)
  })

  test('prints one JSON object, the same shape for both loops', async () => {
    const { endpoint } = await serverOf(program)
    for (const load of [
      ['--concurrency', '4'],
      ['--rate', '500'],
    ]) {
      const { code, stdout } = await bench('--endpoint', endpoint, ...short, ...load, '--json').ended
      expect(code).toBe(0)
      const result = resultSchema.parse(JSON.parse(stdout))
      expect(result.counts).toEqual({ sent: 200, replied: 200, timedOut: 0, failed: 0 })
      expect(result.latencyNs.max).toBeGreaterThanOrEqual(result.latencyNs.p50)
      expect(result.lateness.p99 > 0).toBe(load[0] === '--rate')
      expect(parseRunJson(stdout).settings).toMatchObject({ endpoint, client: 'zmtp' })
    }
  })

  test('sends the given message, or one of the given size, with the given socket options', async () => {
    const { server, endpoint } = await serverOf(program, '--json')
    await bench('--endpoint', endpoint, '--count', '1', '--warmup', '0', '--frames', 'one', 'two').ended
    await server.until(/"text":\["one","two"\]/)
    const one = ['--count', '1', '--warmup', '0', '--size', '2KiB', '--linger', '5', '--tcp-keep-alive', '--json']
    const { message, settings } = parseRunJson((await bench('--endpoint', endpoint, ...one).ended).stdout)
    expect(message.frames).toEqual([2048])
    expect(settings.options).toEqual({ ...defaultSocketOptions, linger: 5, tcpKeepAlive: true })
  })

  test('sweeps over several numbers of sockets, and over one thing at a time', async () => {
    const { endpoint } = await serverOf(program)
    const { stdout } = await bench('--endpoint', endpoint, ...short, '--concurrency', '1,3').ended
    expect(stdout).toContain('closed loop, 1 to 3 sockets, 12 B, ZMTP, 200 requests each')
    expect(stdout).toMatch(/^1 socket\n {2}replies +200$/m)
    expect(stdout).toMatch(/^3 sockets\n {2}replies +200$/m)
    const two = await bench('--endpoint', endpoint, '--concurrency', '1,3', '--size', '1,2').ended
    expect(two.stderr).toContain('not over two.')
    expect(two.code).toBe(2)
  })

  test('sweeps over several sizes', async () => {
    const { endpoint } = await serverOf(program)
    const { stdout } = await bench('--endpoint', endpoint, ...short, '--size', '16,1KiB').ended
    expect(stdout).toContain('16 B to 1.00 KiB, ZMTP, 200 requests each')
    expect(stdout).toMatch(/^16 B\n {2}replies/m)
    expect(stdout).toMatch(/^1\.00 KiB\n {2}replies/m)
  })

  test('numbers requests, and tells which replies come out of order and again', async () => {
    const args = [
      '--endpoint',
      await outOfOrderServer(onTestFinished),
      ...short,
      '--in-flight',
      '4',
      '--number-requests',
    ]
    const asserted = ['--assert', 'reordered=50', '--assert', 'repeated=50']
    const { code, stdout } = await bench(...args, ...asserted).ended
    expect(stdout).toContain(': closed loop, 1 DEALER socket with 4 numbered in flight, 12 B, ZMTP, 200 requests')
    expect(stdout).toMatch(/^ {2}replies reordered 50, repeated 50$/m)
    expect(stdout).toContain('note: 50 replies came out of order, and 50 came again.')
    expect(stdout).toContain('assertion reordered=50: holds')
    expect(code).toBe(0)
  })

  test('sweeps over requests in flight of DEALER sockets', async () => {
    const { endpoint } = await serverOf(program)
    const { stdout } = await bench('--endpoint', endpoint, ...short, '--in-flight', '1,16', '--json').ended
    const { settings, steps } = parseRunJson(stdout)
    expect(settings.sweep).toEqual({ over: 'inFlight', inFlight: [1, 16] })
    expect(steps.map(({ at, load, counts }) => [at, load, counts.replied])).toEqual(
      [1, 16].map((inFlight) => [inFlight, { model: 'closed', concurrency: 1, inFlight }, 200]),
    )
  })

  test('measures with both clients in turn, and prints their ratios', async () => {
    const { endpoint } = await serverOf(program)
    const args = ['--endpoint', endpoint, '--count', '500', '--warmup', '0', '--versus', 'libzmq']
    const [{ code, stdout }, json] = await Promise.all([bench(...args).ended, bench(...args, '--json').ended])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^ +ZMTP +libzmq +ratio +95 % interval$/m)
    expect(stdout).toMatch(/^ {2}p50 +[\d.]+ .s +[\d.]+ .s +\d+\.\d\d x +\d+\.\d\d x to \d+\.\d\d x$/m)
    const { figures, settings } = versusSchema.parse(JSON.parse(json.stdout))
    expect(settings.client).toEqual(['zmtp', 'libzmq'])
    for (const { zmtp, libzmq, ratio } of Object.values(figures)) {
      expect([zmtp.length, libzmq.length]).toEqual([10, 10])
      expect(ratio.low).toBeLessThanOrEqual(ratio.high)
    }
  })

  test('a round without a reply ends both clients in turn', async () => {
    const { code, stdout } = await bench('--endpoint', 'tcp://127.0.0.1:1', '--timeout', '1s', '--versus', 'libzmq')
      .ended
    expect(code).toBe(1)
    expect(stdout).toMatch(/^0 replies\. /m)
  })

  test('exits with 1 when an assertion does not hold', async () => {
    const { endpoint } = await serverOf(program)
    const args = ['--endpoint', endpoint, ...short]
    const good = await bench(...args, '--assert', 'p99<10s', '--assert', 'replied=200').ended
    expect(good.code).toBe(0)
    expect(good.stdout).toMatch(/^assertion p99<10s: holds, it is /m)
    const bad = await bench(...args, '--assert', 'p50<1ns', '--json').ended
    expect(bad.code).toBe(1)
    // Standard output is still one JSON object.
    expect(parseRunJson(bad.stdout).outcome).toBe('finished')
    expect(bad.stderr).toMatch(/^assertion p50<1ns: FAILED, it is /m)
  })

  test('compares with an earlier result', async () => {
    const { endpoint } = await serverOf(program)
    const args = ['--endpoint', endpoint, '--duration', '1s', '--warmup', '0']
    const before = keep((await bench(...args, '--json', '--name', 'earlier').ended).stdout)
    const { code, stdout } = await bench(...args, '--against', before).ended
    expect(code).toBe(0)
    expect(stdout).toMatch(
      /^Compared with earlier, \d{4}-\d\d-\d\d [\d:]{8} \(baseline\)\nThis run: Closed loop, .*, \d{4}-/m,
    )
    expect(stdout).toMatch(/^ +baseline +this run +difference/m)
    expect(stdout).toMatch(/^ {2}p50 .* (faster|slower|no significant difference)$/m)
  })

  test('takes the given result as the baseline, even if it is newer, and says whom not to trust', () => {
    const step = (ns: number) => stepOf(Array.from({ length: 20 }, () => Array<number>(60).fill(ns)))
    const given = runOf([step(100_000)], { name: 'given\u001b[2J', startedAt: new Date(2026, 1, 3, 4, 5, 6).getTime() })
    const made = runOf([step(200_000)], { name: 'made', startedAt: new Date(2025, 1, 3, 4, 5, 6).getTime() })
    const text = comparisonText(given, made)
    expect(text).toContain(
      'Compared with given\\u001b[2J, 2026-02-03 04:05:06 (baseline)\nThis run: made, 2025-02-03 04:05:06\n',
    )
    expect(text).toMatch(/^ {2}p50 +100 µs +200 µs +\+100 µs .* slower$/m)
    const busy = { loopDelay: { p50Ns: 0, p99Ns: 0, maxNs: 0 }, busy: 0.97 }
    const distrusted = comparisonText(given, {
      ...made,
      steps: made.steps.map((each) => ({ ...each, instrument: busy })),
    })
    expect(distrusted).toMatch(/^ {2}p50 .* unreliable: slower$/m)
    expect(distrusted).toContain('UNRELIABLE: The other run is marked as unreliable, and so are these verdicts.')
  })

  test.each([
    ['nothing', ''],
    ['no run', '{"a":1}'],
    ['half a run', '{"format":"zeromq-inspector-run","ver'],
  ])('rejects an earlier result that is %s before measuring', async (_what, text) => {
    const { code, stdout, stderr } = await bench('--against', keep(text)).ended
    expect(code).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toMatch(/Could not compare with .*before\.json\. It is not/)
  })

  test('without a server: 0 replies, the cause and the cure', async () => {
    const { server, endpoint } = await serverOf(program)
    server.kill('SIGINT')
    await server.ended
    const { code, stdout } = await bench('--endpoint', endpoint, '--timeout', '500ms', ...short).ended
    expect(code).toBe(1)
    expect(stdout).toContain(
      '0 replies. Nobody is listening there. Start the server, or check the host and the port.\n',
    )
  })

  test('Ctrl-C keeps what was measured', async () => {
    const { server, endpoint } = await serverOf(program)
    const running = bench('--endpoint', endpoint, '--duration', '10min', '--warmup', '0', '--json')
    await server.until(/((<-|->) .*\n){20}/)
    running.kill('SIGINT')
    const { code, stdout } = await running.ended
    expect(code).toBe(1)
    const run = parseRunJson(stdout)
    expect(run.outcome).toBe('cancelled')
    expect(run.steps[0]?.counts.replied).toBeGreaterThan(0)
  })

  test.each([
    [['--rate', '0'], 'from 0.1 to 100000'],
    [['--rate', '-5'], 'from 0.1 to 100000'],
    [['--rate', '1,x'], 'from 0.1 to 100000'],
    [['--concurrency', '1025'], 'from 1 to 1024'],
    [['--concurrency', '1.5'], 'whole number'],
    [['--rate', '5', '--concurrency', '5'], 'cannot be used with'],
    [['--duration', '0'], 'Write seconds'],
    [['--duration', '1s', '--count', '5'], 'cannot be used with'],
    [['--count', '0'], 'from 1 to'],
    [['--in-flight', '2000'], 'from 1 to 1024'],
    [['--in-flight', '2', '--rate', '5'], 'cannot be used with'],
    [['--in-flight', '2', '--client', 'libzmq'], 'Only ZMTP'],
    [['--number-requests'], '--number-requests needs --in-flight'],
    [['--number-requests', '--in-flight', '2', '--client', 'libzmq'], 'Only ZMTP'],
    [['--in-flight', '2', '--assert', 'reordered=0'], 'reordered needs --number-requests'],
    [['--size', '1TiB'], 'Write bytes'],
    [['--size', '0'], 'Write bytes'],
    [['--size', '16', 'message'], 'a message or --size'],
    [['--rate', '1,2', '--size', '16,64'], 'not over two'],
    [['--versus', 'libzmq', '--size', '16,64'], 'give one size'],
    [['--versus', 'libzmq', '--tcp-keep-alive'], 'needs what both clients can measure. Measured with libzmq'],
    [['--versus', 'libzmq', '--client', 'zmtp'], 'cannot be used with'],
    [['one', 'two'], 'one message'],
    [['--timeout', '61s'], 'at most 60 s'],
    [['--timeout', '0'], 'Write milliseconds'],
    [['--warmup', 'soon'], 'Write seconds'],
    [['--assert', 'p99<5'], 'unit'],
    [['--endpoint', 'tcp://127.0.0.1:99999'], 'Port'],
    [['--endpoint', 'inproc://here'], 'inproc'],
  ])('%j is wrong usage', async (args, reason) => {
    const { code, stdout, stderr } = await bench(...args).ended
    expect(code).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toContain(reason)
  })
})

describe('the progress line', () => {
  const progress: LabProgress = {
    phase: 'measuring',
    step: 0,
    steps: 1,
    fraction: 0.424,
    remainingMs: 5800,
    sent: 10,
    replied: 10,
    timedOut: 0,
    failed: 0,
    p50Ns: 100e3,
    p90Ns: 120e3,
    p99Ns: 200e3,
    maxNs: 3e6,
    throughputPerSecond: 8810,
    live: null,
  }

  test('is updated in place on a terminal, and never wraps', () => {
    const written: string[] = []
    const line = new ProgressLine(
      true,
      () => 40,
      (text) => written.push(text),
    )
    line.show(progress)
    line.clear()
    expect(written).toEqual(
      ['\r\u001b[Kmeasuring  42 %  8,810 /s  p50 100 µs  ', '\r\u001b[K'].map((text) => text.slice(0, 43)),
    )
  })

  test('is a plain line per second and per phase elsewhere', () => {
    const written: string[] = []
    let now = 0
    const line = new ProgressLine(
      false,
      () => 80,
      (text) => written.push(text),
      () => now,
    )
    line.show({ ...progress, phase: 'connecting', p50Ns: null, remainingMs: null, fraction: 0 })
    line.show(progress)
    now = 900
    line.show(progress)
    now = 1000
    line.show({ ...progress, steps: 3, timedOut: 2, failed: 1 })
    expect(written).toEqual([
      'connecting  0 %\n',
      'measuring  42 %  8,810 /s  p50 100 µs  p99 200 µs  max 3.00 ms  5.8 s left\n',
      'measuring 1/3  42 %  8,810 /s  p50 100 µs  p99 200 µs  max 3.00 ms  2 timeouts  1 errors  5.8 s left\n',
    ])
  })
})

describe('a report', () => {
  const folder = () => mkdtempSync(join(tmpdir(), 'inspector-'))

  test('is one HTML page with the plots of the run, and of the one that it is compared with', async () => {
    const { endpoint } = await serverOf(program)
    const path = join(folder(), 'report.html')
    const { code, stdout } = await bench('--endpoint', endpoint, ...short, '--name', 'A & B', '--report', path).ended
    expect({ code, replies: /replies +200/.test(stdout) }).toEqual({ code: 0, replies: true })
    const html = readFileSync(path, 'utf8')
    expect(html).toContain('<title>A &amp; B</title>')
    expect(html).toContain('<svg')
    expect(html).not.toContain('<script')
  })

  test('never replaces a file unless that is asked for', async () => {
    const path = join(folder(), 'report.html')
    writeFileSync(path, 'precious')
    const args = ['--endpoint', await echoPeer(), '--count', '20', '--warmup', '0', '--report', path]
    expect(await bench(...args).ended).toMatchObject({
      code: 2,
      stdout: '',
      stderr: `zmq-inspector: ${path} is already there. Name another file, or add --overwrite to replace it.\n`,
    })
    expect(readFileSync(path, 'utf8')).toBe('precious')
    expect(await bench(...args, '--overwrite').ended).toMatchObject({ code: 0 })
    expect(readFileSync(path, 'utf8')).toContain('<svg')
  })

  test('that cannot be written is told before anything is measured', async () => {
    const path = join(folder(), 'missing', 'report.html')
    const args = ['--endpoint', 'tcp://127.0.0.1:1', '--report', path]
    expect(await bench(...args).ended).toMatchObject({
      code: 2,
      stdout: '',
      stderr: `zmq-inspector: ${path} cannot be written: the file or folder does not exist.\n`,
    })
  })

  test('is not measured for where a folder stands in its place', async () => {
    const path = folder()
    const args = ['--endpoint', 'tcp://127.0.0.1:1', '--report', path, '--overwrite']
    expect(await bench(...args).ended).toMatchObject({
      code: 2,
      stdout: '',
      stderr: `zmq-inspector: ${path} cannot be written: it is a folder, not a regular file.\n`,
    })
  })

  test('that cannot be written in the end does not cost the figures', async () => {
    const path = join(folder(), 'report.html')
    const { endpoint } = await serverOf(program)
    const running = bench('--endpoint', endpoint, '--duration', '1', '--warmup', '0', '--report', path)
    await running.until(/Measuring/)
    mkdirSync(path)
    const { code, stdout, stderr } = await running.ended
    expect(stdout).toMatch(/^ {2}p50 /m)
    expect(stderr).toContain(`${path} is already there.`)
    expect(code).toBe(1)
  })
})

test('two workers, a line each, and no name that reaches the terminal as it is', async () => {
  const { code, stdout } = await bench('--endpoint', await echoPeer(), '--concurrency', '2', '--workers', '2', ...short)
    .ended
  expect(code).toBe(0)
  expect(stdout).toContain('closed loop, 2 sockets, 12 B, 2 workers, ZMTP, 200 requests')
  expect(stdout).toMatch(/^ {2}worker 1.* 100 .*\n {2}worker 2.* 100 /m)
  expect(stdout).toMatch(/^ {2}by turn of the event loop: requests \d.* \(p99 \d+, max \d+\), replies /m)
  const lost = { name: '\u001b[2Jbob', environment: null, clock: null, lost: 'SIGKILL', parts: [] }
  const text = runText(runOf([stepOf([[100]])], { workers: [lost] }))
  expect(text).toContain('UNRELIABLE: ')
  expect(text).not.toContain('\u001b')
})
