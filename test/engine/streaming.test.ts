import { connect } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { Dealer, Publisher, Pull, Request, Subscriber } from 'zeromq'
import type { SocketSpec } from '../../src/shared/session/spec.ts'
import { boundEndpointOf } from '../../src/shared/session/state.ts'
import type { Topic } from '../../src/shared/session/topic.ts'
import { defaultSocketOptions, type SocketOptions } from '../../src/shared/zmq/options.ts'
import type { PatternId } from '../../src/shared/zmq/patterns.ts'
import { noSecurity } from '../../src/shared/zmq/security.ts'
import { foreign } from '../support/foreign.ts'
import { bytes, createHarness, type Harness, texts } from '../support/harness.ts'

const anyPort = { how: 'bind', endpoint: 'tcp://127.0.0.1:0' } as const

const topic = (text: string): Topic => ({ encoding: 'text', text })

const specOf = (
  pattern: PatternId,
  parts: Partial<SocketSpec> = {},
  options: Partial<SocketOptions> = {},
): SocketSpec => ({
  pattern,
  attach: [anyPort],
  options: { ...defaultSocketOptions, ...options },
  security: noSecurity,
  subscriptions: [],
  behaviour: null,
  ...parts,
})

/** Opens a session that binds a free port. Returns its endpoint. */
async function openAt({ engine }: Harness, spec: SocketSpec, id = 'one'): Promise<string> {
  return boundEndpointOf(await engine.open(id, spec))?.endpoint ?? ''
}

const stateOf = ({ engine }: Harness, id = 'one') => engine.session(id).state

const messages = ({ entries }: Harness, session = 'one') =>
  entries.filter((entry) => entry.session === session && entry.kind === 'message')

describe('a REP answered by hand', () => {
  test('lets each request wait for its answer, one after the other', async () => {
    const harness = createHarness()
    const { engine, until } = harness
    const endpoint = await openAt(harness, specOf('rep'))
    const [first, second] = [foreign(new Request(), endpoint), foreign(new Request(), endpoint)]
    await first.send('one')
    const waiting = await until('the first request', () => stateOf(harness).request)
    await second.send('two')
    expect(engine.record(waiting.record)).toMatchObject({ direction: 'received', exchange: waiting.record })
    await engine.send('one', [bytes('answer one')], 5000)
    expect(String(await first.receive())).toBe('answer one')
    await until('the second request', () => (stateOf(harness).request?.record ?? 0) > waiting.record)
    await engine.send('one', [bytes('answer two')], 5000)
    expect(String(await second.receive())).toBe('answer two')
    const logged = messages(harness)
    expect(logged.map(({ direction }) => direction)).toEqual(['received', 'sent', 'received', 'sent'])
    expect(logged[1]?.exchange).toBe(logged[0]?.exchange)
    expect(logged[3]?.exchange).toBe(logged[2]?.exchange)
    expect(stateOf(harness).request).toBeNull()
  })

  test('says that nothing waits, and closes while a request does', async () => {
    const harness = createHarness()
    const { engine, until } = harness
    const endpoint = await openAt(harness, specOf('rep'))
    await expect(engine.send('one', [bytes('x')], 50)).rejects.toThrow('can send only to answer a request')
    await foreign(new Request(), endpoint).send('left alone')
    await until('the request', () => stateOf(harness).request)
    await engine.close('one')
    expect(stateOf(harness)).toMatchObject({ phase: 'closed', request: null })
  })

  test('echoes by itself', async () => {
    const harness = createHarness()
    const peer = foreign(new Request(), await openAt(harness, specOf('rep', { behaviour: 'echo' })))
    for (const text of ['one', 'two', 'three']) {
      await peer.send(text)
      expect(String(await peer.receive())).toBe(text)
    }
    expect(stateOf(harness).traffic).toMatchObject({ received: 3, sent: 3 })
  })
})

