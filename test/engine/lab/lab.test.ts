import { pathToFileURL } from 'node:url'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { Publisher, Router } from 'zeromq'
import { forkLab } from '../../../src/cli/lab-child.ts'
import { calibrate } from '../../../src/engine/lab/calibrate.ts'
import { LabJob } from '../../../src/engine/lab/lab.ts'
import type { LabChild } from '../../../src/engine/lab/protocol.ts'
import { calibrationFigures } from '../../../src/shared/lab/calibration.ts'
import { labClients, onlyZmtp } from '../../../src/shared/lab/client.ts'
import { shareUpTo } from '../../../src/shared/lab/distribution.ts'
import type { LabSettings } from '../../../src/shared/lab/plan.ts'
import type { LabProgress } from '../../../src/shared/lab/progress.ts'
import type { LabRun } from '../../../src/shared/lab/result.ts'
import { builtModule } from '../../support/built.ts'
import { bytes } from '../../support/bytes.ts'
import { labSettings } from '../../support/lab.ts'

// Starting processes takes a while on a busy machine.
vi.setConfig({ testTimeout: 30_000 })

const fork = (): LabChild => forkLab(pathToFileURL(builtModule('lab-process')))

/** A server that sends each reply when `answer` resolves. Returns its endpoint. */
async function serve(answer: (number: number) => Promise<void> | undefined): Promise<string> {
  const socket = new Router({ linger: 0 })
  onTestFinished(() => socket.close())
  await socket.bind('tcp://127.0.0.1:*')
  const loop = async () => {
    for (let number = 0; ; number += 1) {
      const message = await socket.receive()
      const wait = answer(number)
      if (wait) void wait.then(() => socket.send(message))
      else await socket.send(message)
    }
  }
  // It ends when its socket is closed.
  loop().catch(() => undefined)
  return socket.lastEndpoint ?? ''
}

const later = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))
const echo = () => serve(() => undefined)

interface Job {
  readonly job: LabJob
  readonly child: LabChild
  /** Resolves with the first progress that satisfies `has`. */
  until(has: (progress: LabProgress) => boolean): Promise<LabProgress>
}

function start(settings: Partial<LabSettings>, frames = [bytes('Hello'), bytes('')]): Job {
  const watchers = new Set<(progress: LabProgress) => void>()
  const children: LabChild[] = []
  const host = {
    fork() {
      const child = fork()
      children.push(child)
      return child
    },
    versions: { tests: '1' },
    progress(progress: LabProgress) {
      for (const watch of [...watchers]) watch(progress)
    },
  }
  const job = new LabJob(host, { settings: { ...labSettings, ...settings }, frames, encodeNs: 1000 }, 'a run')
  onTestFinished(() => void job.cancel())
  const [child] = children
  if (!child) throw new Error('No process was started.')
  return {
    job,
    child,
    until: (has) =>
      new Promise((resolve) => {
        watchers.add((progress) => {
          if (has(progress)) resolve(progress)
        })
      }),
  }
}

const run = (settings: Partial<LabSettings>): Promise<LabRun> => start(settings).job.result

function only(result: LabRun) {
  const [step] = result.steps
  if (!step) throw new Error(`nothing was measured: ${JSON.stringify(result.problem)}`)
  return step
}

