import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { Push } from 'zeromq'
import { defaultSocketOptions } from '../../../src/shared/zmq/options.ts'
import { makeRun, onlyStep } from '../../support/lab-job.ts'

// Starting processes takes a while on a busy machine.
vi.setConfig({ testTimeout: 30_000 })

const free = 'tcp://127.0.0.1:*'
const pushPull = { model: 'one-way', pattern: 'push-pull', size: 64 } as const
const pubSub = { ...pushPull, pattern: 'pub-sub' } as const

describe('every message of a stream is found', () => {
  test.each(['zmtp', 'libzmq'] as const)('from PUSH with %s to PULL', async (client) => {
    const step = onlyStep(
      await makeRun({
        endpoint: free,
        client,
        load: pushPull,
        length: { by: 'count', requests: 20_000 },
        warmUpMs: 50,
      }),
    )
    expect(step.oneWay).toEqual({ delivered: 20_000, lost: 0, reordered: 0, repeated: 0 })
    expect(step.counts).toMatchObject({ sent: 20_000, replied: 0, timedOut: 0, failed: 0, unsent: 0, unfinished: 0 })
    expect(step.latency.count).toBe(20_000)
    expect(step.slots.reduce((sum, { latency }) => sum + latency.count, 0)).toBe(20_000)
    // Both ends have one clock.
    expect(step.latency.minNs).toBeGreaterThan(0)
    expect(step).toMatchObject({ messageBytes: 64, service: null, lateness: null, flood: null })
  })

  test('at a rate, from when it was due and from when it was sent', async () => {
    const load = { ...pushPull, ratePerSecond: 2000 }
    const step = onlyStep(
      await makeRun({ endpoint: free, load, length: { by: 'duration', milliseconds: 500 }, warmUpMs: 100 }),
    )
    expect(step.oneWay).toEqual({ delivered: 1000, lost: 0, reordered: 0, repeated: 0 })
    expect(step.service?.count).toBe(1000)
    expect(step.lateness?.count).toBe(1000)
    // Each takes what it was late longer from when it was due.
    const late = (step.latency.meanNs ?? 0) - (step.service?.meanNs ?? 0)
    expect(Math.abs(late - (step.lateness?.meanNs ?? 0))).toBeLessThan(10)
  })

  test.skipIf(process.platform !== 'linux').each(['tcp://*:*', 'tcp://lo:*'])(
    'over %s, whoever speaks (Linux)',
    async (endpoint) => {
      for (const client of ['zmtp', 'libzmq'] as const) {
        const run = await makeRun({ endpoint, client, load: pushPull, length: { by: 'count', requests: 10 } })
        expect(onlyStep(run).oneWay?.delivered).toBe(10)
      }
    },
  )

  test('from PUB to SUB over ipc, from the first on', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'one-way-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const endpoint = `ipc://${folder}/socket`
    const load = { ...pubSub, ratePerSecond: 2000 }
    const step = onlyStep(await makeRun({ endpoint, client: 'libzmq', load, length: { by: 'count', requests: 1000 } }))
    expect(step.oneWay).toEqual({ delivered: 1000, lost: 0, reordered: 0, repeated: 0 })
  })
})

test('what a PUB drops because its queue is full is lost, and counted', async () => {
  const options = { ...defaultSocketOptions, sendHighWaterMark: 1, receiveHighWaterMark: 1 }
  const load = { ...pubSub, size: 100_000 }
  const { counts, oneWay } = onlyStep(
    await makeRun({ endpoint: free, client: 'libzmq', options, load, length: { by: 'duration', milliseconds: 500 } }),
  )
  expect(oneWay?.lost).toBeGreaterThan(0)
  expect((oneWay?.lost ?? 0) + (oneWay?.delivered ?? 0)).toBe(counts.sent)
})

test('a sweep over sizes sends each of them', async () => {
  const sweep = { over: 'size', sizes: [16, 1024] } as const
  const { steps } = await makeRun({
    endpoint: free,
    load: pushPull,
    length: { by: 'count', requests: 500 },
    sweep: { ...sweep, sizes: [...sweep.sizes] },
  })
  expect(steps.map(({ at, messageBytes, load, oneWay }) => [at, messageBytes, load, oneWay?.delivered])).toEqual(
    [16, 1024].map((size) => [size, size, { ...pushPull, size }, 500]),
  )
})

test('messages that somebody else sends there are told, and not counted', async () => {
  const port = await new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
  const endpoint = `tcp://127.0.0.1:${port}`
  const stranger = new Push({ linger: 0, reconnectInterval: 10 })
  onTestFinished(() => stranger.close())
  stranger.connect(endpoint)
  const load = { ...pushPull, ratePerSecond: 1000 }
  let isSent = false
  const run = await makeRun({ endpoint, load, length: { by: 'duration', milliseconds: 1500 } }, [], ({ replied }) => {
    if (replied === 0 || isSent) return
    isSent = true
    void stranger.send(Buffer.alloc(64))
  })
  const { counts, oneWay, errors } = onlyStep(run)
  expect(oneWay).toMatchObject({ delivered: 1500, lost: 0 })
  expect(counts.failed).toBe(1)
  expect(errors).toMatchObject([{ count: 1, message: expect.stringContaining('none of this run') }])
})

test('a cancelled stream tells what came, and loses nothing', async () => {
  const run = await makeRun(
    { endpoint: free, load: { ...pushPull, ratePerSecond: 1000 }, length: { by: 'duration', milliseconds: 60_000 } },
    [],
    ({ replied }, job) => {
      if (replied > 0) job().cancel()
    },
  )
  expect(run.outcome).toBe('cancelled')
  expect(onlyStep(run).oneWay).toMatchObject({ lost: 0, reordered: 0, repeated: 0 })
})

describe('a stream that cannot begin says why', () => {
  test('where the address is in use', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    onTestFinished(() => void server.close())
    await new Promise((resolve) => server.once('listening', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const run = await makeRun({ endpoint: `tcp://127.0.0.1:${port}`, load: pushPull })
    expect(run).toMatchObject({ outcome: 'failed', problem: { code: 'address-in-use' }, steps: [] })
  })

  test('where a file is at the path, which stays', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'one-way-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const path = join(folder, 'file')
    writeFileSync(path, 'content')
    const run = await makeRun({ endpoint: `ipc://${path}`, load: pushPull })
    expect(run.outcome).toBe('failed')
    expect(existsSync(path)).toBe(true)
  })
})

describe('where no receiver can bind, a stream says why, whoever speaks', () => {
  test.each([
    ['ipc:///no/such/folder/socket', 'There is no such folder or file.'],
    ['tcp://no-such-interface:5', 'This machine has no such network interface.'],
    ['tcp://192.0.2.1:5', 'This machine has no such address.'],
  ])('%s', async (endpoint, message) => {
    for (const client of ['zmtp', 'libzmq'] as const) {
      const { outcome, problem } = await makeRun({ endpoint, client, load: pushPull })
      expect({ client, outcome, problem }).toMatchObject({ client, outcome: 'failed', problem: { message } })
    }
  })
})
