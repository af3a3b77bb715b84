import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { Dealer, Publisher, Reply, Router } from 'zeromq'
import { LibzmqSocket } from '../../../src/engine/lab/libzmq-socket.ts'
import type { LoadSocket, LoadSocketPlan } from '../../../src/engine/lab/load-socket.ts'
import { ReplyFrames } from '../../../src/engine/lab/wire/reply-frames.ts'
import { requestBytes } from '../../../src/engine/lab/wire/request-bytes.ts'
import { WireSocket } from '../../../src/engine/lab/wire/wire-socket.ts'
import { credentialsOf } from '../../../src/engine/security/credentials.ts'
import { defaultSocketOptions } from '../../../src/shared/zmq/options.ts'
import { noSecurity } from '../../../src/shared/zmq/security.ts'
import { writeGreeting3 } from '../../../src/shared/zmq/zmtp/greeting.ts'
import { ignoring, ZmtpReader } from '../../../src/shared/zmq/zmtp/reader.ts'
import { writePing } from '../../../src/shared/zmq/zmtp/writer.ts'
import { bytes } from '../../support/bytes.ts'
import { listen } from '../../support/listener.ts'
import { startOlderPeer } from '../../support/older-peer.ts'
import { frame, greeting, peer, ready, reply } from '../../support/zmtp-peer.ts'

const usual = { options: defaultSocketOptions, timeoutMs: 2000, frames: [bytes('Hello'), bytes(''), bytes('world')] }

function open<Made extends LoadSocket>(
  Client: new (plan: LoadSocketPlan) => Made,
  plan: Partial<LoadSocketPlan> & { readonly endpoint: string },
): Made {
  const socket = new Client({ ...usual, ...plan })
  onTestFinished(() => socket.close())
  return socket
}

const exchange = (socket: LoadSocket): Promise<number> =>
  new Promise((resolve, reject) => {
    socket.request({ replied: (sentNs, doneNs) => resolve(doneNs - sentNs), failed: reject })
  })

async function echo(socket: Reply | Router, endpoint = 'tcp://127.0.0.1:*'): Promise<string> {
  onTestFinished(() => socket.close())
  await socket.bind(endpoint)
  const loop = async () => {
    for await (const message of socket) await socket.send(message)
  }
  // It ends when its socket is closed.
  loop().catch(() => undefined)
  return socket.lastEndpoint ?? ''
}

describe('a server', () => {
  test.each([
    ['REP', () => new Reply({ linger: 0 })],
    ['ROUTER', () => new Router({ linger: 0 })],
  ])('that is a %s of libzmq answers', async (_, make) => {
    const socket = open(WireSocket, { endpoint: await echo(make()) })
    await socket.connect()
    for (let made = 0; made < 20; made += 1) expect(await exchange(socket)).toBeGreaterThan(1000)
    expect(socket.connectNs).toBeGreaterThan(1000)
  })

  test('over ipc answers messages larger than one read', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'wire-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const endpoint = await echo(new Reply({ linger: 0 }), `ipc://${folder}/socket`)
    const socket = open(WireSocket, { endpoint, frames: [new Uint8Array(3_000_000).fill(7), bytes('end')] })
    await socket.connect()
    for (let made = 0; made < 3; made += 1) expect(await exchange(socket)).toBeGreaterThan(1000)
  })

  test.each(['1.0', '2.0'] as const)('of ZMTP %s answers', async (version) => {
    const older = await startOlderPeer(version)
    onTestFinished(() => older.close())
    const socket = open(WireSocket, { endpoint: older.endpoint })
    await socket.connect()
    expect(await exchange(socket)).toBeGreaterThan(1000)
    expect(await exchange(socket)).toBeGreaterThan(1000)
  })
})

