import { describe, expect, onTestFinished, test } from 'vitest'
import { Router } from 'zeromq'
import { adviceForError } from '../../src/shared/diagnosis/error-advice.ts'
import { InspectorError } from '../../src/shared/errors.ts'
import { requestSpec } from '../../src/shared/session/spec.ts'
import { linkOf } from '../../src/shared/session/state.ts'
import { defaultSocketOptions } from '../../src/shared/zmq/options.ts'
import { bytes, createHarness, texts } from '../support/harness.ts'
import { RunningProgram } from '../support/running-program.ts'
import { ask } from '../support/sessions.ts'

const options = defaultSocketOptions
const correlated = { ...options, relaxedCorrelate: true }
/** Far longer than any of these tests takes: what fails before fails at once. */
const longMs = 60_000

async function bindRouter(settings: ConstructorParameters<typeof Router>[0] = {}, endpoint = 'tcp://127.0.0.1:0') {
  const router = new Router({ linger: 0, ...settings })
  onTestFinished(() => router.close())
  await router.bind(endpoint)
  return { router, endpoint: router.lastEndpoint ?? '' }
}

/** Answers each request with what `reply` makes of its frames, envelope included. */
async function answer(router: Router, reply: (frames: Buffer[]) => Promise<void>): Promise<void> {
  try {
    for (;;) await reply(await router.receive())
  } catch (thrown) {
    if (!router.closed) throw thrown
  }
}

/** A peer in another process that takes one request, and can then be stopped as by a debugger. */
function startFrozenPeer() {
  const peer = new RunningProgram(process.execPath, ['--input-type=module', '-e', takesOne])
  return {
    endpoint: peer.until(/^(tcp:.*)$/m).then(([, endpoint = '']) => endpoint),
    received: peer.until(/^received$/m),
    freeze: () => peer.kill('SIGSTOP'),
  }
}

const takesOne = `
import { Router } from 'zeromq'
const router = new Router({ linger: 0 })
await router.bind('tcp://127.0.0.1:*')
console.log(router.lastEndpoint)
await router.receive()
console.log('received')
await router.receive()
`

async function failureOf(exchange: Promise<unknown>): Promise<InspectorError> {
  try {
    await exchange
  } catch (thrown) {
    if (thrown instanceof InspectorError) return thrown
    throw thrown
  }
  throw new Error('the exchange succeeded')
}

describe('a message that REQ must not get', () => {
  test.each([
    ['without the delimiter', ['status: busy']],
    ['with an empty frame alone', ['']],
    ['with a frame before the delimiter', ['queue', '', 'status']],
  ])('%s, while nothing is asked, costs no exchange', async (_what, bad) => {
    const { engine, entries, until } = createHarness()
    const { router, endpoint } = await bindRouter()
    let pushes = 0
    void answer(router, async ([id = Buffer.alloc(0), delimiter = '']) => {
      await router.send([id, delimiter, 'ok'])
      // Only when the reply has been taken, as in a peer that pushes its status now and then.
      await until('the reply', () => entries.filter(({ direction }) => direction === 'received').length > pushes)
      pushes += 1
      await router.send([id, ...bad])
    })
    engine.open('one', requestSpec(endpoint, options))
    const send = async () => texts((await ask(engine, 'one', [bytes('x')], longMs)).frames)
    expect(await send()).toEqual(['ok'])
    const stopped = await until('the link given up', () => entries.find(({ event }) => event === 'link:stopped'))
    expect(stopped.detail).toContain('must not get')
    expect(linkOf(engine.session('one').state)).toMatchObject({
      state: 'stopped',
      cause: { diagnosis: 'broke-the-rules' },
    })
    // At once after each other: the bad message of one exchange comes while the next is under way.
    for (let sent = 0; sent < 5; sent += 1) expect(await send()).toEqual(['ok'])
  })

  test('as the reply fails the exchange at once, and the next one works', async () => {
    const { engine } = createHarness()
    const { router, endpoint } = await bindRouter()
    let asked = 0
    void answer(router, async ([id = '', delimiter = '', body = '']) => {
      asked += 1
      await router.send(asked === 1 ? [id, body] : [id, delimiter, body])
    })
    engine.open('one', requestSpec(endpoint, options))
    const failure = await failureOf(ask(engine, 'one', [bytes('x')], longMs))
    expect(failure).toMatchObject({ code: 'request-lost', details: { diagnosis: 'reply-broke-the-rules' } })
    expect(adviceForError(failure.toValue()).cure).toMatch(/^Most likely the reply came without the empty delimiter/)
    expect(texts((await ask(engine, 'one', [bytes('y')], longMs)).frames)).toEqual(['y'])
  })

  test('with relaxed and correlate, where the ROUTER drops id and delimiter', async () => {
    const { engine } = createHarness()
    const { router, endpoint } = await bindRouter()
    void answer(router, ([id = '', requestId = '']) => router.send([id, requestId, 'World']))
    engine.open('one', requestSpec(endpoint, correlated))
    const failure = await failureOf(ask(engine, 'one', [bytes('x')], longMs))
    expect(failure).toMatchObject({ code: 'request-lost', details: { diagnosis: 'reply-broke-the-rules' } })
    expect(adviceForError(failure.toValue()).cure).toMatch(/^Most likely the ROUTER did not return the frame/)
  })
})

