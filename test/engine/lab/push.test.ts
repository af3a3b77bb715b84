import { once } from 'node:events'
import type { Socket } from 'node:net'
import { pathToFileURL } from 'node:url'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { Publisher, Pull } from 'zeromq'
import { monotonicNanoseconds } from '../../../src/engine/clock.ts'
import { Flow } from '../../../src/engine/lab/flow.ts'
import { LibzmqSender } from '../../../src/engine/lab/libzmq-sender.ts'
import type { MessageSocket, MessageSocketPlan } from '../../../src/engine/lab/message-socket.ts'
import { Metronome } from '../../../src/engine/lab/metronome.ts'
import { MessageBatch, messagesPerBatch } from '../../../src/engine/lab/wire/message-batch.ts'
import { WirePush } from '../../../src/engine/lab/wire/wire-push.ts'
import { credentialsOf } from '../../../src/engine/security/credentials.ts'
import type { StepResult } from '../../../src/shared/lab/result.ts'
import { defaultSocketOptions } from '../../../src/shared/zmq/options.ts'
import { noSecurity } from '../../../src/shared/zmq/security.ts'
import { writeGreeting3 } from '../../../src/shared/zmq/zmtp/greeting.ts'
import { ignoring, ZmtpReader } from '../../../src/shared/zmq/zmtp/reader.ts'
import { writePing } from '../../../src/shared/zmq/zmtp/writer.ts'
import { builtModule } from '../../support/built.ts'
import { bytes } from '../../support/bytes.ts'
import { makeRun, onlyStep } from '../../support/lab-job.ts'
import { listen } from '../../support/listener.ts'
import { hasPython, python } from '../../support/python.ts'
import { RunningProgram } from '../../support/running-program.ts'
import { frame, greeting, ready } from '../../support/zmtp-peer.ts'

// Starting processes takes a while on a busy machine.
vi.setConfig({ testTimeout: 30_000 })

const usual = { options: defaultSocketOptions, timeoutMs: 2000, frames: [bytes('Hello'), bytes(''), bytes('world')] }

type Client = new (plan: MessageSocketPlan) => MessageSocket

function open(Made: Client, plan: Partial<MessageSocketPlan> & { readonly endpoint: string }): MessageSocket {
  const socket = new Made({ ...usual, ...plan })
  onTestFinished(() => socket.close())
  return socket
}

const write = (socket: MessageSocket, messages: number): Promise<void> =>
  new Promise((resolve, reject) => socket.write(messages, { accepted: resolve, failed: reject }))

/** All that a client sends to a PULL in three messages, until it has closed: connections that only look do not count. */
async function record(Made: Client, plan: Partial<MessageSocketPlan>, begin: Buffer): Promise<string> {
  const connections: Promise<Buffer>[] = []
  const endpoint = await listen((socket) => {
    const chunks: Buffer[] = []
    const reader = new ZmtpReader({
      ...ignoring,
      command: ({ name }) => {
        if (name === 'HELLO') socket.write(Buffer.from([4, 8, 7, ...Buffer.from('WELCOME')]))
        if (name === 'INITIATE') socket.write(ready('PULL'))
      },
    })
    socket.write(begin)
    socket.on('data', (data) => {
      chunks.push(data)
      reader.read(data)
    })
    connections.push(once(socket, 'close').then(() => Buffer.concat(chunks)))
  })
  const socket = open(Made, { ...plan, endpoint })
  await socket.connect()
  for (let sent = 0; sent < 3; sent += 1) await write(socket, 1)
  await socket.finish(2000)
  socket.close()
  const all = await Promise.all(connections)
  return all.reduce((one, other) => (other.length > one.length ? other : one)).toString('latin1')
}

const modern = Buffer.concat([greeting, ready('PULL')])