/** All that a client sends to a peer that plays `mechanism`, until a request was complete. */
async function record(Client: new (plan: LoadSocketPlan) => LoadSocket, plan: Partial<LoadSocketPlan>) {
  const isPlain = plan.security !== undefined
  let told: (all: Buffer) => void = () => undefined
  const recorded = new Promise<Buffer>((resolve) => {
    told = resolve
  })
  const endpoint = await listen((socket) => {
    const chunks: Buffer[] = []
    const reader = new ZmtpReader({
      ...ignoring,
      command: ({ name }) => {
        if (name === 'HELLO') socket.write(Buffer.from([4, 8, 7, ...Buffer.from('WELCOME')]))
        if (name === 'INITIATE') socket.write(ready('REP'))
      },
      frame: (kind, more) => {
        if (kind === 'message' && !more) setImmediate(() => socket.write(reply))
      },
    })
    socket.write(isPlain ? Buffer.from(writeGreeting3('PLAIN')) : Buffer.concat([greeting, ready('REP')]))
    socket.on('data', (data) => {
      chunks.push(data)
      reader.read(data)
    })
    socket.on('close', () => told(Buffer.concat(chunks)))
  })
  const socket = open(Client, { ...plan, endpoint })
  await socket.connect()
  await exchange(socket)
  socket.close()
  return recorded
}

test.each<[string, Partial<LoadSocketPlan>]>([
  ['without a name', {}],
  ['with a routing id', { routingId: () => 'name' }],
  ['with a long frame', { frames: [new Uint8Array(300)] }],
  [
    'with frames of every length of header',
    { frames: [0, 1, 255, 256, 70_000, 0].map((size) => new Uint8Array(size)) },
  ],
  ['with a name and an empty message', { routingId: () => 'n'.repeat(255), frames: [new Uint8Array(0)] }],
  [
    'with PLAIN',
    {
      security: credentialsOf(
        { ...noSecurity, kind: 'plain-client', userName: 'user', password: 'id' },
        { id: 'a password' },
      ),
    },
  ],
])('a client %s sends what libzmq sends', async (_, plan) => {
  const own = await record(WireSocket, plan)
  expect(own.toString('hex')).toBe((await record(LibzmqSocket, plan)).toString('hex'))
  expect(own.length).toBeGreaterThan(90)
})

/** Passes on what comes to a server and back. `sent` resolves with what most was sent on, once all connections have ended. */
async function relay(server: string): Promise<{ endpoint: string; sent: () => Promise<Buffer> }> {
  const connections: Promise<Buffer>[] = []
  const endpoint = await listen((client) => {
    const chunks: Buffer[] = []
    const onward = connect(Number(new URL(server).port), '127.0.0.1')
    onward.on('error', () => client.destroy())
    onward.on('data', (data) => client.write(data))
    client.on('data', (data) => {
      chunks.push(data)
      onward.write(data)
    })
    connections.push(
      once(client, 'close').then(() => {
        onward.destroy()
        return Buffer.concat(chunks)
      }),
    )
  })
  const sent = async () => {
    const all = await Promise.all(connections)
    return all.reduce((one, other) => (other.length > one.length ? other : one))
  }
  return { endpoint, sent }
}

/** All that a client sends to a server in three exchanges. Connections that only find out what is there do not count. */
async function recordTo(
  server: string,
  Client: new (plan: LoadSocketPlan) => LoadSocket,
  plan: Partial<LoadSocketPlan>,
): Promise<string> {
  const { endpoint, sent } = await relay(server)
  const socket = open(Client, { ...plan, endpoint })
  await socket.connect()
  for (let made = 0; made < 3; made += 1) await exchange(socket)
  socket.close()
  return (await sent()).toString('latin1')
}

describe('all that is sent in several exchanges is, byte for byte, that of libzmq', () => {
  test('with a ROUTER of libzmq', async () => {
    const server = await echo(new Router({ linger: 0 }))
    const plan = { frames: [bytes(''), bytes('one'), new Uint8Array(1000)] }
    const own = await recordTo(server, WireSocket, plan)
    expect(own).toBe(await recordTo(server, LibzmqSocket, plan))
    expect(own.length).toBeGreaterThan(3000)
  })

  test('with a server that asks for a sign of life', async () => {
    const server = await peer((socket, number) => {
      if (number === 1) socket.write(writePing(1000, bytes('context')))
      socket.write(reply)
    })
    const own = await recordTo(server, WireSocket, {})
    expect(own).toBe(await recordTo(server, LibzmqSocket, {}))
    expect(own).toContain('PONGcontext')
  })

  test.each(['1.0', '2.0'] as const)('with a server of ZMTP %s', async (version) => {
    const older = await startOlderPeer(version)
    onTestFinished(() => older.close())
    const own = await recordTo(older.endpoint, WireSocket, {})
    const theirs = await recordTo(older.endpoint, LibzmqSocket, {})
    // With libzmq, an exchange more may have shown that an older peer is there.
    expect(theirs.slice(0, own.length)).toBe(own)
    expect(own.split('world')).toHaveLength(4)
  })
})