describe('a ROUTER', () => {
  test('says that a peer does not read', async () => {
    const harness = createHarness()
    const { engine, until } = harness
    const endpoint = await openAt(harness, specOf('router', {}, { sendHighWaterMark: 1 }))
    const deaf = foreign(new Dealer({ routingId: 'deaf', receiveHighWaterMark: 1 }), endpoint)
    await deaf.send('here')
    await until('the peer', () => stateOf(harness).peers?.count === 1)
    const sendOn = async () => {
      for (let count = 0; count < 200; count += 1) {
        await engine.send('one', [new Uint8Array(1024 * 1024)], 5000, Buffer.from('deaf'))
      }
    }
    await expect(sendOn()).rejects.toThrow('Not sent: the peer does not read.')
  })

  test('knows its peers, and sends to each as it expects it', async () => {
    const harness = createHarness()
    const { engine, until } = harness
    const endpoint = await openAt(harness, specOf('router'))
    const plain = foreign(new Dealer({ routingId: 'plain' }), endpoint)
    const asking = foreign(new Request({ routingId: 'asking' }), endpoint)
    await plain.send(['a', 'b'])
    await asking.send('question')
    await until('both', () => stateOf(harness).peers?.count === 2)
    const peers = stateOf(harness).peers?.newest ?? []
    const of = (id: string) => peers.find(({ routingId }) => routingId === Buffer.from(id).toString('hex'))
    expect(of('plain')).toMatchObject({ received: 1, sent: 0, delimiter: false, gone: false })
    expect(of('asking')).toMatchObject({ received: 1, delimiter: true })
    await engine.send('one', [bytes('to plain')], 5000, Buffer.from('plain'))
    await engine.send('one', [bytes('answer')], 5000, Buffer.from('asking'))
    expect(texts(await plain.receive())).toEqual(['to plain'])
    expect(texts(await asking.receive())).toEqual(['answer'])
    const envelopes = messages(harness).map(({ frames, envelope }) => texts([...frames.slice(0, envelope)]))
    expect(envelopes.sort()).toEqual([['asking', ''], ['asking', ''], ['plain'], ['plain']])
  })

  test('says that there is no such peer, that it has gone, and that one must be chosen', async () => {
    const harness = createHarness()
    const { engine, until } = harness
    const endpoint = await openAt(harness, specOf('router'))
    await expect(engine.send('one', [bytes('x')], 50)).rejects.toThrow('Choose the peer')
    await expect(engine.send('one', [bytes('x')], 50, Buffer.from('none'))).rejects.toMatchObject({
      code: 'unreachable',
      message: 'No peer with this routing id is connected.',
    })
    await expect(engine.send('one', [bytes('x')], 50, Buffer.alloc(256))).rejects.toThrow('1 to 255 bytes')
    const peer = foreign(new Dealer({ routingId: 'soon gone' }), endpoint)
    await peer.send('here')
    await until('the peer', () => stateOf(harness).peers?.count === 1)
    peer.close()
    await until('the end', () => boundEndpointOf(stateOf(harness))?.peers === 0)
    await expect(engine.send('one', [bytes('x')], 50, Buffer.from('soon gone'))).rejects.toThrow('This peer has gone.')
    expect(stateOf(harness).peers?.newest[0]).toMatchObject({ gone: true })
    expect(stateOf(harness).traffic.sent).toBe(0)
  })

  test('remembers the thousand peers heard of last', async () => {
    const { KnownPeers } = await import('../../src/engine/peers.ts')
    const peers = new KnownPeers()
    for (let number = 0; number < 5000; number += 1) peers.received(bytes(`peer ${number}`), number, false)
    expect(peers.state.count).toBeLessThanOrEqual(1000)
    expect(peers.state.newest).toHaveLength(50)
    expect(Buffer.from(peers.state.newest[0]?.routingId ?? '', 'hex').toString()).toBe('peer 4999')
  })
})

