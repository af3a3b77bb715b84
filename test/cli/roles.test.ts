import { connect } from 'node:net'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { Dealer, Request } from 'zeromq'
import { z } from 'zod'
import type { LabRun } from '../../src/shared/lab/result.ts'
import { parseRunJson } from '../../src/shared/lab/summary.ts'
import { commandLine } from '../support/built.ts'
import { disorder, outOfOrderServer } from '../support/out-of-order.ts'
import { RunningProgram, runNode } from '../support/running-program.ts'
import { echoPeer } from './support.ts'

// Starting processes takes a while on a busy machine.
vi.setConfig({ testTimeout: 40_000 })

const program = commandLine()
const bench = (...args: string[]) => runNode(program, 'bench', ...args)
const anyPort = 'tcp://127.0.0.1:*'

interface Led {
  readonly lead: RunningProgram
  /** Where workers find it. */
  readonly at: string
}

/** Starts a lead on a free port. */
async function leadOf(workers: number, ...args: string[]): Promise<Led> {
  const lead = bench('--role', 'lead', '--lead', anyPort, '--workers', String(workers), '--json', ...args)
  const [, at = ''] = await lead.untilComplains(/^Leading .* at (\S+):/m)
  return { lead, at: at.replace(/:$/, '') }
}

const worker = (at: string, name: string, ...args: string[]) =>
  bench('--role', 'worker', '--lead', at, '--name', name, ...args)

async function runOf({
  lead,
}: Led): Promise<{ readonly run: LabRun; readonly code: number | null; readonly stderr: string }> {
  const { stdout, stderr, code } = await lead.ended
  return { run: parseRunJson(stdout), code, stderr }
}

const closed = ['--concurrency', '2', '--warmup', '0']