describe('a closed loop', () => {
  test('makes the requested number of requests over the requested number of sockets', async () => {
    const result = await run({
      endpoint: await echo(),
      load: { model: 'closed', concurrency: 4 },
      length: { by: 'count', requests: 200 },
    })
    const step = only(result)
    expect(result).toMatchObject({ outcome: 'finished', problem: null, message: { frames: [5, 0], encodeNs: 1000 } })
    expect(step.counts).toEqual({ sent: 200, replied: 200, timedOut: 0, failed: 0, unsent: 0, unfinished: 0 })
    expect(step).toMatchObject({ sockets: 4, messageBytes: 5, service: null, lateness: null, reconnects: 0 })
    expect(step.latency.count).toBe(200)
    expect(step.connect.count).toBe(4)
    expect(step.slots.reduce((total, { latency }) => total + latency.count, 0)).toBe(200)
    expect(step.latency.minNs).toBeGreaterThan(5000)
    expect(result.environment.versions).toMatchObject({ tests: '1', libzmq: expect.stringMatching(/^4\./) })
  })

  test('excludes the warm-up and lasts the requested time', async () => {
    const seen: number[] = []
    const endpoint = await serve((number) => void seen.push(number))
    const step = only(await run({ endpoint, length: { by: 'duration', milliseconds: 500 }, warmUpMs: 300 }))
    expect(seen.length).toBeGreaterThan(step.counts.sent)
    expect(step.elapsedNs).toBeGreaterThan(450e6)
    expect(step.elapsedNs).toBeLessThan(3000e6)
  })

  test("measures the server's time", async () => {
    const endpoint = await serve(() => later(20))
    const { latency } = only(await run({ endpoint, length: { by: 'count', requests: 20 } }))
    // A 20 ms timer may fire 1 ms early.
    expect(latency.minNs).toBeGreaterThan(18.5e6)
    expect(latency.count).toBe(20)
  })

  test('counts timeouts, and continues with a new socket', async () => {
    const endpoint = await serve((number) => (number % 5 === 4 ? new Promise<void>(() => undefined) : undefined))
    const step = only(await run({ endpoint, length: { by: 'count', requests: 25 }, timeoutMs: 100 }))
    expect(step.counts).toMatchObject({ sent: 25, replied: 20, timedOut: 5, failed: 0 })
    expect(step.reconnects).toBe(5)
    expect(step.slots.reduce((total, { timedOut }) => total + timedOut, 0)).toBe(5)
  })

  test('sweeps over sizes, one step each', async () => {
    const result = await run({
      endpoint: await echo(),
      length: { by: 'count', requests: 10 },
      sweep: { over: 'size', sizes: [16, 65_536] },
    })
    expect(result.steps.map(({ at, messageBytes, counts }) => [at, messageBytes, counts.replied])).toEqual([
      [16, 16, 10],
      [65_536, 65_536, 10],
    ])
  })

  test('keeps so many requests in flight, and goes on with a new socket when one is lost', async () => {
    const endpoint = await serve((number) => (number === 100 ? new Promise<void>(() => undefined) : undefined))
    const load = { model: 'closed', concurrency: 2, inFlight: 8 } as const
    const settings = { endpoint, load, client: 'zmtp', timeoutMs: 500 } as const
    const step = only(await run({ ...settings, length: { by: 'count', requests: 1000 } }))
    expect(step.counts).toMatchObject({ sent: 1000, unfinished: 0 })
    // The ROUTER answers all but one, but without the one the others cannot be told apart.
    expect(step.counts.timedOut).toBe(1)
    expect(step.counts.failed).toBeLessThanOrEqual(7)
    expect(step.counts.replied).toBe(1000 - 1 - step.counts.failed)
    expect([step.sockets, step.reconnects]).toEqual([2, 1])
  })

  test('with requests in flight and libzmq, says that only ZMTP measures them', async () => {
    const load = { model: 'closed', concurrency: 1, inFlight: 2 } as const
    const result = await run({ endpoint: await echo(), load, client: 'libzmq', length: { by: 'count', requests: 10 } })
    expect(result).toMatchObject({ outcome: 'failed', problem: { message: onlyZmtp }, steps: [] })
  })

  test('sweeps over numbers of sockets, up to the most', async () => {
    const sockets = [3, 1, 1024]
    const result = await run({
      endpoint: await echo(),
      client: 'zmtp',
      length: { by: 'count', requests: 2000 },
      // Also for connecting, of all at once on a busy machine.
      timeoutMs: 10_000,
      sweep: { over: 'sockets', sockets },
    })
    expect(result.problem).toBe(null)
    expect(result.steps.map(({ at, sockets, counts }) => [at, sockets, counts.replied])).toEqual(
      sockets.map((count) => [count, count, 2000]),
    )
  })
})