describe('a DEALER', () => {
  test('adds the envelope that REP needs, unless that is off', async () => {
    const harness = createHarness()
    const { engine, until } = harness
    const rep = await openAt(harness, specOf('rep', { behaviour: 'echo' }), 'rep')
    const attach = [{ how: 'connect', endpoint: rep }] as const
    await engine.open('one', specOf('dealer', { attach }))
    await engine.send('one', [bytes('hello')], 5000)
    const reply = await until('the reply', () => messages(harness).find(({ direction }) => direction === 'received'))
    expect(texts([...reply.frames])).toEqual(['', 'hello'])
    expect(reply.envelope).toBe(1)
    await engine.open('bare', specOf('dealer', { attach: [anyPort] }, { envelope: false }))
    const peer = foreign(new Dealer(), boundEndpointOf(stateOf(harness, 'bare'))?.endpoint ?? '')
    await engine.send('bare', [bytes('hello')], 5000)
    expect(texts(await peer.receive())).toEqual(['hello'])
  })
})

describe('a PUB', () => {
  test('knows who subscribes to what, and what nobody heard', async () => {
    const harness = createHarness()
    const { engine, until } = harness
    const endpoint = await openAt(harness, specOf('pub'))
    await engine.send('one', [bytes('lost')], 5000)
    expect(stateOf(harness).traffic).toMatchObject({ sent: 1, unheard: 1 })
    const [one, other] = [foreign(new Subscriber(), endpoint), foreign(new Subscriber(), endpoint)]
    one.subscribe('prices.', 'news')
    other.subscribe('prices.')
    await until('three subscriptions', () => stateOf(harness).audience?.subscriptions === 3)
    expect(stateOf(harness).audience).toMatchObject({
      topicCount: 2,
      topics: expect.arrayContaining([{ topic: Buffer.from('prices.').toString('hex'), subscriptions: 2 }]),
    })
    await engine.send('one', [bytes('prices.eur'), bytes('1')], 5000)
    await engine.send('one', [bytes('weather')], 5000)
    expect(texts(await one.receive())).toEqual(['prices.eur', '1'])
    expect(stateOf(harness).traffic).toMatchObject({ sent: 3, unheard: 2, received: 0 })
    other.close()
    await until('its end', () => stateOf(harness).audience?.subscriptions === 2)
    expect(messages(harness).map(({ direction }) => direction)).toEqual(['sent', 'sent', 'sent'])
  })

  test('with conflate sends one frame, and is told of no subscriber', async () => {
    const harness = createHarness()
    await openAt(harness, specOf('pub', {}, { conflate: true }))
    await expect(harness.engine.send('one', [bytes('a'), bytes('b')], 50)).rejects.toThrow('only the last frame')
    await harness.engine.send('one', [bytes('a')], 50)
    expect(stateOf(harness)).toMatchObject({ audience: null, traffic: { sent: 1, unheard: 0 } })
  })
})

test('an XPUB receives subscriptions as messages', async () => {
  const harness = createHarness()
  const peer = foreign(new Subscriber(), await openAt(harness, specOf('xpub')))
  peer.subscribe('a')
  const message = await harness.until('the subscription', () => messages(harness)[0])
  expect(Buffer.from(message.frames[0] ?? []).toString('latin1')).toBe('\x01a')
  expect(stateOf(harness).audience?.subscriptions).toBe(1)
})

describe.each(['sub', 'xsub'] as const)('a %s', (pattern) => {
  test('changes its subscriptions while it runs', async () => {
    const harness = createHarness()
    const { engine, until } = harness
    const publisher = await openAt(harness, specOf('pub'), 'pub')
    const attach = [{ how: 'connect', endpoint: publisher }] as const
    await engine.open('one', specOf(pattern, { attach, subscriptions: [topic('a')] }))
    const subscribed = (count: number) => () => stateOf(harness, 'pub').audience?.subscriptions === count
    await until('the first', subscribed(1))
    await engine.session('one').subscribe([topic('b'), { encoding: 'hex', text: '63 64' }])
    await until('the others', () => {
      const topics = stateOf(harness, 'pub').audience?.topics.map((each) => each.topic)
      return topics?.length === 2 && topics.includes('62') && topics.includes('6364')
    })
    for (const text of ['a', 'b', 'c', 'cd']) await engine.send('pub', [bytes(text)], 5000)
    await until('two messages', () => messages(harness).length === 2)
    expect(messages(harness).map(({ frames }) => texts([...frames]))).toEqual([['b'], ['cd']])
    await engine.session('one').subscribe([])
    await until('none', subscribed(0))
    expect(stateOf(harness).spec.subscriptions).toEqual([])
  })
})

