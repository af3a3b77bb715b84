import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { Dealer, Pull, Push, Router } from 'zeromq'
import { RoundTrips } from '../../src/engine/round-trips.ts'
import { LatencyRecorder } from '../../src/shared/latency/recorder.ts'
import type { SocketSpec } from '../../src/shared/session/spec.ts'
import { boundEndpointOf } from '../../src/shared/session/state.ts'
import type { Timing } from '../../src/shared/session/timing.ts'
import { defaultSocketOptions } from '../../src/shared/zmq/options.ts'
import type { PatternId } from '../../src/shared/zmq/patterns.ts'
import { noSecurity } from '../../src/shared/zmq/security.ts'
import { foreign } from '../support/foreign.ts'
import { bytes, createHarness, type Harness, texts } from '../support/harness.ts'
import { tries } from '../support/nightly.ts'

const anyPort = { how: 'bind', endpoint: 'tcp://127.0.0.1:0' } as const

const specOf = (pattern: PatternId, parts: Partial<SocketSpec> = {}): SocketSpec => ({
  pattern,
  attach: [anyPort],
  options: defaultSocketOptions,
  security: noSecurity,
  subscriptions: [],
  behaviour: null,
  ...parts,
})

const byPosition: Timing = { match: 'position', frame: 0, repliesOn: null }
const byFrame = (frame: number): Timing => ({ match: 'frame', frame, repliesOn: null })

const openAt = async ({ engine }: Harness, spec: SocketSpec, timing: Timing | null, id = 'one') =>
  boundEndpointOf(await engine.open(id, spec, timing))?.endpoint ?? ''

const summaryOf = ({ engine }: Harness) => engine.session('one').latency.snapshot().summary
const tripsOf = ({ engine }: Harness) => engine.session('one').state.roundTrips