describe('a reply that REQ skips', () => {
  test('with relaxed and correlate: the ROUTER may not return the request id', async () => {
    const { engine } = createHarness()
    const { router, endpoint } = await bindRouter()
    void answer(router, ([id = '']) => router.send([id, '', 'World']))
    engine.open('one', requestSpec(endpoint, correlated))
    const failure = await failureOf(ask(engine, 'one', [bytes('x')], 300))
    expect(failure).toMatchObject({ code: 'timeout', details: { diagnosis: 'reply-without-id' } })
    expect(adviceForError(failure.toValue()).cure).toContain('may not return the request id')
  })

  test('with a frame of four bytes first is no timeout before its time, and the right reply still counts', async () => {
    const { engine, entries, until } = createHarness()
    const { router, endpoint } = await bindRouter()
    void answer(router, async ([id = '']) => {
      await router.send([id, 'four', '', 'skipped'])
      await until('a word of it', () => entries.some(({ event }) => event === 'reply:skipped'))
      await router.send([id, '', 'right'])
    })
    engine.open('one', requestSpec(endpoint, options))
    expect(texts((await ask(engine, 'one', [bytes('x')], longMs)).frames)).toEqual(['right'])
  })

  test('with a frame of four bytes first is named at the time limit', async () => {
    const { engine } = createHarness()
    const { router, endpoint } = await bindRouter()
    void answer(router, ([id = '']) => router.send([id, 'four', '', 'skipped']))
    engine.open('one', requestSpec(endpoint, options))
    const failure = await failureOf(ask(engine, 'one', [bytes('x')], 300))
    expect(failure).toMatchObject({ code: 'timeout', details: { diagnosis: 'reply-skipped' } })
  })
})