test.each([
  ['closed', { model: 'closed', concurrency: 4 }],
  ['open', { model: 'open', ratePerSecond: 500 }],
] as const)('the client of ZMTP makes a load of the %s loop, and renews what times out', async (_, load) => {
  const endpoint = await serve((number) => (number === 50 ? new Promise<void>(() => undefined) : undefined))
  const result = await run({ endpoint, load, client: 'zmtp', length: { by: 'count', requests: 200 }, timeoutMs: 500 })
  const step = only(result)
  expect(result.settings.client).toBe('zmtp')
  expect(step.counts).toMatchObject({ sent: 200, replied: 199, timedOut: 1, failed: 0 })
  expect(step.reconnects).toBe(1)
})

describe('an open loop', () => {
  test('sends at its rate, and times from when requests were due', async () => {
    const step = only(
      await run({
        endpoint: await echo(),
        load: { model: 'open', ratePerSecond: 200 },
        length: { by: 'duration', milliseconds: 1000 },
        warmUpMs: 100,
      }),
    )
    expect(step.counts).toMatchObject({ sent: 200, replied: 200, timedOut: 0, unsent: 0 })
    expect(step.lateness?.count).toBe(200)
    expect(step.service?.count).toBe(200)
    expect(step.latency.meanNs ?? 0).toBeCloseTo((step.service?.meanNs ?? 0) + (step.lateness?.meanNs ?? 0), -1)
    expect(step.elapsedNs).toBeGreaterThan(950e6)
  })

  test('a stall counts for every request that would have waited', async () => {
    let stall: Promise<void> | undefined
    const endpoint = await serve((number) => {
      // For half a second, no request is answered.
      if (number === 50) stall = later(500)
      return stall
    })
    const { latency } = only(
      await run({ endpoint, load: { model: 'open', ratePerSecond: 200 }, length: { by: 'count', requests: 300 } }),
    )
    // At 200 per second, a hundred requests were due in it, evenly spaced: 60 of them waited at least 200 ms.
    const slow = (latency.count * (100 - shareUpTo(latency, 200e6))) / 100
    expect(latency.count).toBe(300)
    expect(slow).toBeGreaterThan(45)
  })

  test('opens as many sockets as a slow server needs', async () => {
    const endpoint = await serve(() => later(150))
    const step = only(
      await run({ endpoint, load: { model: 'open', ratePerSecond: 200 }, length: { by: 'count', requests: 150 } }),
    )
    expect(step.counts.replied).toBe(150)
    expect(step.sockets).toBeGreaterThan(25)
  })

  test('drops requests overdue by the whole timeout', async () => {
    const endpoint = await serve(() => new Promise<void>(() => undefined))
    const step = only(
      await run({
        endpoint,
        load: { model: 'open', ratePerSecond: 2000 },
        length: { by: 'count', requests: 1000 },
        timeoutMs: 200,
      }),
    )
    const { sent, timedOut, unsent, replied } = step.counts
    expect(replied).toBe(0)
    expect(timedOut).toBe(sent)
    expect(sent + unsent).toBe(1000)
    expect(unsent).toBeGreaterThan(0)
  })
})