describe('what is timed', () => {
  test('by position: the first to come back answers the first that was sent', async () => {
    const harness = createHarness()
    const { engine, until } = harness
    const peer = foreign(new Router(), await openAt(harness, specOf('dealer'), byPosition))
    for (const text of ['a', 'b', 'c']) await engine.send('one', [bytes(text)], 5000)
    const arrived = [await peer.receive(), await peer.receive(), await peer.receive()]
    expect(tripsOf(harness)).toMatchObject({ waiting: 3, unmatched: 0 })
    for (const message of arrived) await peer.send(message)
    await until('the figures', () => summaryOf(harness).count === 3)
    expect(tripsOf(harness)).toEqual({ timing: byPosition, waiting: 0, late: 0, unmatched: 0, isStopped: false })
    await peer.send(arrived[0] ?? [])
    await until('one more', () => tripsOf(harness)?.unmatched === 1)
    expect(summaryOf(harness).count).toBe(3)
  })

  test('by a frame: in any order, whatever else comes back', async () => {
    const harness = createHarness()
    const { engine, until } = harness
    const peer = foreign(new Router(), await openAt(harness, specOf('dealer'), byFrame(1)))
    for (const text of ['a', 'b']) await engine.send('one', [bytes('work'), bytes(text)], 5000)
    const [id] = await peer.receive()
    await peer.receive()
    await peer.send([id ?? '', '', 'done', 'x'])
    await peer.send([id ?? '', '', 'done', 'b', 'more'])
    await peer.send([id ?? '', '', 'short'])
    await until('both strangers', () => tripsOf(harness)?.unmatched === 2)
    expect(tripsOf(harness)).toMatchObject({ waiting: 1 })
    expect(summaryOf(harness).count).toBe(1)
    await peer.send([id ?? '', '', 'done', 'a'])
    await until('the other', () => summaryOf(harness).count === 2)
  })

  test('to each peer of a ROUTER by itself', async () => {
    const harness = createHarness()
    const { engine, until } = harness
    const endpoint = await openAt(harness, specOf('router'), byPosition)
    const peers = ['left', 'right'].map((routingId) => foreign(new Dealer({ routingId }), endpoint))
    for (const peer of peers) await peer.send('here')
    await until('both', () => tripsOf(harness)?.unmatched === 2)
    for (const to of ['left', 'right']) await engine.send('one', [bytes(to)], 5000, Buffer.from(to))
    const [left, right] = peers
    await right?.send((await right.receive())[0] ?? '')
    await until('the one that answered', () => summaryOf(harness).count === 1)
    expect(tripsOf(harness)).toMatchObject({ waiting: 1, unmatched: 2 })
    await left?.send((await left.receive())[0] ?? '')
    await until('the other', () => summaryOf(harness).count === 2)
  })

  test('from a PUSH to a PULL of this window', async () => {
    const harness = createHarness()
    const { engine, until } = harness
    const timing: Timing = { match: 'position', frame: 0, repliesOn: 'back' }
    const work = foreign(new Pull(), await openAt(harness, specOf('push'), timing))
    const results = foreign(new Push(), await openAt(harness, specOf('pull'), null, 'back'))
    for (const text of ['a', 'b']) {
      await engine.send('one', [bytes(text)], 5000)
      expect(texts(await work.receive())).toEqual([text])
      await results.send(text)
    }
    await until('the figures', () => summaryOf(harness).count === 2)
    expect(engine.session('back').latency.snapshot().summary.count).toBe(0)
  })

  test('what is not answered in time counts as such, and a late answer disturbs no other', async () => {
    const harness = createHarness()
    const { engine, until } = harness
    const peer = foreign(new Router(), await openAt(harness, specOf('dealer'), byPosition))
    await engine.send('one', [bytes('slow')], 200)
    const message = await peer.receive()
    await until('the time limit', () => summaryOf(harness).timeouts === 1)
    await peer.send(message)
    await until('the late answer', () => tripsOf(harness)?.late === 1)
    expect(tripsOf(harness)).toMatchObject({ waiting: 0, unmatched: 0 })
    await engine.send('one', [bytes('quick')], 5000)
    await peer.send(await peer.receive())
    await until('the next', () => summaryOf(harness).count === 1)
    expect(summaryOf(harness).timeouts).toBe(1)
  })

  test('without the wait for a peer', async () => {
    const harness = createHarness()
    const { engine, until } = harness
    const endpoint = await openAt(harness, specOf('dealer'), byPosition)
    const sent = engine.send('one', [bytes('x')], 5000)
    await openAt(harness, specOf('push'), null, 'lonely')
    await expect(engine.send('lonely', [bytes('x')], 300)).rejects.toThrow('nobody is connected')
    const connectedAt = performance.now()
    const peer = foreign(new Router(), endpoint)
    await sent
    await peer.send(await peer.receive())
    await until('the figures', () => summaryOf(harness).count === 1)
    expect((summaryOf(harness).max ?? 0) / 1e6).toBeLessThanOrEqual(performance.now() - connectedAt + 1)
  })

  test('within its own limit, behind a message with a longer one', async () => {
    const harness = createHarness()
    const { engine, events, until } = harness
    const peer = foreign(new Router(), await openAt(harness, specOf('dealer'), byFrame(0)))
    await engine.send('one', [bytes('patient')], 60_000)
    await engine.send('one', [bytes('hurried')], 50)
    await until('its limit', () => summaryOf(harness).timeouts === 1)
    await peer.receive()
    const hurried = await peer.receive()
    const announced = () => events.findLast((event) => event.type === 'session.changed')?.state.roundTrips?.waiting
    await until('the end of waiting for it', () => announced() === 1)
    await peer.send(hurried)
    await until('the stranger', () => tripsOf(harness)?.unmatched === 1)
    expect(tripsOf(harness)).toMatchObject({ waiting: 1 })
  })

  test('one by one in a repeat without an interval, so that no queue is timed', async () => {
    const harness = createHarness()
    const { engine, until } = harness
    const peer = foreign(new Router(), await openAt(harness, specOf('dealer'), byPosition))
    engine.session('one').startRepeat({ frames: [bytes('x')], timeoutMs: 5000, count: null, intervalMs: 0 })
    for (let count = 1; count <= 5; count += 1) {
      const message = await peer.receive()
      expect(engine.session('one').state.traffic).toMatchObject({ sent: count, received: count - 1 })
      await peer.send(message)
      await until('the answer', () => summaryOf(harness).count === count)
    }
    await peer.receive()
    engine.session('one').stopRepeat()
    expect(engine.session('one').state.repeat?.running).toBe(true)
    engine.session('one').cancel()
    await until('the end', () => engine.session('one').state.repeat?.running === false)
  })

  test('not a message that could not be sent, and nothing any more when it is turned off', async () => {
    const harness = createHarness()
    const { engine, until } = harness
    const endpoint = await openAt(harness, specOf('dealer'), byPosition)
    await expect(engine.send('one', [bytes('x')], 20)).rejects.toThrow('nobody is connected')
    expect(tripsOf(harness)).toMatchObject({ waiting: 0 })
    const peer = foreign(new Router(), endpoint)
    await until('the peer', () => engine.session('one').state.endpoints.some((each) => 'peers' in each && each.peers))
    await engine.send('one', [bytes('x')], 5000)
    await peer.send(await peer.receive())
    await until('the figures', () => summaryOf(harness).count === 1)
    expect(engine.session('one').time(null).roundTrips).toBeNull()
    expect(summaryOf(harness).count).toBe(0)
    await engine.send('one', [bytes('y')], 5000)
    await peer.send(await peer.receive())
    await until('the answer', () => engine.session('one').state.traffic.received === 2)
    expect(summaryOf(harness).count).toBe(0)
  })

  test('resetting the figures forgets what was counted, and closing what waits', async () => {
    const harness = createHarness()
    const { engine, until } = harness
    const peer = foreign(new Router(), await openAt(harness, specOf('dealer'), byPosition))
    await engine.send('one', [bytes('x')], 5000)
    const message = await peer.receive()
    engine.session('one').resetLatency()
    expect(tripsOf(harness)).toMatchObject({ waiting: 0 })
    await peer.send(message)
    await until('the answer to nothing', () => tripsOf(harness)?.unmatched === 1)
    await engine.send('one', [bytes('x')], 5000)
    await engine.close('one')
    expect(tripsOf(harness)).toMatchObject({ timing: byPosition, waiting: 0, unmatched: 0 })
  })

  test.each([
    ['req', byPosition, 'cannot be timed'],
    ['rep', byPosition, 'cannot be timed'],
    ['sub', byPosition, 'cannot be timed'],
    ['push', byPosition, 'only sends'],
  ] as const)('not a %s so', async (pattern, timing, words) => {
    const harness = createHarness()
    const attach = [{ how: 'connect', endpoint: 'tcp://127.0.0.1:1' }] as const
    await expect(harness.engine.open('one', specOf(pattern, { attach }), timing)).rejects.toThrow(words)
  })
})