describe('a request whose connection breaks', () => {
  test('because the peer goes fails at once', async () => {
    const { engine, entries } = createHarness()
    const { router, endpoint } = await bindRouter()
    engine.open('one', requestSpec(endpoint, options))
    const pending = failureOf(ask(engine, 'one', [bytes('x'.repeat(100))], longMs))
    await router.receive()
    router.close()
    const failure = await pending
    expect(failure).toMatchObject({ code: 'request-lost', details: { diagnosis: 'request-lost', bytes: 100 } })
    expect(failure.message).toBe('The connection broke after 100 B were sent: the request is lost.')
    expect(adviceForError(failure.toValue()).cure).toMatch(/^Most likely the peer ended or restarted\./)
    expect(entries.filter(({ event }) => event === 'request-lost')).toHaveLength(1)
  })

  test.each([options, correlated])('because it is too large fails at once, and a smaller one works', async (chosen) => {
    const { engine } = createHarness()
    const { router, endpoint } = await bindRouter({ maxMessageSize: 1000 })
    void answer(router, (frames) => router.send(frames))
    engine.open('one', requestSpec(endpoint, chosen))
    const failure = await failureOf(ask(engine, 'one', [bytes('x'.repeat(2000))], longMs))
    expect(failure.code).toBe('request-lost')
    expect(adviceForError(failure.toValue()).cure).toMatch(/^Most likely the message of 2,000 B is larger than/)
    expect(texts((await ask(engine, 'one', [bytes('y')], longMs)).frames)).toEqual(['y'])
  })

  test.each([
    [5, /^Most likely the peer ended or restarted\. You can/],
    [40, /^Most likely the peer ended or restarted\. Or the message of 40 B is larger than the peer allows\. /],
    [4000, /^Most likely the message of 4,000 B is larger than the peer allows\. Or the peer ended or restarted\. /],
  ])('of %i B to a peer that is back at once names the likeliest cause first', (bytesSent, cure) => {
    const details = { diagnosis: 'request-lost', bytes: bytesSent, waitedMs: 2, after: 'back' }
    expect(adviceForError({ code: 'request-lost', message: '', details }).cure).toMatch(cure)
  })

  test('is not lost when its reply came together with the end', async () => {
    const { engine } = createHarness()
    const { router, endpoint } = await bindRouter({ linger: 1000 })
    engine.open('one', requestSpec(endpoint, options))
    const pending = ask(engine, 'one', [bytes('x')], longMs)
    await router.send(await router.receive())
    router.close()
    expect(texts((await pending).frames)).toEqual(['x'])
  })

  test('is counted by a repeat, which goes on', async () => {
    const { engine, until } = createHarness()
    const { router, endpoint } = await bindRouter()
    let asked = 0
    void answer(router, ([id = '', delimiter = '', body = '']) => {
      asked += 1
      return router.send(asked === 2 ? [id, body] : [id, delimiter, body])
    })
    engine.open('one', requestSpec(endpoint, options))
    engine.session('one').startRepeat({ frames: [bytes('x')], timeoutMs: longMs, count: 4, intervalMs: 0 })
    await until('the end', () => engine.session('one').state.repeat?.running === false)
    expect(engine.session('one').state.repeat).toMatchObject({ sent: 4, replied: 3, lost: 1, error: null })
  })
})

describe('a late reply', () => {
  test.each([
    ['on a socket that was replaced', options],
    ['on a socket that stays', correlated],
  ])('is noticed %s', async (_what, chosen) => {
    const { engine, entries, until } = createHarness()
    const { router, endpoint } = await bindRouter()
    engine.open('one', requestSpec(endpoint, chosen))
    const lost = failureOf(ask(engine, 'one', [bytes('first')], 100))
    const first = await router.receive()
    const arrivedAt = performance.now()
    expect(await lost).toMatchObject({ code: 'timeout', details: { diagnosis: 'reply-missing' } })
    const waitedMs = performance.now() - arrivedAt
    expect(engine.session('one').state.lateReply).toBeNull()
    await router.send([...first.slice(0, -1), 'late'])
    const entry = await until('the late reply', () => entries.find(({ event }) => event === 'reply:late'))
    expect(texts(entry.frames)).toEqual(['late'])
    // A timer may end early in a busy process: then the reply can come within the time limit, and is late by 0 ns.
    expect(entry.detail).toMatch(/^late, \S+ ms after the request and \S+ [mµn]s after its time limit$/)
    expect(engine.session('one').state.lateReply?.afterMs).toBeGreaterThan(waitedMs)
    const late = engine.record(engine.session('one').state.lateReply?.record ?? 0)
    expect(late).toMatchObject({ event: 'reply:late', frames: entry.frames, exchange: entry.exchange })
    expect(entries.find(({ direction }) => direction === 'sent')?.exchange).toBe(entry.exchange)

    const next = ask(engine, 'one', [bytes('second')], longMs)
    const second = await router.receive()
    await router.send([...second.slice(0, -1), 'right'])
    expect(texts((await next).frames)).toEqual(['right'])
    expect(engine.session('one').state.lateReply).toBeNull()
  })

  test('that comes while the next request waits is not taken for its reply', async () => {
    for (const chosen of [options, correlated]) {
      const { engine, entries, until } = createHarness()
      const { router, endpoint } = await bindRouter()
      engine.open('one', requestSpec(endpoint, chosen))
      const lost = failureOf(ask(engine, 'one', [bytes('first')], 100))
      const first = await router.receive()
      await lost
      const next = ask(engine, 'one', [bytes('second')], longMs)
      const second = await router.receive()
      await router.send([...first.slice(0, -1), 'late'])
      await until('a word of it', () =>
        entries.some(({ event }) => event === 'reply:late' || event === 'reply:skipped'),
      )
      await router.send([...second.slice(0, -1), 'right'])
      expect(texts((await next).frames)).toEqual(['right'])
    }
  })

  test('is waited for on a bounded number of sockets, which go with the connection', async () => {
    const { engine, entries } = createHarness()
    const { router, endpoint } = await bindRouter()
    engine.open('one', requestSpec(endpoint, options))
    for (let sent = 0; sent < 12; sent += 1) await failureOf(ask(engine, 'one', [bytes('x')], 20))
    const handshakes = entries.filter(({ event }) => event === 'handshake').length
    const ends = () => entries.filter(({ event }) => event === 'end').length
    // Eight are kept, and one is new.
    expect(handshakes - ends()).toBeLessThanOrEqual(9)
    await engine.dispose()
    expect(ends()).toBeGreaterThanOrEqual(handshakes)
    router.close()
  })
})

