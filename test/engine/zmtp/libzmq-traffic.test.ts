import { createHash } from 'node:crypto'
import { describe, expect, onTestFinished, test } from 'vitest'
import {
  curveKeyPair,
  Dealer,
  Pair,
  Publisher,
  Pull,
  Push,
  Reply,
  Request,
  Router,
  type Socket,
  Subscriber,
  XPublisher,
  XSubscriber,
} from 'zeromq'
import { draftClasses } from '../../../src/engine/sockets/draft-sockets.ts'
import { readCommand } from '../../../src/shared/zmq/zmtp/command.ts'
import { type Recorded, recordingPipe } from '../../support/recording-pipe.ts'
import { collecting } from '../../support/zmtp-events.ts'

type Frames = readonly Buffer[]

/** What zeromq.js has for every type of socket, as its test uses it. */
interface Any {
  send(message: Frames | Buffer, facts?: object): Promise<void>
  receive(): Promise<readonly [Buffer, ...unknown[]]>
}

const asAny = (socket: object): Any => {
  if (!('send' in socket && 'receive' in socket)) throw new Error('no socket')
  return { send: bound(socket, 'send'), receive: bound(socket, 'receive') }
}

// zeromq.js types only what a pattern is for; the methods are there for all of them.
function bound<Name extends keyof Any>(socket: object, name: Name): Any[Name] {
  const method: unknown = Reflect.get(socket, name)
  if (typeof method !== 'function') throw new Error(`no ${name}`)
  return (...given: readonly unknown[]) => Reflect.apply(method, socket, given)
}

const long = (size: number) => Buffer.alloc(size, size & 0xff)
const messages: readonly Frames[] = [
  [Buffer.from('a')],
  [Buffer.from('t'), Buffer.alloc(0), long(255), long(256)],
  [long(70_000)],
]
const single: readonly Frames[] = messages.filter((frames) => frames.length === 1)
const empty = Buffer.alloc(0)

interface Case {
  readonly name: string
  readonly bound: () => Socket
  readonly connected: () => Socket
  /** Sends from either end until all was received. */
  run(server: Any, client: Any): Promise<void>
  /** The messages on the wire. */
  readonly fromClient: readonly Frames[]
  readonly fromServer: readonly Frames[]
  /** A publisher may have to say the same again. */
  readonly repeats?: boolean
}

const delimited = messages.map((frames): Frames => [empty, ...frames])

/** Client → server, one after the other. */
const there =
  (sent: readonly Frames[], facts?: object) =>
  async (server: Any, client: Any): Promise<void> => {
    for (const frames of sent) {
      await (facts ? client.send(frames[0] ?? empty, facts) : client.send(frames))
      await server.receive()
    }
  }

const back =
  (sent: readonly Frames[]) =>
  (server: Any, client: Any): Promise<void> =>
    there(sent)(client, server)

/** Publishes until it arrives: nobody can know when a subscription has. */
const published =
  (sent: readonly Frames[], facts?: object) =>
  async (server: Any, client: Any): Promise<void> => {
    for (const frames of sent) {
      let isHere = false
      const arrival = async () => {
        // One that came before may have been sent more than once.
        while (!isHere) isHere = (await client.receive()).some((part) => part instanceof Buffer && part.equals(last))
      }
      const last = frames.at(-1) ?? empty
      const received = arrival()
      while (!isHere) {
        await (facts ? server.send(frames.at(-1) ?? empty, facts) : server.send(frames))
        await Promise.race([received, new Promise((resolve) => setTimeout(resolve, 5))])
      }
    }
  }

const subscribed = () => {
  const socket = new Subscriber()
  socket.subscribe('a', 't', long(1))
  socket.subscribe()
  return socket
}
const joined = () => {
  const socket = new draftClasses.Dish({ linger: 0 })
  socket.join(Buffer.from('group'))
  return socket
}