test('what is answered while it may wait to be sent has no time, and does not time out', () => {
  const latency = new LatencyRecorder()
  const trips = new RoundTrips(byPosition, latency, () => undefined)
  for (const limitMs of [5000, 0]) {
    const message = trips.sending(null, [bytes('x')], 0, limitMs)
    if (!message) throw new Error('not timed')
    trips.hold(message)
    trips.received(null, [bytes('x')], 0)
    expect(message.state).toBe('over')
  }
  expect(latency.snapshot().summary).toMatchObject({ count: 0, timeouts: 0 })
  trips.sending(null, [bytes('y')], 0, 5000)
  trips.received(null, [bytes('y')], 0)
  expect(latency.snapshot().summary).toMatchObject({ count: 1, timeouts: 0 })
  expect(trips.state).toMatchObject({ waiting: 0, unmatched: 0 })
})

test('what waited to be sent keeps its place, and its time runs from then', () => {
  const latency = new LatencyRecorder()
  const trips = new RoundTrips(byPosition, latency, () => undefined)
  const [first, second, third] = ['a', 'b', 'c'].map((text) => trips.sending(null, [bytes(text)], 0, 5000))
  if (!first || !second || !third) throw new Error('not timed')
  for (const message of [first, second, third]) trips.hold(message)
  trips.sent(first, 1)
  trips.received(null, [bytes('a')], 0)
  expect([first.state, second.state, third.state]).toEqual(['over', 'waiting', 'waiting'])
  trips.sent(second, 2)
  trips.sent(third, 3)
  expect([second.at, third.at, second.startNs <= third.startNs]).toEqual([2, 3, true])
  trips.received(null, [bytes('b')], 0)
  expect([second.state, third.state]).toEqual(['over', 'waiting'])
  trips.received(null, [bytes('c')], 0)
  expect(latency.snapshot().summary).toMatchObject({ count: 3, timeouts: 0 })
  expect(trips.state).toMatchObject({ waiting: 0, unmatched: 0 })
})

