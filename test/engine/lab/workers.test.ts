import { pathToFileURL } from 'node:url'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { Pull, Router } from 'zeromq'
import { forkLab } from '../../../src/cli/lab-child.ts'
import { LabJob } from '../../../src/engine/lab/lab.ts'
import type { LabChild } from '../../../src/engine/lab/protocol.ts'
import type { LabSettings } from '../../../src/shared/lab/plan.ts'
import type { LabProgress } from '../../../src/shared/lab/progress.ts'
import type { LabRun } from '../../../src/shared/lab/result.ts'
import { workerFindings, workerRows } from '../../../src/shared/lab/worker-findings.ts'
import { defaultSocketOptions } from '../../../src/shared/zmq/options.ts'
import { builtModule } from '../../support/built.ts'
import { bytes } from '../../support/bytes.ts'
import { labSettings } from '../../support/lab.ts'

// Starting processes takes a while on a busy machine.
vi.setConfig({ testTimeout: 30_000 })

interface Server {
  readonly endpoint: string
  /** Routing ids, in the order in which they were first seen. */
  readonly peers: ReadonlySet<string>
  release(): void
}

/** `held`: messages of so many bytes are answered when `release` is called. */
async function echo(held?: number): Promise<Server> {
  const socket = new Router({ linger: 0 })
  onTestFinished(() => socket.close())
  await socket.bind('tcp://127.0.0.1:*')
  const peers = new Set<string>()
  let release = (): void => undefined
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  const loop = async () => {
    for (;;) {
      const message = await socket.receive()
      peers.add(message[0]?.toString('latin1') ?? '')
      if (message.at(-1)?.length === held) void released.then(() => socket.send(message))
      else await socket.send(message)
    }
  }
  // It ends when its socket is closed.
  loop().catch(() => undefined)
  return { endpoint: socket.lastEndpoint ?? '', peers, release }
}

function start(settings: Partial<LabSettings>) {
  const children: LabChild[] = []
  const watchers = new Set<(progress: LabProgress) => void>()
  const host = {
    fork() {
      const child = forkLab(pathToFileURL(builtModule('lab-process')))
      children.push(child)
      return child
    },
    versions: { tests: '1' },
    progress: (progress: LabProgress) => {
      for (const watch of [...watchers]) watch(progress)
    },
  }
  const plan = { settings: { ...labSettings, workers: 2, ...settings }, frames: [bytes('Hello')], encodeNs: null }
  const job = new LabJob(host, plan, 'a run')
  onTestFinished(() => void job.cancel())
  const until = (has: (progress: LabProgress) => boolean) =>
    new Promise<LabProgress>((resolve) => {
      watchers.add((progress) => {
        if (has(progress)) resolve(progress)
      })
    })
  return { job, children, until }
}

const run = (settings: Partial<LabSettings>): Promise<LabRun> => start(settings).job.result

function only({ steps: [step], problem }: LabRun) {
  return step ?? expect.unreachable(`nothing was measured: ${JSON.stringify(problem)}`)
}