const cases: readonly Case[] = [
  {
    name: 'REP, REQ',
    bound: () => new Reply(),
    connected: () => new Request(),
    async run(server, client) {
      for (const frames of messages) {
        await client.send(frames)
        await server.receive()
        await server.send(frames)
        await client.receive()
      }
    },
    fromClient: delimited,
    fromServer: delimited,
  },
  {
    name: 'ROUTER, DEALER',
    bound: () => new Router(),
    connected: () => new Dealer({ routingId: 'name' }),
    async run(server, client) {
      for (const frames of messages) {
        await client.send(frames)
        const [id] = await server.receive()
        await server.send([id, ...frames])
        await client.receive()
      }
    },
    fromClient: messages,
    fromServer: messages,
  },
  {
    name: 'DEALER, REP',
    bound: () => new Dealer(),
    connected: () => new Reply(),
    async run(server, client) {
      for (const frames of messages) {
        await server.send([empty, ...frames])
        await client.receive()
        await client.send(frames)
        await server.receive()
      }
    },
    fromClient: delimited,
    fromServer: delimited,
  },
  {
    name: 'ROUTER, REQ',
    bound: () => new Router(),
    connected: () => new Request(),
    async run(server, client) {
      for (const frames of messages) {
        await client.send(frames)
        await server.send((await server.receive()).filter((part): part is Buffer => part instanceof Buffer))
        await client.receive()
      }
    },
    fromClient: delimited,
    fromServer: delimited,
  },
  {
    name: 'DEALER, DEALER',
    bound: () => new Dealer(),
    connected: () => new Dealer(),
    run: back(messages),
    fromClient: [],
    fromServer: messages,
  },
  {
    name: 'PAIR, PAIR',
    bound: () => new Pair(),
    connected: () => new Pair(),
    run: there(messages),
    fromClient: messages,
    fromServer: [],
  },
  {
    name: 'PULL, PUSH',
    bound: () => new Pull(),
    connected: () => new Push(),
    run: there(messages),
    fromClient: messages,
    fromServer: [],
  },
  {
    name: 'PUB, SUB',
    bound: () => new Publisher(),
    connected: subscribed,
    run: published(messages),
    fromClient: [],
    fromServer: messages,
    repeats: true,
  },
  {
    name: 'XPUB, SUB',
    bound: () => new XPublisher(),
    connected: subscribed,
    run: published(messages),
    fromClient: [],
    fromServer: messages,
    repeats: true,
  },
  {
    name: 'XPUB, XSUB',
    bound: () => new XPublisher(),
    connected: () => new XSubscriber(),
    async run(server, client) {
      await client.send([Buffer.from([1])])
      await server.receive()
      await back(messages)(server, client)
    },
    // What an XSUB is told to send goes as it is.
    fromClient: [[Buffer.from([1])]],
    fromServer: messages,
  },
  {
    name: 'SERVER, CLIENT',
    bound: () => new draftClasses.Server({ linger: 0 }),
    connected: () => new draftClasses.Client({ linger: 0 }),
    async run(server, client) {
      for (const [frame = empty] of single) {
        await client.send(frame)
        await server.receive()
      }
    },
    fromClient: single,
    fromServer: [],
  },
  {
    name: 'GATHER, SCATTER',
    bound: () => new draftClasses.Gather({ linger: 0 }),
    connected: () => new draftClasses.Scatter({ linger: 0 }),
    async run(server, client) {
      for (const [frame = empty] of single) {
        await client.send(frame)
        await server.receive()
      }
    },
    fromClient: single,
    fromServer: [],
  },
  {
    name: 'RADIO, DISH',
    bound: () => new draftClasses.Radio({ linger: 0 }),
    connected: joined,
    run: published(single, { group: Buffer.from('group') }),
    fromClient: [],
    fromServer: single.map((frames): Frames => [Buffer.from('group'), ...frames]),
    repeats: true,
  },
]

/** Reads what was recorded of both directions as a relay would: each reader learns of the other end from the other. */
function read(recorded: readonly Recorded[]) {
  const client = collecting()
  const server = collecting()
  for (const { from, bytes } of recorded) {
    const [own, other] = from === 'client' ? [client, server] : [server, client]
    own.reader.read(bytes)
    const greeted = own.events.find((event) => event.type === 'greeting')
    if (greeted) other.reader.tellOther(greeted.greeting.revision)
  }
  return { client: client.events, server: server.events }
}

type Events = ReturnType<typeof read>['client']

const isWhole = (event: Events[number]): boolean => event.type !== 'frame' || event.isWhole

/** A frame, so short that a difference can be read. */
const shown = (frame: Buffer): string =>
  frame.length <= 16
    ? `h'${frame.toString('hex')}'`
    : `${frame.length}:${createHash('sha1').update(frame).digest('hex')}`

/** The messages, a line each. */
function messagesOf(events: Events): string[] {
  const lines: string[] = []
  let line: string[] = []
  for (const event of events) {
    if (event.type !== 'frame' || event.kind !== 'message') continue
    expect(event.isWhole).toBe(true)
    line.push(shown(event.payload))
    if (event.more) continue
    lines.push(line.join(' '))
    line = []
  }
  return lines
}

const linesOf = (sent: readonly Frames[]) => sent.map((frames) => frames.map(shown).join(' '))
const violationsOf = (events: Events) => events.filter(({ type }) => type === 'violation')
const commandsOf = (events: Events) => events.flatMap((event) => (event.type === 'command' ? [event.command] : []))

function use<Kind extends Socket>(socket: Kind): Kind {
  onTestFinished(() => socket.close())
  return socket
}

