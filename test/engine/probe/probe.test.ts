import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import {
  Context,
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
import { probe } from '../../../src/engine/probe/probe.ts'
import { draftClasses } from '../../../src/engine/sockets/draft-sockets.ts'
import type { ProbeReport } from '../../../src/shared/probe/report.ts'
import { hasPython, python } from '../../support/python.ts'
import { RunningProgram } from '../../support/running-program.ts'

vi.setConfig({ testTimeout: 15_000 })

function use<Kind extends Socket>(socket: Kind): Kind {
  onTestFinished(() => socket.close())
  return socket
}

function bound<Kind extends Socket>(socket: Kind, endpoint = 'tcp://127.0.0.1:*'): { socket: Kind; endpoint: string } {
  use(socket).bindSync(endpoint)
  return { socket, endpoint: socket.lastEndpoint ?? '' }
}

const connected = <Kind extends Socket>(socket: Kind, endpoint: string): Kind => {
  use(socket).connect(endpoint)
  return socket
}

const stepOf = (report: ProbeReport, step: string) => report.steps.find((each) => each.step === step)

const folder = () => mkdtempSync(join(tmpdir(), 'inspector-'))
const linger = { linger: 0 }

const types: readonly (readonly [string, () => Socket, readonly string[]])[] = [
  ['REQ', () => new Request(linger), ['rep', 'router']],
  ['REP', () => new Reply(linger), ['req', 'dealer']],
  ['DEALER', () => new Dealer(linger), ['rep', 'dealer', 'router']],
  ['ROUTER', () => new Router(linger), ['req', 'dealer', 'router']],
  ['PUB', () => new Publisher(linger), ['sub', 'xsub']],
  ['SUB', () => new Subscriber(linger), ['pub', 'xpub']],
  ['XPUB', () => new XPublisher(linger), ['sub', 'xsub']],
  ['XSUB', () => new XSubscriber(linger), ['pub', 'xpub']],
  ['PUSH', () => new Push(linger), ['pull']],
  ['PULL', () => new Pull(linger), ['push']],
  ['PAIR', () => new Pair(linger), ['pair']],
  ['SERVER', () => new draftClasses.Server(linger), ['client']],
  ['CLIENT', () => new draftClasses.Client(linger), ['server']],
  ['RADIO', () => new draftClasses.Radio(linger), ['dish']],
  ['DISH', () => new draftClasses.Dish(linger), ['radio']],
  ['SCATTER', () => new draftClasses.Scatter(linger), ['gather']],
  ['GATHER', () => new draftClasses.Gather(linger), ['scatter']],
]

/** With metadata of its own, for which zeromq.js has no property. */
class TaggedDealer extends Dealer {
  constructor(options: ConstructorParameters<typeof Dealer>[0]) {
    super(options)
    // ZMQ_METADATA
    this.setStringOption(95, 'X-App:inspector')
  }
}

describe('a socket of zeromq.js', () => {
  test.each(types)('of type %s says what it is', async (type, open, talksTo) => {
    const { endpoint } = bound(open())
    const begun = performance.now()
    const report = await probe(endpoint)
    const elapsedNs = (performance.now() - begun) * 1e6
    expect(report).toMatchObject({
      endpoint,
      reachable: true,
      protocol: 'zmtp',
      version: '3.1',
      mechanism: 'NULL',
      socketType: type,
      identity: null,
      talksTo,
      verdict: `${type.startsWith('X') ? 'An' : 'A'} ${type} socket, ZMTP 3.1, no security.`,
    })
    expect(report.steps.map(({ step, outcome }) => `${step} ${outcome}`)).toEqual([
      'resolve ok',
      'connect ok',
      'greeting ok',
      'handshake ok',
      'close ok',
    ])
    expect(stepOf(report, 'close')?.detail).toBe('one short connection, and no message')
    for (const { ns } of report.steps) expect(ns).toBeLessThanOrEqual(elapsedNs)
  })

  test('says its routing id and its metadata', async () => {
    const dealer = new TaggedDealer({ linger: 0, routingId: 'worker 7' })
    const report = await probe(bound(dealer).endpoint)
    expect(report).toMatchObject({ socketType: 'DEALER', identity: 'worker 7' })
    expect(stepOf(report, 'handshake')?.facts).toMatchObject({ 'X-App': 'inspector', identity: 'worker 7' })
  })

  test.each([
    ['tcp://[::1]:*', '3.1'],
    ['ws://127.0.0.1:*', 'ZWS 2.0'],
    ['ws://[::1]:*', 'ZWS 2.0'],
  ])('is found at %s', async (endpoint, version) => {
    const { endpoint: at } = bound(new Router({ linger: 0, ipv6: true }), endpoint)
    expect(await probe(at)).toMatchObject({ protocol: 'zmtp', version, socketType: 'ROUTER', mechanism: 'NULL' })
  })

  test('is found at a path and at an abstract name', async () => {
    const path = join(folder(), 'socket')
    bound(new Pull(linger), `ipc://${path}`)
    const report = await probe(`ipc://${path}`)
    expect(report).toMatchObject({ socketType: 'PULL', version: '3.1' })
    expect(report.steps.map(({ step }) => step)).toEqual(['connect', 'greeting', 'handshake', 'close'])
    expect(stepOf(report, 'connect')?.address).toBe(path)
    if (process.platform !== 'linux') return
    const name = `ipc://@inspector-probe-${process.pid}`
    bound(new Pull(linger), name)
    expect(await probe(name)).toMatchObject({ socketType: 'PULL' })
  })

  const plain = () => new Reply({ linger: 0, plainServer: true })
  const curve = () => {
    const socket = new Reply(linger)
    socket.curveServer = true
    socket.curveSecretKey = curveKeyPair().secretKey
    return socket
  }
  test.each([
    ['PLAIN', 'tcp', plain, 'Asks for PLAIN: you need a user name and a password.'],
    ['CURVE', 'tcp', curve, 'Asks for CURVE: you need its public key.'],
    ['PLAIN', 'ws', plain, 'Asks for PLAIN: you need a user name and a password.'],
    ['CURVE', 'ws', curve, 'Asks for CURVE: you need its public key.'],
  ])('with %s over %s says what it asks for, and nothing more', async (mechanism, scheme, open, verdict) => {
    const report = await probe(bound(open(), `${scheme}://127.0.0.1:*`).endpoint, { pattern: 'pub' })
    expect(report).toMatchObject({ protocol: 'zmtp', mechanism, socketType: null, talksTo: [], verdict })
    expect(stepOf(report, 'handshake')).toMatchObject({ outcome: 'failed', facts: { handshake: 'needs-credentials' } })
  })

  test('whose authenticator refuses this address says so', async () => {
    const context = new Context()
    const handler = use(new Router({ context, linger: 0 }))
    handler.bindSync('inproc://zeromq.zap.01')
    const answer = async () => {
      const [id, delimiter, version, request] = await handler.receive()
      await handler.send([id, delimiter, version, request, '400', 'no', '', ''].map((part) => part ?? ''))
    }
    const answered = answer()
    const { endpoint } = bound(new Reply({ context, linger: 0, zapDomain: 'test' }))
    expect(await probe(endpoint)).toMatchObject({
      protocol: 'zmtp',
      socketType: null,
      verdict: 'A ZeroMQ socket, ZMTP 3.1, whose authenticator refuses this address (400).',
    })
    await answered
  })

  test('is asked for another transport, which is told', async () => {
    const { endpoint } = bound(new Reply(linger))
    expect(await probe(endpoint.replace('tcp:', 'ws:'))).toMatchObject({
      protocol: 'zmtp',
      verdict: 'A ZeroMQ socket of tcp://, not of ws://: use tcp://.',
    })
    const { endpoint: web } = bound(new Reply(linger), 'ws://127.0.0.1:*')
    expect(await probe(web.replace('ws:', 'tcp:').replace(/\/$/, ''))).toMatchObject({ protocol: 'closed' })
  })
})

describe('the verdict for a pattern', () => {
  test.each([
    ['req', 'A PUB socket, ZMTP 3.1, no security. REQ cannot talk to it: open a SUB.'],
    ['sub', 'A PUB socket, ZMTP 3.1, no security. SUB can talk to it.'],
  ] as const)('%s says whether it fits', async (pattern, verdict) => {
    expect(await probe(bound(new Publisher(linger)).endpoint, { pattern })).toMatchObject({ verdict })
  })
})

/** Probes a socket often, so that whatever it does to it shows. */
async function probeOften(endpoint: string): Promise<void> {
  for (let count = 0; count < 5; count += 1) expect(await probe(endpoint)).toMatchObject({ protocol: 'zmtp' })
}

describe('the probe disturbs nobody:', () => {
  test.each<
    [string, () => Reply | Router | Pull | XPublisher | Pair, () => Request | Push | Subscriber | Pair, string]
  >([
    ['a REP', () => new Reply(linger), () => new Request(linger), 'hello'],
    ['a ROUTER', () => new Router(linger), () => new Request(linger), 'hello'],
    ['a PULL', () => new Pull(linger), () => new Push(linger), 'hello'],
    ['a PAIR', () => new Pair(linger), () => new Pair(linger), 'hello'],
    ['an XPUB', () => new XPublisher(linger), () => new Subscriber(linger), '\x01hello'],
  ])('%s gets nothing but what a real peer sends', async (_what, open, openPeer, expected) => {
    const { socket, endpoint } = bound(open())
    const first = socket.receive()
    await probeOften(endpoint)
    const peer = connected(openPeer(), endpoint)
    if (peer instanceof Subscriber) peer.subscribe('hello')
    else await peer.send('hello')
    expect((await first).at(-1)?.toString()).toBe(expected)
  })

  test('a PUSH and a DEALER keep their message for a real peer', async () => {
    for (const [socket, peer] of [
      [new Push(linger), new Pull(linger)],
      [new Dealer(linger), new Dealer(linger)],
    ] as const) {
      const { endpoint } = bound(socket)
      const sent = socket.send('kept')
      await probeOften(endpoint)
      expect((await connected(peer, endpoint).receive()).toString()).toBe('kept')
      await sent
    }
  })

  test('a PAIR keeps the peer that it has, and takes one after a probe', async () => {
    const { socket, endpoint } = bound(new Pair(linger))
    const peer = connected(new Pair(linger), endpoint)
    await peer.send('one')
    await socket.receive()
    await probeOften(endpoint)
    await socket.send('two')
    expect((await peer.receive()).toString()).toBe('two')
  })

  test('its monitor sees a connection that ends before the handshake', async () => {
    const socket = use(new Reply(linger))
    const seen: string[] = []
    for (const type of ['accept', 'handshake', 'disconnect'] as const) socket.events.on(type, () => seen.push(type))
    const gone = new Promise<void>((resolve) => socket.events.on('disconnect', () => resolve()))
    socket.bindSync('tcp://127.0.0.1:*')
    await probe(socket.lastEndpoint ?? '')
    await gone
    expect(seen).toEqual(['accept', 'disconnect'])
  })
})

const peers = `
import json, sys, zmq
context = zmq.Context()
sockets, endpoints = [], {}
def bind(name, kind, prepare=lambda socket: None):
    socket = context.socket(kind)
    socket.linger = 0
    prepare(socket)
    socket.bind('tcp://127.0.0.1:*')
    sockets.append(socket)
    endpoints[name] = socket.last_endpoint.decode()
def plain(socket):
    socket.plain_server = True
def curve(socket):
    public, secret = zmq.curve_keypair()
    socket.curve_server = True
    socket.curve_secretkey = secret
for name in ('PAIR', 'PUB', 'SUB', 'REQ', 'REP', 'DEALER', 'ROUTER', 'PULL', 'PUSH', 'XPUB', 'XSUB'):
    bind(name, getattr(zmq, name))
bind('PLAIN', zmq.REP, plain)
bind('CURVE', zmq.REP, curve)
print('at', json.dumps(endpoints), flush=True)
sys.stdin.read()
`

describe.skipIf(!hasPython)('a socket of pyzmq', () => {
  test('says what it is, whatever its type, or what it asks for', async () => {
    const program = new RunningProgram(python, ['-u', '-c', peers])
    const [, text = ''] = await program.until(/at (\{.*\})/)
    const endpoints: Record<string, string> = JSON.parse(text)
    expect(Object.keys(endpoints)).toHaveLength(13)
    for (const [name, endpoint] of Object.entries(endpoints)) {
      const report = await probe(endpoint)
      const isSecured = name === 'PLAIN' || name === 'CURVE'
      expect(report).toMatchObject({
        protocol: 'zmtp',
        version: '3.1',
        mechanism: isSecured ? name : 'NULL',
        socketType: isSecured ? null : name,
      })
    }
    program.kill('SIGTERM')
  })
})
