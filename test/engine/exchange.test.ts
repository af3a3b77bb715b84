import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Router } from 'zeromq'
import { echoServerId, requestSpec } from '../../src/shared/session/spec.ts'
import { linkOf } from '../../src/shared/session/state.ts'
import { defaultSocketOptions } from '../../src/shared/zmq/options.ts'
import { bytes, createHarness, texts } from '../support/harness.ts'
import { ask, serve, served } from '../support/sessions.ts'

const options = defaultSocketOptions
const transports: [string, () => string][] = [
  ['tcp', () => 'tcp://127.0.0.1:0'],
  ['ipc', () => `ipc://${join(mkdtempSync(join(tmpdir(), 'inspector-')), 'socket')}`],
  ['inproc', () => `inproc://${Math.random()}`],
  ['ws', () => 'ws://127.0.0.1:*'],
]

/** A ROUTER on a free port that answers only when told to. */
async function slowPeer() {
  const router = new Router({ linger: 0 })
  await router.bind('tcp://127.0.0.1:0')
  const endpoint = router.lastEndpoint ?? ''
  return { router, endpoint }
}

describe.each(transports)('over %s', (transport, address) => {
  test('a message comes back frame for frame, with its round trip', async () => {
    const { engine, entries, until } = createHarness()
    const { endpoint } = await serve(engine, address())
    engine.open('one', requestSpec(endpoint, options))
    const frames = [bytes('Hello world!'), new Uint8Array(0), new Uint8Array([0, 255, 1])]
    const exchange = await ask(engine, 'one', frames, 5000)
    expect(exchange.frames.map((frame) => [...frame])).toEqual(frames.map((frame) => [...frame]))
    expect(exchange.roundTripNs).toBeGreaterThan(1000)
    expect(exchange.difference).toBeNull()
    expect(exchange.first).toBe(true)
    if (transport !== 'inproc') expect(exchange.connectNs).toBeGreaterThan(1000)
    expect((await ask(engine, 'one', frames, 5000)).first).toBe(false)
    await until('both sides in the log', () => entries.filter(({ kind }) => kind === 'message').length === 8)
    expect(served(engine)).toMatchObject({ sent: 2, sentBytes: 30 })
    expect(engine.session('one').latency.snapshot().summary).toMatchObject({ count: 2, timeouts: 0 })
  })
})

describe('an exchange', () => {
  test('says where the reply differs from the request', async () => {
    const { engine } = createHarness()
    const { router, endpoint } = await slowPeer()
    engine.open('one', requestSpec(endpoint, options))
    const pending = ask(engine, 'one', [bytes('same'), bytes('abc')], 5000)
    const [id, empty] = await router.receive()
    await router.send([id ?? '', empty ?? '', 'same', 'abX'])
    expect((await pending).difference).toEqual({ frame: 1, offset: 2 })
    router.close()
  })

  test('that times out leaves the connection usable, and its late reply is never taken for the next', async () => {
    const { engine } = createHarness()
    const { router, endpoint } = await slowPeer()
    engine.open('one', requestSpec(endpoint, options))
    const lost = ask(engine, 'one', [bytes('first')], 100)
    const [firstId] = await router.receive()
    await expect(lost).rejects.toMatchObject({ code: 'timeout', message: 'No reply within 100 ms.' })
    const next = ask(engine, 'one', [bytes('second')], 5000)
    const [secondId] = await router.receive()
    await router.send([firstId ?? '', '', 'late'])
    await router.send([secondId ?? '', '', 'right'])
    expect(texts((await next).frames)).toEqual(['right'])
    expect(engine.session('one').latency.snapshot().summary).toMatchObject({ count: 1, timeouts: 1 })
    router.close()
  })

  test('with relaxed and correlate recovers on the same socket and ignores a late reply', async () => {
    const { engine } = createHarness()
    const { router, endpoint } = await slowPeer()
    engine.open('one', requestSpec(endpoint, { ...options, relaxedCorrelate: true }))
    const lost = ask(engine, 'one', [bytes('first')], 100)
    const first = await router.receive()
    expect(first).toHaveLength(4)
    await expect(lost).rejects.toMatchObject({ code: 'timeout' })
    const next = ask(engine, 'one', [bytes('second')], 5000)
    const second = await router.receive()
    expect(second[0]).toEqual(first[0])
    await router.send([...first.slice(0, 3), 'late'])
    await router.send([...second.slice(0, 3), 'right'])
    expect(texts((await next).frames)).toEqual(['right'])
    router.close()
  })

  test('can be cancelled while it waits for the reply, and the next one works', async () => {
    const { engine } = createHarness()
    const { router, endpoint } = await slowPeer()
    engine.open('one', requestSpec(endpoint, options))
    const pending = ask(engine, 'one', [bytes('first')], 60_000)
    await router.receive()
    engine.session('one').cancel()
    await expect(pending).rejects.toMatchObject({ code: 'cancelled' })
    const next = ask(engine, 'one', [bytes('second')], 5000)
    const [id] = await router.receive()
    await router.send([id ?? '', '', 'right'])
    expect(texts((await next).frames)).toEqual(['right'])
    router.close()
  })

  test('can be cancelled while it waits for a peer', async () => {
    const { engine, until } = createHarness()
    const { endpoint } = await serve(engine, 'tcp://127.0.0.1:0')
    await engine.close(echoServerId)
    engine.open('one', requestSpec(endpoint, options))
    const pending = ask(engine, 'one', [bytes('x')], 60_000)
    await until('retrying', () => linkOf(engine.session('one').state).state === 'retrying')
    engine.session('one').cancel()
    await expect(pending).rejects.toMatchObject({ code: 'cancelled' })
    expect(engine.session('one').state.phase).toBe('open')
  })

  test('ends with `closed` when its connection is closed or the engine is disposed', async () => {
    const { engine } = createHarness()
    const { router, endpoint } = await slowPeer()
    for (const end of [() => engine.close('one'), () => engine.dispose()]) {
      engine.open('one', requestSpec(endpoint, options))
      const pending = ask(engine, 'one', [bytes('x')], 60_000)
      await router.receive()
      await Promise.all([expect(pending).rejects.toMatchObject({ code: 'closed' }), end()])
    }
    await expect(ask(engine, 'one', [bytes('x')], 100)).rejects.toMatchObject({ code: 'closed' })
    router.close()
  })

  test('refuses a second message while one is in flight', async () => {
    const { engine } = createHarness()
    const { router, endpoint } = await slowPeer()
    engine.open('one', requestSpec(endpoint, options))
    const pending = ask(engine, 'one', [bytes('x')], 60_000)
    await expect(ask(engine, 'one', [bytes('y')], 100)).rejects.toMatchObject({ code: 'wrong-state' })
    engine.close('one')
    await expect(pending).rejects.toMatchObject({ code: 'closed' })
    router.close()
  })

  test('of 64 MiB returns complete', async () => {
    const { engine } = createHarness()
    const { endpoint } = await serve(engine, 'tcp://127.0.0.1:0')
    engine.open('one', requestSpec(endpoint, options))
    const large = new Uint8Array(64 * 1024 * 1024).fill(7)
    const exchange = await ask(engine, 'one', [large], 30_000)
    expect(exchange.frames[0]?.byteLength).toBe(large.byteLength)
    expect(exchange.difference).toBeNull()
  })
})