describe('a connection with a routing id', () => {
  test('keeps the id on the socket that replaces another, and the peer takes it', async () => {
    const { engine } = createHarness()
    const { router, endpoint } = await bindRouter()
    engine.open('one', requestSpec(endpoint, { ...options, routingId: 'inspector' }))
    await failureOf(ask(engine, 'one', [bytes('first')], 100))
    const [firstId] = await router.receive()
    for (let sent = 0; sent < 3; sent += 1) {
      const pending = failureOf(ask(engine, 'one', [bytes('next')], 400))
      const [id] = await router.receive()
      expect(id?.toString()).toBe('inspector')
      await pending
    }
    const answered = ask(engine, 'one', [bytes('last')], longMs)
    await router.send(await router.receive())
    expect(texts((await answered).frames)).toEqual(['last'])
    expect(firstId?.toString()).toBe('inspector')
  })
})

test('a peer that is stopped, as by a debugger, is told to hang', async () => {
  const { engine } = createHarness()
  const peer = startFrozenPeer()
  engine.open('one', requestSpec(await peer.endpoint, options))
  const pending = failureOf(ask(engine, 'one', [bytes('x')], 400))
  await peer.received
  peer.freeze()
  expect(await pending).toMatchObject({ code: 'timeout' })
  // The socket that replaced the first one gets no greeting.
  expect(await failureOf(ask(engine, 'one', [bytes('x')], 800))).toMatchObject({
    code: 'unreachable',
    message: 'The peer was there before, and is silent now: it hangs.',
  })
})

describe('the limits of our own', () => {
  test('a reply that is larger than the option allows is named so', async () => {
    const { engine } = createHarness()
    const { router, endpoint } = await bindRouter()
    void answer(router, ([id = '', delimiter = '']) => router.send([id, delimiter, 'x'.repeat(5000)]))
    engine.open('one', requestSpec(endpoint, { ...options, maximumMessageSize: 1000 }))
    const failure = await failureOf(ask(engine, 'one', [bytes('x')], longMs))
    expect(failure).toMatchObject({ code: 'request-lost', details: { diagnosis: 'reply-broke-the-rules' } })
    expect(adviceForError(failure.toValue()).cure).toContain('larger than the 1,000 B that the socket options allow')
  })

  test('a heartbeat that was not answered is named as ours', async () => {
    const { engine } = createHarness()
    const peer = startFrozenPeer()
    const endpoint = await peer.endpoint
    engine.open('one', requestSpec(endpoint, { ...options, heartbeatInterval: 100, heartbeatTimeout: 200 }))
    const pending = failureOf(ask(engine, 'one', [bytes('x'.repeat(100))], longMs))
    await peer.received
    peer.freeze()
    const failure = await pending
    expect(failure.code).toBe('request-lost')
    expect(adviceForError(failure.toValue()).cure).toMatch(
      /^Most likely the peer did not answer a heartbeat within 200 ms, the limit in the socket options here\./,
    )
  })
})