test('a ping is answered, and replies that come in pieces are one', async () => {
  let pong: (body: Buffer) => void = () => undefined
  const answered = new Promise<Buffer>((resolve) => {
    pong = resolve
  })
  const endpoint = await peer((socket) => {
    socket.write(Buffer.concat([Buffer.from(writePing(1000, bytes('abc'))), reply.subarray(0, 3)]))
    socket.on('data', (data) => {
      pong(data)
      socket.write(reply.subarray(3))
    })
  })
  const socket = open(WireSocket, { endpoint })
  await socket.connect()
  expect(await exchange(socket)).toBeGreaterThan(1000)
  expect((await answered).toString('latin1')).toBe('\x04\x08\x04PONGabc')
})

test.each<[string, (socket: Socket) => void, object]>([
  ['closes', (socket) => socket.destroy(), { code: 'request-lost', details: { diagnosis: 'request-lost' } }],
  ['stalls in a frame', (socket) => socket.write(reply.subarray(0, 5)), { code: 'timeout' }],
  [
    'leaves the delimiter out',
    (socket) => socket.write(frame(false, 'reply')),
    { code: 'request-lost', details: { diagnosis: 'reply-broke-the-rules' } },
  ],
  [
    'breaks ZMTP',
    (socket) => socket.write(Buffer.from([0xf8, 1, 1])),
    { code: 'request-lost', details: { diagnosis: 'peer-broke-zmtp' } },
  ],
])('a peer that %s fails the request, and the next connection serves', async (_, act, error) => {
  let isFirst = true
  const endpoint = await peer((socket) => {
    if (isFirst) act(socket)
    else socket.write(reply)
    isFirst = false
  })
  const socket = open(WireSocket, { endpoint, timeoutMs: 300 })
  await socket.connect()
  await expect(exchange(socket)).rejects.toMatchObject(error)
  await expect(exchange(socket)).rejects.toMatchObject(error)
  await socket.connect()
  expect(await exchange(socket)).toBeGreaterThan(1000)
  expect(socket.reconnects).toBe(1)
})

test('a peer that answers twice fails the next request', async () => {
  const endpoint = await peer((socket) => socket.write(Buffer.concat([reply, reply])))
  const socket = open(WireSocket, { endpoint })
  await socket.connect()
  expect(await exchange(socket)).toBeGreaterThan(1000)
  await expect(exchange(socket)).rejects.toMatchObject({ details: { diagnosis: 'replied-twice' } })
})