test('topics of 256 bytes are refused, and the socket stays as it was', async () => {
  const harness = createHarness()
  await openAt(harness, specOf('sub', { subscriptions: [topic('a')] }))
  await expect(harness.engine.session('one').subscribe([topic('ä'.repeat(128))])).rejects.toThrow('255 bytes')
  expect(stateOf(harness).spec.subscriptions).toEqual([topic('a')])
})

describe('endpoints', () => {
  test('come and go while the socket runs', async () => {
    const harness = createHarness()
    const { engine, until } = harness
    const first = new Publisher()
    onTestFinished(() => first.close())
    await first.bind('tcp://127.0.0.1:0')
    await engine.open('one', specOf('sub', { subscriptions: [topic('')] }))
    const { endpoints } = await engine.session('one').attach({ how: 'connect', endpoint: first.lastEndpoint ?? '' })
    expect(endpoints).toHaveLength(2)
    await until('the link', () => stateOf(harness).endpoints[1]?.how === 'connect' && hasReady(harness))
    await expect(
      engine.session('one').attach({ how: 'bind', endpoint: first.lastEndpoint ?? '' }),
    ).rejects.toMatchObject({
      code: 'address-in-use',
    })
    await expect(engine.session('one').attach({ how: 'connect', endpoint: first.lastEndpoint ?? '' })).rejects.toThrow(
      'already',
    )
    expect(stateOf(harness).endpoints).toHaveLength(2)
    const bound = boundEndpointOf(stateOf(harness))?.endpoint ?? ''
    engine.session('one').detach(0)
    expect(stateOf(harness)).toMatchObject({ endpoints: [{ how: 'connect' }], spec: { attach: [{ how: 'connect' }] } })
    // ZeroMQ lets go of the address on a thread of its own.
    await until('the free address', () =>
      harness.entries.some(({ event, detail }) => event === 'close' && detail?.includes(bound) === true),
    )
    await engine.open('two', specOf('pub', { attach: [{ how: 'bind', endpoint: bound }] }))
    await first.send('still here')
    await until('the message', () => messages(harness).length > 0)
  })
})

const hasReady = (harness: Harness, id = 'one'): boolean =>
  stateOf(harness, id).endpoints.some((each) => each.how === 'connect' && each.link.state === 'ready')

test('a PUSH says what waits for nobody', async () => {
  const harness = createHarness()
  const { engine, until } = harness
  await engine.open('one', specOf('push', { attach: [{ how: 'connect', endpoint: 'inproc://nobody-pulls' }] }))
  for (const text of ['1', '2', '3']) await engine.send('one', [bytes(text)], 50)
  expect(stateOf(harness).traffic).toMatchObject({ sent: 3, queued: 3 })
  await engine.open('two', specOf('pull', { attach: [{ how: 'bind', endpoint: 'inproc://nobody-pulls' }] }))
  await until('all of it', () => messages(harness, 'two').length === 3)
  expect(stateOf(harness).traffic.queued).toBe(0)
})

