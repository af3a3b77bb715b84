import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { Reply, Router } from 'zeromq'
import type { Attachment, SocketSpec } from '../../src/shared/session/spec.ts'
import { boundEndpointOf } from '../../src/shared/session/state.ts'
import { defaultSocketOptions } from '../../src/shared/zmq/options.ts'
import type { PatternId } from '../../src/shared/zmq/patterns.ts'
import { noSecurity } from '../../src/shared/zmq/security.ts'
import { foreign } from '../support/foreign.ts'
import { bytes, createHarness, type Harness, texts } from '../support/harness.ts'

const anyPort = { how: 'bind', endpoint: 'tcp://127.0.0.1:0' } as const

const specOf = (attach: readonly Attachment[], pattern: PatternId = 'req'): SocketSpec => ({
  pattern,
  attach,
  options: defaultSocketOptions,
  security: noSecurity,
  subscriptions: [],
  behaviour: null,
})

async function openAt({ engine }: Harness, attach: readonly Attachment[] = [anyPort]): Promise<string> {
  return boundEndpointOf(await engine.open('one', specOf(attach)))?.endpoint ?? ''
}

const connected = (endpoint: string): Reply => foreign(new Reply(), endpoint)

/** A REP of its own that answers with its name. Returns its endpoint. */
async function namedReply(name: string): Promise<string> {
  const socket = new Reply()
  onTestFinished(() => socket.close())
  await socket.bind('tcp://127.0.0.1:0')
  const answer = async () => {
    for await (const _request of socket) await socket.send(name)
  }
  answer().catch(() => undefined)
  return socket.lastEndpoint ?? ''
}

describe('a REQ that binds', () => {
  test('gets the reply, with its round trip and the difference', async () => {
    const harness = createHarness()
    const { engine, entries } = harness
    const peer = connected(await openAt(harness))
    const sent = engine.send('one', [bytes('question'), bytes('two')], 5000)
    expect(texts(await peer.receive())).toEqual(['question', 'two'])
    expect(engine.session('one').state.inFlightSince).not.toBeNull()
    await expect(engine.send('one', [bytes('x')], 50)).rejects.toThrow('already in flight')
    await peer.send('answer')
    const exchange = await sent
    expect(exchange).toMatchObject({ connectNs: null, first: true, difference: { frame: 0, offset: 0 } })
    expect(texts([...(exchange?.frames ?? [])])).toEqual(['answer'])
    expect(exchange?.roundTripNs).toBeGreaterThan(0)
    const messages = entries.filter(({ kind }) => kind === 'message')
    expect(messages.map(({ direction, exchange: of }) => [direction, of])).toEqual([
      ['sent', exchange?.request],
      ['received', exchange?.request],
    ])
    expect(messages[1]?.roundTripNs).toBe(exchange?.roundTripNs)
    expect(engine.session('one')).toMatchObject({ lastExchange: exchange, state: { inFlightSince: null } })
    expect(engine.session('one').latency.snapshot().summary).toMatchObject({ count: 1, timeouts: 0 })
  })

  test('says that nobody is connected, and sends when somebody is', async () => {
    const harness = createHarness()
    const { engine } = harness
    const endpoint = await openAt(harness)
    await expect(engine.send('one', [bytes('x')], 30)).rejects.toThrow('nobody is connected')
    const sent = engine.send('one', [bytes('now')], 5000)
    await engine.open('lonely', specOf([anyPort]))
    await expect(engine.send('lonely', [bytes('x')], 300)).rejects.toThrow('nobody is connected')
    const connectedAt = performance.now()
    const peer = connected(endpoint)
    expect(texts(await peer.receive())).toEqual(['now'])
    await peer.send('yes')
    const exchange = await sent
    expect(texts([...(exchange?.frames ?? [])])).toEqual(['yes'])
    // The wait for a peer is no part of the round trip.
    expect((exchange?.roundTripNs ?? 0) / 1e6).toBeLessThanOrEqual(performance.now() - connectedAt + 1)
  })

  test('asks again after a request without reply, and takes no late reply for the next', async () => {
    const harness = createHarness()
    const { engine, entries } = harness
    const endpoint = await openAt(harness)
    const peer = new Router()
    onTestFinished(() => peer.close())
    peer.connect(endpoint)
    await expect(engine.send('one', [bytes('first')], 100)).rejects.toThrow('No reply within 100 ms')
    const first = await peer.receive()
    const sent = engine.send('one', [bytes('second')], 5000)
    const second = await peer.receive()
    await peer.send([...first.slice(0, -1), 'late'])
    await peer.send([...second.slice(0, -1), 'right'])
    expect(texts([...((await sent)?.frames ?? [])])).toEqual(['right'])
    expect(entries.filter(({ event }) => event === 'timeout')).toHaveLength(1)
    expect(engine.session('one').latency.snapshot().summary).toMatchObject({ count: 1, timeouts: 1 })
  })

  test.each([
    ['cancelled', (harness: Harness) => Promise.resolve(harness.engine.session('one').cancel())],
    ['closed', (harness: Harness) => harness.engine.close('one')],
  ] as const)('ends what is under way when it is %s', async (code, end) => {
    const harness = createHarness()
    const { engine } = harness
    const peer = connected(await openAt(harness))
    const failure = engine.send('one', [bytes('x')], 5000).catch((thrown: unknown) => thrown)
    await peer.receive()
    await end(harness)
    expect(await failure).toMatchObject({ code })
    expect(engine.session('one').state.inFlightSince).toBeNull()
  })

  test('becomes one that connects, and back, with the figures of each', async () => {
    const harness = createHarness()
    const { engine } = harness
    const elsewhere = await namedReply('elsewhere')
    const other = await namedReply('other')
    const one = [{ how: 'connect', endpoint: elsewhere }] as const
    const both = [...one, { how: 'connect', endpoint: other }] as const
    const count = () => engine.session('one').latency.snapshot().summary.count
    for (const [attach, known] of [
      [[anyPort], 0],
      [one, 0],
      [both, 0],
      // Its figures go on.
      [one, 1],
    ] as const) {
      await engine.open('one', specOf(attach))
      expect(engine.session('one').state).toMatchObject({
        phase: 'open',
        endpoints: attach.map(({ how }) => ({ how })),
      })
      expect(count()).toBe(known)
      if (attach[0] === anyPort) continue
      await engine.send('one', [bytes('x')], 5000)
      expect(count()).toBe(known + 1)
    }
    // An endpoint that went while it was open does not count: it is one with a link of its own again.
    await engine.open('one', specOf(both))
    expect(engine.session('one').streamer).not.toBeNull()
    engine.session('one').detach(1)
    await engine.close('one')
    await engine.open('one', specOf(one))
    expect(engine.session('one').streamer).toBeNull()
  })
})