describe('the end of a run', () => {
  test('without a server: no step, and the diagnosis', async () => {
    const result = await run({ endpoint: 'tcp://127.0.0.1:9', timeoutMs: 500 })
    expect(result).toMatchObject({
      outcome: 'failed',
      steps: [],
      problem: { code: 'unreachable', diagnosis: 'nobody-listening' },
    })
  })

  test('a server that is not a REP socket', async () => {
    const publisher = new Publisher({ linger: 0 })
    onTestFinished(() => publisher.close())
    await publisher.bind('tcp://127.0.0.1:*')
    const result = await run({ endpoint: publisher.lastEndpoint ?? '' })
    expect(result).toMatchObject({ outcome: 'failed', problem: { code: 'peer-rejected' } })
  })

  test.each([{ model: 'closed', concurrency: 3 } as const, { model: 'open', ratePerSecond: 100 } as const])(
    'a cancelled run keeps what was measured: $model',
    async (load) => {
      const { job, until } = start({
        endpoint: await echo(),
        load,
        length: { by: 'duration', milliseconds: 60_000 },
      })
      const progress = await until(({ replied }) => replied >= 10)
      expect(progress).toMatchObject({ phase: 'measuring', steps: 1, failed: 0 })
      expect(progress.p50Ns).toBeGreaterThan(0)
      expect(progress.remainingMs).toBeGreaterThan(50_000)
      const { live } = await until((each) => (each.live?.slots.length ?? 0) > 1)
      expect(live?.latency.count).toBeGreaterThan(0)
      expect(live?.slots.length).toBeLessThanOrEqual(101)
      job.cancel()
      const result = await job.result
      expect(result.outcome).toBe('cancelled')
      const { sent, replied, unfinished, timedOut, failed } = only(result).counts
      expect(replied).toBeGreaterThanOrEqual(10)
      expect(sent).toBe(replied + unfinished + timedOut + failed)
    },
  )

  test('cancelled during an unanswered handshake', async () => {
    const { job, until } = start({ endpoint: 'tcp://127.0.0.1:9', timeoutMs: 60_000 })
    await until(({ phase }) => phase === 'connecting')
    job.cancel()
    expect(await job.result).toMatchObject({ outcome: 'cancelled', steps: [] })
  })

  test('cancelled before the process started', async () => {
    const { job } = start({ endpoint: 'tcp://127.0.0.1:9', timeoutMs: 60_000 })
    job.cancel()
    expect(await job.result).toMatchObject({ outcome: 'cancelled', steps: [] })
  })

  test('a crash of the measuring process is reported, and finished steps are kept', async () => {
    const { job, child, until } = start({
      endpoint: await echo(),
      length: { by: 'duration', milliseconds: 300 },
      sweep: { over: 'size', sizes: [16, 64, 256, 1024, 4096, 16_384] },
    })
    await until(({ step }) => step === 1)
    child.kill()
    const result = await job.result
    expect(result.outcome).toBe('failed')
    expect(result.problem?.message).toContain('ended unexpectedly (SIGKILL). Finished steps are kept.')
    expect(result.steps[0]?.counts.replied).toBeGreaterThan(0)
  })

  test('a server that disappears during a run ends it with what was measured', async () => {
    const socket = new Router({ linger: 0 })
    await socket.bind('tcp://127.0.0.1:*')
    const endpoint = socket.lastEndpoint ?? ''
    const loop = async () => {
      for (;;) await socket.send(await socket.receive())
    }
    loop().catch(() => undefined)
    const { job, until } = start({ endpoint, length: { by: 'duration', milliseconds: 2000 }, timeoutMs: 200 })
    await until(({ replied }) => replied >= 10)
    socket.close()
    const { counts, errors } = only(await job.result)
    // A request whose connection broke is lost at once: it does not wait for its time limit.
    expect(counts).toMatchObject({ timedOut: 0 })
    expect(counts.failed).toBeGreaterThan(0)
    expect(errors.map(({ message }) => message)).toContain('Nobody is listening there.')
  })
})

test('calibration measures over inproc and against its own echo', async () => {
  const seen: number[] = []
  const host = { fork, versions: {}, progress: ({ fraction }: LabProgress) => void seen.push(fraction) }
  const calibration = await calibrate(host, [bytes('Hello')], () => undefined)
  const figures = calibrationFigures(calibration)
  expect(figures?.messageBytes).toBe(5)
  expect(calibration.inproc.settings).toMatchObject({ endpoint: 'inproc://calibration', client: 'libzmq' })
  for (const client of labClients) {
    // Which is greater is not judged: that is so on a quiet machine alone.
    expect(figures?.ownNs[client]).toBeGreaterThan(0)
    expect(figures?.loopbackNs[client]).toBeGreaterThan(1000)
    const { settings } = calibration.loopback[client]
    expect(settings).toMatchObject({ endpoint: expect.stringMatching(/^tcp:\/\/127\.0\.0\.1:\d+$/), client })
  }
  expect([...seen].sort((one, other) => one - other)).toEqual(seen)
})