describe('all that a PUSH sends is, byte for byte, that of libzmq', () => {
  test.each<[string, Partial<MessageSocketPlan>, Buffer]>([
    ['of several frames', {}, modern],
    ['with a name, which a PUSH does not tell', { options: { ...defaultSocketOptions, routingId: 'name' } }, modern],
    ['with a long frame', { frames: [new Uint8Array(300)] }, modern],
    [
      'with frames of every length of header',
      { frames: [0, 1, 255, 256, 70_000, 0].map((size) => new Uint8Array(size)) },
      modern,
    ],
    [
      'with PLAIN',
      {
        security: credentialsOf(
          { ...noSecurity, kind: 'plain-client', userName: 'user', password: 'id' },
          { id: 'a password' },
        ),
      },
      Buffer.from(writeGreeting3('PLAIN')),
    ],
    // Signature, revision 1, PULL, and an empty identity.
    ['to ZMTP 2.0', {}, Buffer.from([0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f, 1, 7, 0, 0])],
    // An empty identity.
    ['to ZMTP 1.0', {}, Buffer.from([1, 0])],
  ])('%s', async (_, plan, begin) => {
    const own = await record(WirePush, plan, begin)
    expect(own).toBe(await record(LibzmqSender, plan, begin))
    expect(own.length).toBeGreaterThan(40)
  })
})

test('a ping is answered between messages', async () => {
  let told: (pong: string) => void = () => undefined
  const pong = new Promise<string>((resolve) => {
    told = resolve
  })
  const endpoint = await listen((socket) => {
    const reader = new ZmtpReader({
      ...ignoring,
      command: ({ name }) => {
        if (name === 'PONG') told(name)
      },
      frame: (kind) => {
        if (kind === 'message') socket.write(writePing(1000, bytes('context')))
      },
    })
    socket.write(modern)
    socket.on('data', (data) => reader.read(data))
  })
  const socket = open(WirePush, { endpoint, frames: [bytes('one')] })
  await socket.connect()
  await write(socket, 1)
  expect(await pong).toBe('PONG')
  await write(socket, 1)
})

test('a batch is the same message again and again, and is the same with every stamp but for that', () => {
  const frames = [bytes('0123456789'), new Uint8Array(300).fill(7)]
  const most = messagesPerBatch(frames)
  const batch = new MessageBatch(3, frames, most)
  const one = new MessageBatch(3, frames, 1).take(1)
  expect(most * one.length).toBeLessThanOrEqual(65_536)
  expect((most + 2) * one.length).toBeGreaterThan(65_536)
  expect(Buffer.from(batch.take(5))).toEqual(Buffer.concat([one, one, one, one, one]))
  let next = 0
  const stamped = Buffer.from(batch.take(3, (view, at) => view.setUint8(at, next++)))
  expect([0, 1, 2].map((index) => stamped[index * one.length + 2])).toEqual([0, 1, 2])
  expect(messagesPerBatch([new Uint8Array(100_000)])).toBe(1)
})

const flood = { model: 'flood', concurrency: 1 } as const

/** A PULL of libzmq. `received` resolves once so many messages have come, with how many did. */
async function pull(endpoint = 'tcp://127.0.0.1:*'): Promise<{
  endpoint: string
  received: (least: number) => Promise<number>
}> {
  const socket = new Pull({ linger: 0 })
  onTestFinished(() => socket.close())
  await socket.bind(endpoint)
  let count = 0
  const loop = async () => {
    for await (const _message of socket) count += 1
  }
  loop().catch(() => undefined)
  return {
    endpoint: socket.lastEndpoint ?? '',
    received: async (least) => {
      await vi.waitUntil(() => count >= least, { timeout: 20_000 })
      return count
    },
  }
}

const counter = `
import zmq
socket = zmq.Context().socket(zmq.PULL)
socket.bind('tcp://127.0.0.1:*')
print(socket.last_endpoint.decode(), flush=True)
count = 0
while True:
    if not socket.poll(200):
        print('got', count, flush=True)
        continue
    message = socket.recv_multipart()
    assert message == [bytes(1000)], message
    count += 1
`