describe('a lead and its workers', () => {
  test('make one load, whose figures are merged, with who took part', async () => {
    const led = await leadOf(2, '--endpoint', await echoPeer(), '--rate', '200', '--count', '101', '--warmup', '100ms')
    const workers = [worker(led.at, 'alice'), worker(led.at, 'bob')]
    const { run, code, stderr } = await runOf(led)
    expect(code).toBe(0)
    expect(run).toMatchObject({ outcome: 'finished', settings: { workers: 2, load: { ratePerSecond: 200 } } })
    expect(run.steps[0]?.counts).toMatchObject({ sent: 101, replied: 101 })
    expect(run.workers.map(({ name }) => name).sort()).toEqual(['alice', 'bob'])
    const replies = run.workers.map(({ parts: [part] }) => part?.result.counts.replied ?? 0)
    expect(replies.sort()).toEqual([50, 51])
    for (const { clock, environment, lost } of run.workers) {
      // All clocks are one here, so a comparison that is off would show as late sends.
      expect(clock?.uncertaintyNs).toBeGreaterThan(0)
      expect(environment?.versions).toHaveProperty('zmq-inspector')
      expect(lost).toBeNull()
    }
    expect(stderr).toMatch(/^Worker 2 of 2: (alice|bob) \(\w+ \w+, \d+ cores?, clock ± .+\)$/m)
    for (const each of workers) {
      const { code: end, stdout } = await each.ended
      expect(stdout).toMatch(/^Measuring .+ \(part [12] of 2\): open loop, 200 \/s/m)
      expect({ end, last: stdout.trimEnd().split('\n').at(-1) }).toEqual({ end: 0, last: 'The run has ended.' })
    }
  })

  test('number their requests where the lead says so, and what they saw is added up', async () => {
    const endpoint = await outOfOrderServer(onTestFinished)
    const several = ['--in-flight', '4', '--number-requests']
    const led = await leadOf(2, '--endpoint', endpoint, '--count', '200', ...several, ...closed)
    const workers = [worker(led.at, 'alice'), worker(led.at, 'bob')]
    const { run, code } = await runOf(led)
    expect(code).toBe(0)
    const seen = run.workers.map(({ parts: [part] }) => part?.result.numbered?.repeated ?? 0)
    expect(seen).toHaveLength(2)
    const repeated = seen.reduce((total, each) => total + each, 0)
    expect(run.steps[0]?.numbered?.repeated).toBe(repeated)
    // A worker that is first at its end does not wait for whatever comes again after its last reply.
    expect(repeated).toBeGreaterThanOrEqual(disorder.repeated - 2)
    for (const each of workers) expect((await each.ended).code).toBe(0)
  })

  test('a worker that is lost in mid-run is named, and the others go on', async () => {
    const endpoint = await echoPeer()
    const led = await leadOf(2, '--endpoint', endpoint, '--duration', '1200ms', '--size', '1,2,3', ...closed)
    const lost = worker(led.at, 'lost')
    const other = worker(led.at, 'other')
    await led.lead.untilComplains(/^measuring 2\/3/m)
    lost.kill('SIGKILL')
    const { run, code, stderr } = await runOf(led)
    expect(code).toBe(1)
    expect(stderr).toContain('lost was lost: ')
    expect(run).toMatchObject({
      outcome: 'failed',
      problem: { message: expect.stringMatching(/^Lost while measuring: lost \(/) },
    })
    const sockets = run.steps.map((step) => step.sockets)
    expect([sockets[0], sockets.length, sockets.at(-1)]).toEqual([2, 3, 1])
    expect(run.workers.map(({ name, lost: why }) => [name, why !== null]).sort()).toEqual([
      ['lost', true],
      ['other', false],
    ])
    expect((await other.ended).code).toBe(0)
  })

  test('a worker whose measuring process cannot reach the server ends the run, and is named', async () => {
    const led = await leadOf(1, '--endpoint', 'tcp://127.0.0.1:1', '--timeout', '1s', '--warmup', '0')
    worker(led.at, 'alice')
    const { run, code } = await runOf(led)
    expect(code).toBe(1)
    expect(run.problem?.message).toMatch(/^alice: /)
    expect(run.problem?.diagnosis).not.toBeNull()
  })

  test('Ctrl-C at the lead ends all, with what was measured; at a worker, the others go on', async () => {
    const led = await leadOf(2, '--endpoint', await echoPeer(), '--duration', '60s', ...closed)
    const workers = [worker(led.at, 'alice'), worker(led.at, 'bob')]
    await led.lead.untilComplains(/^measuring .* p50/m)
    workers[1]?.kill('SIGINT')
    await led.lead.untilComplains(/^bob was lost: it was interrupted\.$/m)
    expect(await workers[1]?.ended).toMatchObject({ code: 1, stderr: expect.stringContaining('Interrupted.') })
    led.lead.kill('SIGINT')
    const { run } = await runOf(led)
    expect(run.outcome).toBe('cancelled')
    expect(run.workers.map(({ name, lost }) => [name, lost]).sort()).toEqual([
      ['alice', null],
      ['bob', 'it was interrupted'],
    ])
    expect(run.steps[0]?.counts.replied).toBeGreaterThan(0)
    expect((await workers[0]?.ended)?.code).toBe(0)
  })

  test('a worker ends when its lead goes away', async () => {
    const led = await leadOf(2, '--endpoint', await echoPeer(), ...closed)
    const alone = worker(led.at, 'alice')
    await alone.until(/Taking part as alice/)
    led.lead.kill('SIGKILL')
    expect(await alone.ended).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`The lead at ${led.at} went away.`),
    })
  })

  test('who does not come in time is told, on both sides', async () => {
    const led = await leadOf(2, '--endpoint', await echoPeer(), ...closed, '--wait', '3s')
    const alone = worker(led.at, 'alice')
    expect(await led.lead.ended).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('2 workers must be there within 3.00 s, and only 1 came: alice.'),
    })
    const { code, stdout } = await alone.ended
    expect({ code, last: stdout.trimEnd().split('\n').at(-1) }).toEqual({
      code: 0,
      last: 'The run did not begin: not all workers came.',
    })
    const late = worker(led.at, 'late', '--wait', '300ms')
    expect(await late.ended).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`No lead came at ${led.at} within 300 ms.`),
    })
  })
})

const refusedSchema = z.object({ type: z.literal('refused'), reason: z.string() })

/** What a lead answers to these frames. */
async function answerTo(at: string, frames: string[]): Promise<string> {
  const socket = new Dealer({ linger: 0, receiveTimeout: 10_000 })
  onTestFinished(() => socket.close())
  socket.connect(at)
  await socket.send(frames)
  for (;;) {
    const [, body] = await socket.receive()
    const { success, data } = refusedSchema.safeParse(JSON.parse(body?.toString() ?? ''))
    if (success) return data.reason
  }
}

