import type { Socket } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { Router } from 'zeromq'
import { defaultConnectionOptions } from '../../src/shared/connection.ts'
import { bytes, createHarness, texts } from '../support/harness.ts'
import { listen } from '../support/listener.ts'
import { startOlderPeer } from '../support/older-peer.ts'

const options = defaultConnectionOptions
const correlated = { ...options, relaxedCorrelate: true }
const longMs = 60_000

async function bindRouter() {
  const router = new Router({ linger: 0 })
  onTestFinished(() => router.close())
  await router.bind('tcp://127.0.0.1:0')
  return { router, endpoint: router.lastEndpoint ?? '' }
}

/** Keeps this process busy, as a large file or a long list does; sockets' own threads go on. */
function holdUp(milliseconds: number): void {
  const end = performance.now() + milliseconds
  while (performance.now() < end);
}

const portOf = (endpoint: string): string => endpoint.split(':').at(-1) ?? ''

describe('a reply that is there before it is read', () => {
  test('does not undo Cancel, and the next Send works', async () => {
    const { engine } = createHarness()
    const { router, endpoint } = await bindRouter()
    engine.open('one', endpoint, options)
    const pending = engine.send('one', [bytes('first')], longMs)
    const message = await router.receive()
    const cancelled = expect(pending).rejects.toMatchObject({ code: 'cancelled' })
    void router.send(message)
    holdUp(60)
    engine.connection('one').cancel()
    await cancelled
    for (const limitMs of [longMs, 5000]) {
      const next = engine.send('one', [bytes('next')], limitMs)
      await router.send(await router.receive())
      expect(texts((await next).frames)).toEqual(['next'])
    }
  })

  test('says nothing of the endpoint that was opened meanwhile', async () => {
    const { engine, entries } = createHarness()
    const { router, endpoint } = await bindRouter()
    engine.open('one', endpoint, options)
    const pending = engine.send('one', [bytes('first')], longMs)
    const message = await router.receive()
    const closed = expect(pending).rejects.toMatchObject({ code: 'closed' })
    void router.send(message)
    holdUp(60)
    engine.open('one', 'tcp://127.0.0.1:1', options)
    await closed
    expect(engine.connection('one').state.link.state).not.toBe('ready')
    const messages = entries.filter(({ kind }) => kind === 'message')
    expect(messages.map(({ name }) => name)).toEqual(messages.map(() => endpoint))
  })
})

describe('a link that ZeroMQ gives up between two exchanges', () => {
  test('costs at most one of them, and no time limit', async () => {
    const { engine } = createHarness()
    const { router, endpoint } = await bindRouter()
    const serve = async () => {
      for (;;) {
        const [id = '', delimiter = ''] = await router.receive()
        await router.send([id, delimiter, 'ok'])
        await router.send([id, 'bad'])
      }
    }
    // The loop ends when the router closes.
    serve().catch(() => undefined)
    engine.open('one', endpoint, options)
    let lost = 0
    for (let sent = 0; sent < 10; sent += 1) {
      try {
        expect(texts((await engine.send('one', [bytes('x')], longMs)).frames)).toEqual(['ok'])
      } catch (thrown) {
        expect(thrown).toMatchObject({ code: 'request-lost' })
        lost += 1
      }
    }
    expect(lost).toBeLessThanOrEqual(1)
  })
})