test('a STREAM talks to a plain TCP client', async () => {
  const harness = createHarness()
  const { engine, until } = harness
  const endpoint = new URL((await openAt(harness, specOf('stream'))).replace('tcp:', 'http:'))
  const client = connect(Number(endpoint.port), endpoint.hostname)
  onTestFinished(() => void client.destroy())
  const read: Buffer[] = []
  client.on('data', (data) => read.push(data))
  const ended = new Promise((resolve) => client.on('end', resolve))
  const peer = await until('the client', () => stateOf(harness).peers?.newest[0])
  client.write('GET / HTTP/1.0\r\n\r\n')
  const request = await until('its bytes', () => messages(harness)[0])
  expect(texts([...request.frames.slice(1)])).toEqual(['GET / HTTP/1.0\r\n\r\n'])
  const to = Buffer.from(peer.routingId, 'hex')
  await engine.send('one', [bytes('hello')], 50, to)
  await expect(engine.send('one', [bytes('a'), bytes('b')], 50, to)).rejects.toThrow('one frame at a time')
  await engine.send('one', [bytes('')], 50, to)
  await ended
  expect(Buffer.concat(read).toString()).toBe('hello')
})

test('a STREAM echoes what a client sends, and not that it came', async () => {
  const harness = createHarness()
  const endpoint = new URL((await openAt(harness, specOf('stream', { behaviour: 'echo' }))).replace('tcp:', 'http:'))
  const client = connect(Number(endpoint.port), endpoint.hostname)
  onTestFinished(() => void client.destroy())
  const echoed = new Promise((resolve) => client.once('data', resolve))
  client.write('hello')
  expect(String(await echoed)).toBe('hello')
  expect(stateOf(harness).traffic).toMatchObject({ received: 1, sent: 1 })
})

test('what waits for a peer can be cancelled, and the next message is sent', async () => {
  const harness = createHarness()
  const endpoint = await openAt(harness, specOf('push'))
  const waiting = harness.engine.send('one', [bytes('x')], 600_000)
  const next = harness.engine.send('one', [bytes('y')], 5000)
  harness.engine.session('one').cancel()
  await expect(waiting).rejects.toMatchObject({ code: 'cancelled' })
  const pull = foreign(new Pull(), endpoint)
  await next
  expect(String(await pull.receive())).toBe('y')
})

test('what waits at an endpoint that goes is counted as dropped', async () => {
  const harness = createHarness()
  const { engine } = harness
  await engine.open('one', specOf('dealer', { attach: [{ how: 'connect', endpoint: 'tcp://127.0.0.1:1' }] }))
  for (const text of ['1', '2']) await engine.send('one', [bytes(text)], 50)
  await engine.session('one').attach(anyPort)
  engine.session('one').detach(0)
  expect(stateOf(harness).traffic).toMatchObject({ queued: 0, dropped: 2 })
})

test('an inproc name can be bound again, and one that nobody has bound is not let go of', async () => {
  const harness = createHarness()
  const { engine, until } = harness
  const name = 'inproc://bound-again'
  const bind = { how: 'bind', endpoint: name } as const
  await engine.open('one', specOf('push', { attach: [anyPort, { how: 'connect', endpoint: name }] }))
  expect(() => engine.session('one').detach(1)).toThrow('Nobody has bound this name')
  for (const text of ['first', 'second']) {
    await engine.open('two', specOf('pull', { attach: [bind] }))
    await engine.send('one', [bytes(text)], 5000)
    await until(text, () => messages(harness, 'two').some(({ frames }) => texts([...frames]).includes(text)))
    await engine.close('two')
  }
})

test('a topic that is written in two ways is one subscription', async () => {
  const harness = createHarness()
  const publisher = await openAt(harness, specOf('pub'), 'pub')
  const attach = [{ how: 'connect', endpoint: publisher }] as const
  const hex: Topic = { encoding: 'hex', text: '61' }
  await harness.engine.open('one', specOf('sub', { attach, subscriptions: [topic('a'), hex] }))
  await harness.until('one', () => stateOf(harness, 'pub').audience?.subscriptions === 1)
  await harness.engine.session('one').subscribe([hex])
  expect(stateOf(harness).spec.subscriptions).toEqual([hex])
  await harness.engine.session('one').subscribe([])
  await harness.until('none', () => stateOf(harness, 'pub').audience?.subscriptions === 0)
})