describe('a flood', () => {
  test.runIf(hasPython).each(['zmtp', 'libzmq'] as const)(
    'with %s: the PULL of another language gets exactly what was accepted (needs pyzmq)',
    async (client) => {
      const program = new RunningProgram(python, ['-c', counter])
      const [endpoint = ''] = await program.until(/tcp:\/\/\S+/)
      const length = { by: 'duration', milliseconds: 500 } as const
      const {
        counts,
        flood: of,
        slots,
      } = onlyStep(
        await makeRun({ endpoint, client, load: { ...flood, concurrency: 3 }, length, timeoutMs: 20_000 }, [
          new Uint8Array(1000),
        ]),
      )
      expect(of?.accepted).toBeGreaterThan(1000)
      expect(counts).toMatchObject({ sent: of?.accepted, replied: 0, timedOut: 0, failed: 0, unsent: 0 })
      expect(of?.confirmed).toBe(client === 'zmtp' ? of?.accepted : null)
      expect(slots.reduce((sum, { accepted }) => sum + (accepted ?? 0), 0)).toBe(of?.accepted)
      await program.until(new RegExp(`got ${of?.accepted}\n`))
    },
  )

  test('by number over ipc sends exactly as many, several in a write', async () => {
    const { endpoint, received } = await pull('ipc://*')
    const step = onlyStep(
      await makeRun({ endpoint, load: { ...flood, concurrency: 4 }, length: { by: 'count', requests: 50_000 } }),
    )
    expect(step.counts.sent).toBe(50_000)
    expect(step.flood).toMatchObject({ accepted: 50_000, confirmed: 50_000 })
    expect(step.flood?.writes).toBeLessThan(1000)
    expect(step).toMatchObject({ service: null, lateness: null, sockets: 4 })
    expect(await received(50_000)).toBe(50_000)
  })

  test('at a rate keeps to it, and says how late it was', async () => {
    const { endpoint, received } = await pull()
    const load = { ...flood, concurrency: 2, ratePerSecond: 20_000 }
    const run = await makeRun({ endpoint, load, length: { by: 'duration', milliseconds: 500 }, warmUpMs: 100 })
    const step = onlyStep(run)
    expect(step.counts).toMatchObject({ sent: 10_000, failed: 0, timedOut: 0, unsent: 0 })
    expect(step.lateness?.count).toBe(step.flood?.writes)
    expect(await received(12_000)).toBe(12_000)
  })

  test('can be cancelled, and tells what was accepted by then', async () => {
    const { endpoint } = await pull()
    const run = await makeRun(
      { endpoint, load: flood, length: { by: 'duration', milliseconds: 60_000 } },
      [bytes('Hello')],
      ({ replied }, job) => {
        if (replied > 0) job().cancel()
      },
    )
    expect(run.outcome).toBe('cancelled')
    const { counts, flood: of } = onlyStep(run)
    expect(of?.accepted).toBeGreaterThan(0)
    expect(counts.sent - (of?.accepted ?? 0)).toBe(counts.unfinished)
  })

  test.each(['zmtp', 'libzmq'] as const)(
    'with %s to a peer of another type ends with its diagnosis',
    async (client) => {
      const socket = new Publisher({ linger: 0 })
      onTestFinished(() => socket.close())
      await socket.bind('tcp://127.0.0.1:*')
      const run = await makeRun({ endpoint: socket.lastEndpoint ?? '', client, load: flood })
      expect(run).toMatchObject({
        outcome: 'failed',
        problem: { diagnosis: 'wrong-socket-type', facts: { peer: 'PUB' } },
      })
    },
  )
})

/** A PULL without ZeroMQ. `act` is done once to its connection number `bad` when it has got a message. */
const badPull = (bad: number, act: (socket: Socket) => void, type: (connection: number) => string = () => 'PULL') => {
  let connections = 0
  return listen((socket) => {
    const connection = connections
    connections += 1
    let isDone = connection !== bad
    const reader = new ZmtpReader({
      ...ignoring,
      frame: (kind) => {
        if (kind !== 'message' || isDone) return
        isDone = true
        act(socket)
      },
    })
    socket.write(Buffer.concat([greeting, ready(type(connection))]))
    socket.on('data', (data) => reader.read(data))
    socket.on('end', () => socket.end())
  })
}