test('a REQ with several endpoints asks each in turn, and takes more while it is open', async () => {
  const harness = createHarness()
  const { engine, until } = harness
  const attach = await Promise.all(
    ['a', 'b'].map(async (name) => ({ how: 'connect', endpoint: await namedReply(name) }) as const),
  )
  await engine.open('one', specOf(attach))
  const ready = () =>
    engine.session('one').state.endpoints.every((each) => each.how === 'connect' && each.link.state === 'ready')
  await until('both links', ready)
  const ask = async () => texts([...((await engine.send('one', [bytes('who?')], 5000))?.frames ?? [])])[0]
  expect([await ask(), await ask(), await ask(), await ask()].sort()).toEqual(['a', 'a', 'b', 'b'])
  await engine.session('one').attach({ how: 'connect', endpoint: await namedReply('c') })
  await until('all links', ready)
  expect([await ask(), await ask(), await ask()].sort()).toEqual(['a', 'b', 'c'])
  engine.session('one').detach(0)
  expect([await ask(), await ask()].sort()).toEqual(['b', 'c'])
})

test.each(['ipc', 'inproc'] as const)(
  'a REQ that binds speaks with a REP of this window over %s',
  async (transport) => {
    const harness = createHarness()
    const { engine } = harness
    const folder = await mkdtemp(join(tmpdir(), 'bound-request-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    const endpoint = transport === 'ipc' ? `ipc://${join(folder, 'socket')}` : 'inproc://bound-request'
    await engine.open('one', specOf([{ how: 'bind', endpoint }]))
    await engine.open('other', { ...specOf([{ how: 'connect', endpoint }], 'rep'), behaviour: 'echo' })
    for (const text of ['one', 'two']) {
      expect(texts([...((await engine.send('one', [bytes(text)], 5000))?.frames ?? [])])).toEqual([text])
    }
  },
)

test('a repeat of a REQ that binds counts its replies', async () => {
  const harness = createHarness()
  const { engine, until } = harness
  const endpoint = await openAt(harness)
  const peer = connected(endpoint)
  const answer = async () => {
    for await (const request of peer) await peer.send(request)
  }
  answer().catch(() => undefined)
  engine.session('one').startRepeat({ frames: [bytes('x')], timeoutMs: 5000, count: 20, intervalMs: 0 })
  const done = await until('the repeat', () => {
    const { repeat } = engine.session('one').state
    return repeat?.running === false ? repeat : null
  })
  expect(done).toMatchObject({ sent: 20, replied: 20, timedOut: 0, error: null })
})