describe('a link', () => {
  test('says that nothing is listening, and becomes ready when something does', async () => {
    const { engine, until } = createHarness()
    const { endpoint } = await serve(engine, 'tcp://127.0.0.1:0')
    await engine.close(echoServerId)
    engine.open('one', requestSpec(endpoint, options))
    await expect(ask(engine, 'one', [bytes('x')], 300)).rejects.toMatchObject({
      code: 'unreachable',
      details: { diagnosis: 'nobody-listening' },
    })
    await serve(engine, endpoint)
    await until('ready', () => linkOf(engine.session('one').state).state === 'ready')
    expect(texts((await ask(engine, 'one', [bytes('x')], 5000)).frames)).toEqual(['x'])
  })

  test('says that a host name does not resolve', async () => {
    const { engine } = createHarness()
    engine.open('one', requestSpec('tcp://no-such-host.invalid:5555', options))
    await expect(ask(engine, 'one', [bytes('x')], 1000)).rejects.toMatchObject({
      code: 'unreachable',
      details: { diagnosis: 'name-not-resolved' },
    })
  })

  test('says that the peer is of the wrong type', async () => {
    const { engine } = createHarness()
    const { Publisher } = await import('zeromq')
    const publisher = new Publisher({ linger: 0 })
    await publisher.bind('tcp://127.0.0.1:0')
    engine.open('one', requestSpec(publisher.lastEndpoint ?? '', options))
    await expect(ask(engine, 'one', [bytes('x')], 5000)).rejects.toMatchObject({
      code: 'peer-rejected',
      details: { diagnosis: 'wrong-socket-type' },
    })
    publisher.close()
  })

  test('says that one side requires CURVE', async () => {
    const { engine } = createHarness()
    const { curveKeyPair } = await import('zeromq')
    const keys = curveKeyPair()
    const router = new Router({ linger: 0, curveServer: true, curveSecretKey: keys.secretKey })
    await router.bind('tcp://127.0.0.1:0')
    engine.open('one', requestSpec(router.lastEndpoint ?? '', options))
    await expect(ask(engine, 'one', [bytes('x')], 5000)).rejects.toMatchObject({
      code: 'peer-rejected',
      details: { diagnosis: 'mechanism-mismatch' },
    })
    router.close()
  })

  test('rejects what libzmq would silently change', async () => {
    const { engine } = createHarness()
    for (const endpoint of ['127.0.0.1:5', 'tcp://h:70000', 'tcp://h:-1', 'tcp://h:5x', 'tcp://h', 'tcp://*:5']) {
      await expect(engine.open('one', requestSpec(endpoint, options))).rejects.toMatchObject({
        code: 'invalid-endpoint',
      })
    }
    await expect(engine.open('one', requestSpec('tcp://[::1]:5', options))).rejects.toThrow(/IPv6/)
  })
})