describe('a DEALER with requests in flight', () => {
  test('sends what one of libzmq sends, and takes its replies in their order', async () => {
    const server = await echo(new Reply({ linger: 0 }))
    const frames = [bytes('one'), new Uint8Array(300)]
    const own = await relay(server)
    const socket = open(WireSocket, { endpoint: own.endpoint, frames, inFlight: 4 })
    await socket.connect()
    // Six of each: the ring of four begins anew.
    await Promise.all([exchange(socket), exchange(socket), exchange(socket), exchange(socket)])
    await Promise.all([exchange(socket), exchange(socket)])
    socket.close()

    const theirs = await relay(server)
    const dealer = new Dealer({ linger: 0 })
    onTestFinished(() => dealer.close())
    dealer.connect(theirs.endpoint)
    for (let made = 0; made < 6; made += 1) await dealer.send(['', ...frames])
    for (let made = 0; made < 6; made += 1) expect(await dealer.receive()).toHaveLength(3)
    dealer.close()
    expect((await own.sent()).toString('latin1')).toBe((await theirs.sent()).toString('latin1'))
  })

  test('times each reply that comes with others', async () => {
    const endpoint = await peer((socket, number) => {
      if (number === 2) socket.write(Buffer.concat([reply, reply, reply]))
    })
    const socket = open(WireSocket, { endpoint, inFlight: 3 })
    await socket.connect()
    const times = await Promise.all([exchange(socket), exchange(socket), exchange(socket)])
    expect(times[0]).toBeGreaterThan(times[2] ?? 0)
  })

  test('fails all that have no reply when one times out, and each says why', async () => {
    const endpoint = await peer((socket, number) => {
      if (number === 0) socket.write(reply)
    })
    const socket = open(WireSocket, { endpoint, inFlight: 3, timeoutMs: 300 })
    await socket.connect()
    const ends = await Promise.allSettled([exchange(socket), exchange(socket), exchange(socket)])
    expect(ends).toMatchObject([
      { status: 'fulfilled' },
      { reason: { code: 'timeout' } },
      { reason: { code: 'request-lost', details: { diagnosis: 'request-lost' } } },
    ])
  })

  test('ends when more replies come than there are requests', async () => {
    const endpoint = await peer((socket, number) => {
      if (number === 1) socket.write(Buffer.concat([reply, reply, reply]))
    })
    const socket = open(WireSocket, { endpoint, inFlight: 2 })
    await socket.connect()
    await Promise.all([exchange(socket), exchange(socket)])
    await expect(exchange(socket)).rejects.toMatchObject({ details: { diagnosis: 'replied-twice' } })
  })

  test('is not for a server that no DEALER talks to', async () => {
    const socket = new Publisher({ linger: 0 })
    onTestFinished(() => socket.close())
    await socket.bind('tcp://127.0.0.1:*')
    const client = open(WireSocket, { endpoint: socket.lastEndpoint ?? '', inFlight: 2 })
    await expect(client.connect()).rejects.toMatchObject({ details: { diagnosis: 'wrong-socket-type', peer: 'PUB' } })
  })
})

describe('no connection is made', () => {
  test('to a peer of another type', async () => {
    const socket = new Publisher({ linger: 0 })
    onTestFinished(() => socket.close())
    await socket.bind('tcp://127.0.0.1:*')
    const client = open(WireSocket, { endpoint: socket.lastEndpoint ?? '' })
    await expect(client.connect()).rejects.toMatchObject({
      code: 'peer-rejected',
      details: { diagnosis: 'wrong-socket-type', peer: 'PUB' },
    })
  })

  test('to what is no ZeroMQ', async () => {
    const endpoint = await listen((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
    await expect(open(WireSocket, { endpoint }).connect()).rejects.toMatchObject({
      code: 'unreachable',
      details: { diagnosis: 'not-zeromq' },
    })
  })

  test('where nobody listens', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    const endpoint = `tcp://127.0.0.1:${address.port}`
    await new Promise((resolve) => server.close(resolve))
    await expect(open(WireSocket, { endpoint }).connect()).rejects.toMatchObject({
      code: 'unreachable',
      details: { diagnosis: 'nobody-listening' },
    })
  })
})

test('the frames of a request are those of its message behind a delimiter, however its bytes are split', () => {
  const anyFrames = fc.array(fc.uint8Array({ maxLength: 600 }), { minLength: 1, maxLength: 5 })
  fc.assert(
    fc.property(anyFrames, fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }), (frames, cuts) => {
      const replies = new ReplyFrames(-1)
      const seen: number[] = []
      const places: string[] = []
      const reader = new ZmtpReader({
        ...ignoring,
        frame: (kind, more, size) => {
          if (kind !== 'message') return
          seen.push(size)
          places.push(replies.take(more, size))
        },
      })
      const all = Buffer.concat([greeting, ready('REP'), requestBytes(3, frames)])
      for (let at = 0, turn = 0; at < all.length; turn += 1) {
        const end = at + (cuts[turn % cuts.length] ?? 1)
        reader.read(all.subarray(at, end))
        at = end
      }
      expect(seen).toEqual([0, ...frames.map(({ length }) => length)])
      expect(places).toEqual([...frames.map(() => 'inside'), 'end'])
    }),
    { numRuns: 200 },
  )
})