describe("at the lead's endpoint", () => {
  test('what is no message of a worker is refused with a reason, and the load is made all the same', async () => {
    const led = await leadOf(1, '--endpoint', await echoPeer(), '--count', '50', '--warmup', '0')
    const port = Number(/\d+$/.exec(led.at)?.[0])
    const raw = connect({ host: '127.0.0.1', port })
    onTestFinished(() => void raw.destroy())
    raw.on('error', () => undefined)
    raw.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
    const asking = new Request({ linger: 0 })
    onTestFinished(() => asking.close())
    asking.connect(led.at)
    await asking.send('hello')
    expect(await answerTo(led.at, ['zmq-inspector-lab/9', '{}'])).toBe(
      'The lead refused this worker: it speaks version 9, not 1.',
    )
    expect(await answerTo(led.at, ['zmq-inspector-lab/1', '{"type":"hello","name":""}'])).toContain(
      'it sent a message that cannot be read: ',
    )
    expect(await answerTo(led.at, ['zmq-inspector-lab/1', '{"type":"gate","gate":0}'])).toContain(
      'it is not among the workers of this load',
    )
    worker(led.at, 'alice')
    const { run, code, stderr } = await runOf(led)
    expect({ code, replied: run.steps[0]?.counts.replied }).toEqual({ code: 0, replied: 50 })
    expect(stderr).toContain('A peer was refused: it speaks something else.')
  })

  test('one worker too many is refused, and so is one that measures in another way', async () => {
    const led = await leadOf(2, '--endpoint', await echoPeer(), '--count', '50', ...closed)
    const first = worker(led.at, 'same')
    await first.until(/Taking part as same/)
    const args = ['bench', '--role', 'worker', '--lead', led.at, '--name', 'other', '--plain-user', 'alice']
    const other = new RunningProgram(process.execPath, [program, ...args], { ZMQ_PLAIN_PASSWORD: 'secret' })
    expect(await other.ended).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('it measures with PLAIN, and same with NULL'),
    })
    const second = worker(led.at, 'same')
    const { run } = await runOf(led)
    expect(run.workers.map(({ name }) => name).sort()).toEqual(['same', 'same (2)'])
    expect([(await first.ended).code, (await second.ended).code]).toEqual([0, 0])
  })
})

describe('wrong usage', () => {
  test.each([
    [['--role', 'worker', '--rate', '5'], 'The lead says what to measure: leave --rate out with --role worker.'],
    [['--role', 'worker', 'hello'], 'leave the message out'],
    [
      ['--role', 'lead', '--plain-user', 'x'],
      'Secrets do not travel: give --plain-user to each worker, not to the lead.',
    ],
    [['--role', 'lead', '--versus', 'libzmq'], 'cannot be used with'],
    [['--lead', 'tcp://127.0.0.1:1'], '--lead and --wait need --role lead or --role worker.'],
    [['--role', 'lead', '--lead', 'inproc://x'], 'inproc:// works only within one process'],
    [['--workers', '3', '--concurrency', '2'], '3 workers need at least 3 sockets'],
    [['--workers', '65'], 'Write a whole number from 1 to 64.'],
    [['--start-at', 'noon'], 'Write a time such as 14:30:00'],
    [['--start-at', '2000-01-01T00:00:00Z'], 'within the next 24 hours'],
  ])('%j', async (args, why) => {
    expect(await bench(...args).ended).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(why) })
  })
})

test('two runs that begin at one time of the clock begin together', async () => {
  const endpoint = await echoPeer()
  const at = new Date(Date.now() + 2500).toISOString()
  const runs = await Promise.all(
    [1, 2].map(async () => {
      const { stdout, code } = await bench(
        '--endpoint',
        endpoint,
        '--count',
        '20',
        '--warmup',
        '0',
        '--start-at',
        at,
        '--json',
      ).ended
      expect(code).toBe(0)
      return parseRunJson(stdout)
    }),
  )
  for (const { steps, workers } of runs) {
    expect(workers).toEqual([])
    expect(steps[0]?.startedAt).toBeGreaterThanOrEqual(Date.parse(at) - 60)
    expect(steps[0]?.counts.replied).toBe(20)
  }
})