test('what waits to be sent is not given up meanwhile, even where all figures are forgotten', async () => {
  const latency = new LatencyRecorder()
  const trips = new RoundTrips(byPosition, latency, () => undefined)
  const held = trips.sending(null, [bytes('x')], 0, 1)
  if (!held) throw new Error('not timed')
  trips.hold(held)
  // Of the same limit: when it is over, the one before it would be, too.
  trips.sending(null, [bytes('y')], 0, 1)
  await expect.poll(() => trips.state.waiting).toBe(1)
  expect(held.state).toBe('waiting')
  trips.reset()
  trips.sent(held, 1)
  trips.received(null, [bytes('x')], 0)
  expect(held.state).toBe('over')
  expect(trips.state).toMatchObject({ waiting: 0, unmatched: 0 })
})

test('answers in any order, some late or lost, keep the counts in step', () => {
  const step = fc.record({ sends: fc.boolean(), id: fc.integer({ min: 0, max: 5 }) })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), fc.boolean(), (steps, isByFrame) => {
      const latency = new LatencyRecorder()
      const trips = new RoundTrips(isByFrame ? byFrame(0) : byPosition, latency, () => undefined)
      const model = new Map<number, number>()
      let [answered, strangers] = [0, 0]
      for (const { sends, id } of steps) {
        const key = isByFrame ? id : 0
        const waiting = model.get(key) ?? 0
        if (sends) {
          trips.sending(null, [Uint8Array.of(id)], 0, 60_000)
          model.set(key, waiting + 1)
        } else {
          trips.received(null, [Uint8Array.of(id)], 0)
          if (waiting > 0) answered += 1
          else strangers += 1
          model.set(key, Math.max(0, waiting - 1))
        }
      }
      const waiting = [...model.values()].reduce((total, each) => total + each, 0)
      expect(trips.state).toMatchObject({ waiting, unmatched: strangers, late: 0 })
      expect(latency.snapshot().summary.count).toBe(answered)
      trips.reset()
    }),
    tries(100, 2000),
  )
})

test('answers to 100,000 that wait take no longer than to a few', () => {
  const latency = new LatencyRecorder()
  const trips = new RoundTrips(byPosition, latency, () => undefined)
  onTestFinished(() => trips.reset())
  const message = [bytes('x')]
  for (let count = 0; count < 100_000; count += 1) trips.sending(null, message, 0, 60_000)
  for (let count = 0; count < 100_000; count += 1) trips.received(null, message, 0)
  expect(latency.snapshot().summary.count).toBe(100_000)
  expect(trips.state).toMatchObject({ waiting: 0, unmatched: 0 })
})

test('ends when more messages wait than can be remembered, and begins anew with the figures', () => {
  const trips = new RoundTrips(byPosition, new LatencyRecorder(), () => undefined)
  onTestFinished(() => trips.reset())
  const message = [bytes('x')]
  for (let count = 0; count < 100_000; count += 1) trips.sending(null, message, 0, 60_000)
  expect(trips.state).toMatchObject({ waiting: 100_000, isStopped: false })
  expect(trips.sending(null, message, 0, 60_000)).toBeNull()
  expect(trips.state).toMatchObject({ waiting: 0, isStopped: true })
  trips.reset()
  expect(trips.sending(null, message, 0, 60_000)).not.toBeNull()
  expect(trips.state).toMatchObject({ waiting: 1, isStopped: false })
})