const faults: readonly (readonly [string, (socket: Socket) => void, RegExp])[] = [
  ['closes', (socket) => socket.destroy(), /connection/i],
  ['breaks ZMTP', (socket) => socket.write(Buffer.from([0xf8, 1, 1])), /reserved bit/],
  ['sends a message', (socket) => socket.write(frame(false, 'surprise')), /PULL never does/],
]

describe('a peer that does so in mid-run is counted and named, and the run goes on with the others', () => {
  test.each(faults)('%s', async (_, act, named) => {
    const endpoint = await badPull(1, act)
    const length = { by: 'duration', milliseconds: 600 } as const
    const step: StepResult = onlyStep(await makeRun({ endpoint, load: { ...flood, concurrency: 3 }, length }))
    expect(step.counts).toMatchObject({ failed: 1, timedOut: 0 })
    expect(step.errors).toMatchObject([{ count: 1, message: expect.stringMatching(named) }])
    expect(step.reconnects).toBe(1)
    expect(step.flood?.accepted).toBeGreaterThan(1000)
    // What was on its way when the connection broke is not known as read.
    expect(step.flood?.confirmed).toBeLessThanOrEqual(step.flood?.accepted ?? 0)
  })

  test('is of another type when it comes back', async () => {
    const endpoint = await badPull(
      1,
      (socket) => socket.destroy(),
      (connection) => (connection < 2 ? 'PULL' : 'PUB'),
    )
    const length = { by: 'duration', milliseconds: 600 } as const
    const step = onlyStep(await makeRun({ endpoint, load: { ...flood, concurrency: 2 }, length }))
    expect(step.flood?.accepted).toBeGreaterThan(1000)
    expect(step.errors.map(({ message }) => message)).toEqual(expect.arrayContaining([expect.stringMatching(/PUB/)]))
  })
})

describe('a PULL that reads nothing', () => {
  test.each([
    ['as fast as it takes', {}],
    ['at a rate', { ratePerSecond: 10_000_000 }],
  ])('%s ends the run at the timeout, with memory that does not grow', async (_, rate) => {
    const endpoint = await listen((socket) => {
      socket.write(Buffer.concat([greeting, ready('PULL')]))
      // The handshake alone is read.
      let seen = 0
      socket.on('data', (data) => {
        seen += data.length
        if (seen > 64) socket.pause()
      })
    })
    const socket = open(WirePush, { endpoint })
    await socket.connect()
    const before = process.memoryUsage()
    const startNs = monotonicNanoseconds()
    let timedOut = 0
    let unsent = 0
    const times = {
      startNs,
      measureFromNs: startNs,
      endNs: startNs + 1e9,
      most: Number.POSITIVE_INFINITY,
      ratePerSecond: null,
      ...rate,
    }
    const flow = new Flow(times, 300, {
      begin: () => undefined,
      accepted: () => undefined,
      failed: () => undefined,
      timedOut: () => {
        timedOut += 1
      },
      unsent: (messages) => {
        unsent += messages
      },
      renew: async () => false,
    })
    const metronome = new Metronome(pathToFileURL(builtModule('lab-metronome')))
    onTestFinished(() => metronome.dispose())
    await flow.run([socket], () => metronome)
    expect(timedOut).toBe(1)
    if ('ratePerSecond' in rate) expect(unsent).toBeGreaterThanOrEqual(0)
    const { arrayBuffers, external } = process.memoryUsage()
    expect(arrayBuffers + external - before.arrayBuffers - before.external).toBeLessThan(4 * 2 ** 20)
  })

  test('is told as a timeout of the run', async () => {
    const endpoint = await listen((socket) => {
      socket.write(Buffer.concat([greeting, ready('PULL')]))
      let seen = 0
      socket.on('data', (data) => {
        seen += data.length
        if (seen > 200) socket.pause()
      })
    })
    const run = await makeRun({ endpoint, load: flood, length: { by: 'duration', milliseconds: 300 }, timeoutMs: 400 })
    const { counts, flood: of } = onlyStep(run)
    expect(run.outcome).toBe('finished')
    expect(counts).toMatchObject({ timedOut: 1, failed: 0 })
    expect(counts.sent).toBeGreaterThan(of?.accepted ?? 0)
    expect(of?.confirmed).toBe(0)
  })
})