describe('two workers', () => {
  test.each(['zmtp', 'libzmq'] as const)('divide the sockets and requests of a closed loop (%s)', async (client) => {
    const { endpoint, peers } = await echo()
    const options = { ...defaultSocketOptions, routingId: client === 'zmtp' ? 'lab' : '' }
    const result = await run({
      endpoint,
      client,
      options,
      load: { model: 'closed', concurrency: 3 },
      length: { by: 'count', requests: 300 },
    })
    const step = only(result)
    expect(result).toMatchObject({ outcome: 'finished', problem: null })
    expect(step.counts).toEqual({ sent: 300, replied: 300, timedOut: 0, failed: 0, unsent: 0, unfinished: 0 })
    expect(step).toMatchObject({ sockets: 3, load: { model: 'closed', concurrency: 3 } })
    expect(step.latency.count).toBe(300)
    expect(step.slots.reduce((total, { latency }) => total + latency.count, 0)).toBe(300)
    expect(result.workers.map(({ name, clock, lost }) => ({ name, clock, lost }))).toEqual([
      { name: 'worker 1', clock: null, lost: null },
      { name: 'worker 2', clock: null, lost: null },
    ])
    expect(workerRows(result, step).map(({ done }) => done)).toEqual([200, 100])
    expect(result.environment.versions).toMatchObject({ tests: '1', libzmq: expect.stringMatching(/^4\./) })
    // Two sockets of one name would be one to the server.
    expect(peers.size).toBe(3)
    if (client === 'zmtp') expect([...peers].sort()).toEqual(['lab-1', 'lab-2', 'lab-3'])
  })

  test('send the requests of an open loop in turn, and begin together', async () => {
    const { endpoint } = await echo()
    const result = await run({
      endpoint,
      load: { model: 'open', ratePerSecond: 200 },
      length: { by: 'count', requests: 101 },
      warmUpMs: 100,
    })
    const step = only(result)
    expect(step.counts).toMatchObject({ sent: 101, replied: 101, unsent: 0 })
    expect(workerRows(result, step).map(({ done }) => done)).toEqual([51, 50])
    // From the first due request to the reply of the last one: both began at the same moment.
    expect(step.elapsedNs).toBeGreaterThan(490e6)
    const [one, two] = result.workers.map(({ parts: [part] }) => part?.result.elapsedNs ?? 0)
    expect(Math.abs((one ?? 0) - (two ?? 0))).toBeLessThan(400e6)
    expect(step.lateness?.count).toBe(101)
  })

  test('make a sweep together, where one of them has no socket in some steps', async () => {
    const { endpoint } = await echo()
    const result = await run({
      endpoint,
      load: { model: 'closed', concurrency: 1 },
      sweep: { over: 'sockets', sockets: [1, 2, 1] },
      length: { by: 'count', requests: 20 },
    })
    expect(result.steps.map(({ at, sockets, counts }) => [at, sockets, counts.replied])).toEqual([
      [1, 1, 20],
      [2, 2, 20],
      [1, 1, 20],
    ])
    expect(result.workers.map(({ parts }) => parts.map(({ step }) => step))).toEqual([[0, 1, 2], [1]])
  })

  test('end together when the run is cancelled, with what both measured', async () => {
    const { endpoint } = await echo()
    const { job, until } = start({
      endpoint,
      load: { model: 'closed', concurrency: 2 },
      length: { by: 'duration', milliseconds: 60_000 },
    })
    const progress = await until(({ phase, live }) => phase === 'measuring' && (live?.latency.count ?? 0) > 0)
    expect(progress.p50Ns).toBeGreaterThan(0)
    job.cancel()
    const result = await job.result
    expect(result).toMatchObject({ outcome: 'cancelled', problem: null })
    expect(result.workers.every(({ parts, lost }) => parts.length === 1 && lost === null)).toBe(true)
    expect(only(result).counts.replied).toBeGreaterThan(0)
  })

  test('a worker that crashes is named, and what the other one measures is kept', async () => {
    const { endpoint, release } = await echo(2)
    const { job, children, until } = start({
      endpoint,
      load: { model: 'closed', concurrency: 2 },
      length: { by: 'count', requests: 2 },
      timeoutMs: 20_000,
      sweep: { over: 'size', sizes: [1, 2] },
    })
    await until(({ step, phase }) => step === 1 && phase === 'measuring')
    children[1]?.kill()
    release()
    const result = await job.result
    expect(result).toMatchObject({
      outcome: 'failed',
      problem: { message: 'Lost while measuring: worker 2 (SIGKILL). What the others measured is kept.' },
      workers: [{ lost: null }, { lost: 'SIGKILL' }],
    })
    expect(result.steps.map(({ sockets }) => sockets)).toEqual([2, 1])
    expect(workerFindings(result)).toContainEqual(
      expect.objectContaining({ kind: 'lost', name: 'worker 2', what: 'It was lost: SIGKILL.' }),
    )
  })

  test('a server that cannot be reached ends the run of all, with one diagnosis', async () => {
    const result = await run({ endpoint: 'tcp://127.0.0.1:1', load: { model: 'closed', concurrency: 2 } })
    expect(result).toMatchObject({ outcome: 'failed', steps: [], problem: { diagnosis: expect.any(String) } })
    expect(result.problem?.message).not.toContain('worker')
  })
})

test('a run of one worker tells of none', async () => {
  const { endpoint } = await echo()
  expect((await run({ endpoint, workers: 1 })).workers).toEqual([])
})

describe('a PUSH flood of two workers', () => {
  test.each([
    ['zmtp', 1000],
    ['zmtp', undefined],
    ['libzmq', 1000],
  ] as const)('is divided, and added up: %s at %s/s', async (client, ratePerSecond) => {
    const socket = new Pull({ linger: 0 })
    onTestFinished(() => socket.close())
    await socket.bind('tcp://127.0.0.1:*')
    const received = async () => {
      for (let count = 0; count < 301; count += 1) await socket.receive()
    }
    const all = received()
    const result = await run({
      endpoint: socket.lastEndpoint ?? '',
      client,
      load: { model: 'flood', concurrency: 3, ratePerSecond },
      length: { by: 'count', requests: 301 },
    })
    await all
    const step = only(result)
    expect(step).toMatchObject({
      load: { model: 'flood', concurrency: 3 },
      sockets: 3,
      turns: null,
    })
    expect(step.counts).toMatchObject({ sent: 301, replied: 0, failed: 0, timedOut: 0, unsent: 0 })
    expect(step.flood).toMatchObject({ accepted: 301, confirmed: client === 'zmtp' ? 301 : null })
    expect(step.slots.reduce((total, { accepted }) => total + (accepted ?? 0), 0)).toBe(301)
    expect(workerRows(result, step).map(({ done }) => done)).toEqual([200, 101])
  })
})