describe('libzmq’s own traffic is read frame for frame', () => {
  test.each(cases)('of $name', async ({ name, bound: open, connected, run, fromClient, fromServer, repeats }) => {
    const server = use(open())
    server.bindSync('tcp://127.0.0.1:*')
    const pipe = await recordingPipe(server.lastEndpoint ?? '')
    const client = use(connected())
    client.connect(pipe.endpoint)
    await run(asAny(server), asAny(client))
    // What was published once more may still be on its way.
    await expect.poll(() => read(pipe.recorded).server.every(isWhole)).toBe(true)
    const events = read(pipe.recorded)
    const distinct = (lines: readonly string[]) => (repeats ? [...new Set(lines)] : lines)
    expect(messagesOf(events.client)).toEqual(linesOf(fromClient))
    expect(distinct(messagesOf(events.server))).toEqual(linesOf(fromServer))
    const [bindsAs, connectsAs] = name.split(', ')
    for (const [side, type] of [
      [events.server, bindsAs],
      [events.client, connectsAs],
    ] as const) {
      expect(violationsOf(side)).toEqual([])
      expect(side[0]).toMatchObject({ type: 'greeting', speaks: 3, greeting: { mechanism: 'NULL' } })
      const [ready] = commandsOf(side)
      expect(ready).toMatchObject({ name: 'READY', kind: 'metadata' })
      const properties = ready?.kind === 'metadata' ? ready.properties : []
      expect(Buffer.from(properties[0]?.value ?? []).toString()).toBe(type)
    }
  })

  test('with subscriptions, groups and heartbeats as commands', async () => {
    const server = use(new XPublisher({ heartbeatInterval: 20, heartbeatTimeToLive: 500 }))
    server.bindSync('tcp://127.0.0.1:*')
    const pipe = await recordingPipe(server.lastEndpoint ?? '')
    const client = use(subscribed())
    client.connect(pipe.endpoint)
    for (let count = 0; count < 2; count += 1) await server.receive()
    const has = (name: string, side: 'client' | 'server') =>
      commandsOf(read(pipe.recorded)[side]).some((command) => command.name === name)
    await expect.poll(() => has('PONG', 'client')).toBe(true)
    const ping = commandsOf(read(pipe.recorded).server).find(({ name }) => name === 'PING')
    expect(ping).toMatchObject({ kind: 'ping', lifetimeMs: 500 })
    const subscribe = commandsOf(read(pipe.recorded).client).find(({ name }) => name === 'SUBSCRIBE')
    expect(subscribe).toMatchObject({ kind: 'subscription' })
  })

  test('with PLAIN, whose HELLO has the user', async () => {
    const server = use(new Reply({ plainServer: true }))
    server.bindSync('tcp://127.0.0.1:*')
    const pipe = await recordingPipe(server.lastEndpoint ?? '')
    const client = use(new Request({ plainUsername: 'me', plainPassword: 'secret', linger: 0 }))
    client.connect(pipe.endpoint)
    await expect.poll(() => commandsOf(read(pipe.recorded).client)[0]).toMatchObject({ kind: 'plain-hello' })
    const { client: said } = read(pipe.recorded)
    expect(said[0]).toMatchObject({ greeting: { mechanism: 'PLAIN' } })
    expect(commandsOf(said)[0]).toMatchObject({ user: new Uint8Array(Buffer.from('me')), passwordBytes: 6 })
    expect(violationsOf(said)).toEqual([])
  })

  test('with CURVE, whose handshake is in clear and whose messages have a size', async () => {
    const keys = curveKeyPair()
    const own = curveKeyPair()
    const server = use(new Reply({ linger: 0 }))
    server.curveServer = true
    server.curveSecretKey = keys.secretKey
    server.bindSync('tcp://127.0.0.1:*')
    const pipe = await recordingPipe(server.lastEndpoint ?? '')
    const client = use(new Request({ linger: 0 }))
    client.curveServerKey = keys.publicKey
    client.curvePublicKey = own.publicKey
    client.curveSecretKey = own.secretKey
    client.connect(pipe.endpoint)
    await client.send('hello')
    await server.receive()
    const events = read(pipe.recorded)
    expect([...violationsOf(events.client), ...violationsOf(events.server)]).toEqual([])
    expect(commandsOf(events.client).map(({ kind }) => kind)).toEqual(['curve-hello', 'curve-initiate'])
    expect(commandsOf(events.server).map(({ kind }) => kind)).toEqual(['curve-welcome', 'curve-ready'])
    const payloads = events.client.flatMap((event) =>
      event.type === 'frame' && event.kind === 'message' ? [event.payload] : [],
    )
    // Each has the flags and the frame in its box: the empty delimiter, and the body.
    const boxed = payloads.map((payload) => readCommand(payload, 'CURVE', 0))
    expect(boxed).toMatchObject([
      { kind: 'curve-message', plainBytes: 1 },
      { kind: 'curve-message', plainBytes: 6 },
    ])
  })
})