test('an XPUB that is told of every subscription, but of the last end alone, counts right', async () => {
  const harness = createHarness()
  const endpoint = await openAt(harness, specOf('xpub', {}, { verboseSubscriptions: true }))
  const [one, other] = [foreign(new Subscriber(), endpoint), foreign(new Subscriber(), endpoint)]
  for (const each of [one, other]) each.subscribe('a')
  await harness.until('both', () => stateOf(harness).audience?.subscriptions === 2)
  one.close()
  other.close()
  await harness.until('none', () => stateOf(harness).audience?.subscriptions === 0)
})

describe('draft sockets', () => {
  test('a CLIENT and a SERVER exchange messages of one frame', async () => {
    const harness = createHarness()
    const { engine, until } = harness
    const endpoint = await openAt(harness, specOf('server'))
    await engine.open('two', specOf('client', { attach: [{ how: 'connect', endpoint }] }))
    await engine.send('two', [bytes('question')], 5000)
    const peer = await until('the client', () => stateOf(harness).peers?.newest[0])
    expect(peer).toMatchObject({ received: 1, routingId: expect.stringMatching(/^[0-9a-f]{8}$/) })
    await engine.send('one', [bytes('answer')], 50, Buffer.from(peer.routingId, 'hex'))
    await until('the answer', () => messages(harness, 'two').find(({ direction }) => direction === 'received'))
    expect(messages(harness, 'two').map(({ frames }) => texts([...frames]))).toEqual([['question'], ['answer']])
    await expect(engine.send('two', [bytes('a'), bytes('b')], 50)).rejects.toThrow('one frame in each message')
    await expect(engine.send('one', [bytes('x')], 50, Buffer.from('none'))).rejects.toThrow(
      'No peer with this routing id',
    )
  })

  test('a DISH receives the groups that it joins', async () => {
    const harness = createHarness()
    const { engine, until } = harness
    const endpoint = await openAt(harness, specOf('radio'))
    const attach = [{ how: 'connect', endpoint }] as const
    await engine.open('two', specOf('dish', { attach, subscriptions: [topic('news')] }))
    await until('the link', () => hasReady(harness, 'two'))
    // A RADIO does not tell who has joined.
    const sending = setInterval(() => {
      void engine.send('one', [bytes('other'), bytes('lost')], 50)
      void engine.send('one', [bytes('news'), bytes('hello')], 50)
    }, 10)
    onTestFinished(() => clearInterval(sending))
    const message = await until('a message', () => messages(harness, 'two')[0])
    expect(texts([...message.frames])).toEqual(['news', 'hello'])
    await engine.session('two').subscribe([topic('other')])
    await until('the other group', () =>
      messages(harness, 'two').some(({ frames }) => texts([...frames])[1] === 'lost'),
    )
    await expect(engine.session('two').subscribe([topic('x'.repeat(16))])).rejects.toThrow('15 bytes at most')
    await expect(engine.send('one', [bytes('news')], 50)).rejects.toThrow('two frames')
    await expect(engine.send('one', [bytes('x'.repeat(16)), bytes('y')], 50)).rejects.toThrow('15 bytes at most')
  })

  test('a SCATTER sends to a GATHER', async () => {
    const harness = createHarness()
    const endpoint = await openAt(harness, specOf('gather'), 'two')
    await harness.engine.open('one', specOf('scatter', { attach: [{ how: 'connect', endpoint }] }))
    await harness.engine.send('one', [bytes('job')], 5000)
    await harness.until('the job', () => messages(harness, 'two').length === 1)
  })
})

test('sockets that only receive, or only send, say so', async () => {
  const harness = createHarness()
  await openAt(harness, specOf('pull'))
  await expect(harness.engine.send('one', [bytes('x')], 50)).rejects.toThrow('A PULL only receives.')
  await openAt(harness, specOf('push'), 'two')
  await expect(harness.engine.session('two').subscribe([])).rejects.toThrow('A PUSH has no subscriptions.')
})