describe('a port that says nothing', () => {
  test.each([
    ['then closes', (socket: Socket) => setTimeout(() => socket.destroy(), 1600), options],
    ['outlasts the handshake interval', () => undefined, { ...options, handshakeInterval: 1600 }],
  ])('and %s loses no request: none was sent', async (_what, act, chosen) => {
    const { engine, entries } = createHarness()
    engine.open('one', await listen(act), chosen)
    await expect(engine.send('one', [bytes('x')], longMs)).rejects.toMatchObject({
      code: 'unreachable',
      details: { diagnosis: 'silent-peer' },
    })
    expect(entries.filter(({ kind }) => kind === 'message')).toEqual([])
    // It goes on trying, through a new socket.
    expect(engine.connection('one').state.link.state).toMatch(/^(connecting|retrying)$/)
    await expect(engine.send('one', [bytes('x')], 100)).rejects.toMatchObject({ code: 'unreachable' })
  })

  test('does not keep the application, however long unsent messages are to linger', async () => {
    const { engine, until } = createHarness()
    const endpoint = await listen(() => undefined)
    engine.open('one', endpoint, { ...options, linger: -1 })
    await until('that it is silent', () => {
      const { link } = engine.connection('one').state
      return link.state === 'connecting' && link.cause?.diagnosis === 'silent-peer'
    })
    await expect(engine.send('one', [bytes('x')], 50)).rejects.toMatchObject({ code: 'unreachable' })
    await engine.dispose()
  })

  test('is told so behind a source with a port of its own', async () => {
    const { engine } = createHarness()
    const endpoint = await listen(() => undefined)
    const free = await listen(() => undefined)
    engine.open('one', endpoint.replace('tcp://', `tcp://127.0.0.2:${portOf(free)};`), options)
    await expect(engine.send('one', [bytes('x')], 1800)).rejects.toMatchObject({
      details: { diagnosis: 'silent-peer' },
    })
  })
})

test('an older peer is reached from a source with a port of its own', async () => {
  const { engine } = createHarness()
  const peer = await startOlderPeer('2.0')
  onTestFinished(() => peer.close())
  const free = await listen(() => undefined)
  engine.open('one', peer.endpoint.replace('tcp://', `tcp://127.0.0.2:${portOf(free)};`), options)
  expect(texts((await engine.send('one', [bytes('x')], 5000)).frames)).toEqual(['x'])
  expect(engine.connection('one').state.link).toMatchObject({ older: true })
})

test('an older peer that goes is told to have closed the connection', async () => {
  const { engine, entries, until } = createHarness()
  const peer = await startOlderPeer('1.0')
  engine.open('one', peer.endpoint, options)
  await until('ready', () => engine.connection('one').state.link.state === 'ready')
  peer.close()
  const told = await until('the end', () => entries.find(({ event }) => event === 'link:retrying'))
  expect(told.detail).toBe('The peer closed the connection.')
})

test('a WebSocket whose host has no address is refused with the name', async () => {
  const { engine } = createHarness()
  expect(() => engine.open('one', 'ws://no-such-host.invalid:5555', options)).toThrow(
    expect.objectContaining({
      code: 'unreachable',
      message: 'The host name no-such-host.invalid does not resolve.',
    }),
  )
})

describe('a late reply', () => {
  test('to a request is not told to be that of the next one', async () => {
    const { engine, entries, until } = createHarness()
    const { router, endpoint } = await bindRouter()
    engine.open('one', endpoint, options)
    await expect(engine.send('one', [bytes('a')], 50)).rejects.toMatchObject({ code: 'timeout' })
    const first = await router.receive()
    const second = engine.send('one', [bytes('b')], 600)
    await router.receive()
    await router.send(first)
    await until('the late reply', () => entries.some(({ event }) => event === 'reply:late'))
    await expect(second).rejects.toMatchObject({ code: 'timeout' })
    expect(engine.connection('one').state.lateReply).toBeNull()
  })

  test('with relaxed and correlate is late by the time since its own request', async () => {
    const { engine, entries, until } = createHarness()
    const { router, endpoint } = await bindRouter()
    engine.open('one', endpoint, correlated)
    await expect(engine.send('one', [bytes('a')], 700)).rejects.toMatchObject({ code: 'timeout' })
    await router.receive()
    await expect(engine.send('one', [bytes('b')], 50)).rejects.toMatchObject({ code: 'timeout' })
    await router.send(await router.receive())
    await until('the late reply', () => entries.some(({ event }) => event === 'reply:late'))
    expect(engine.connection('one').state.lateReply?.afterMs).toBeLessThan(700)
  })
})

test('a process that is held up does not take a timeout for a skipped reply', async () => {
  const { engine, entries } = createHarness()
  const { router, endpoint } = await bindRouter()
  engine.open('one', endpoint, options)
  const served = engine.send('one', [bytes('x')], 5000)
  await router.send(await router.receive())
  await served
  holdUp(120)
  await expect(engine.send('one', [bytes('x')], 400)).rejects.toMatchObject({
    code: 'timeout',
    details: { diagnosis: 'reply-missing' },
  })
  expect(entries.some(({ event }) => event === 'reply:skipped')).toBe(false)
})
