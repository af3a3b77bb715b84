import type { Socket } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { Router } from 'zeromq'
import { requestSpec } from '../../src/shared/session/spec.ts'
import { linkOf } from '../../src/shared/session/state.ts'
import { defaultSocketOptions } from '../../src/shared/zmq/options.ts'
import { bytes, createHarness, texts } from '../support/harness.ts'
import { listen } from '../support/listener.ts'
import { startOlderPeer } from '../support/older-peer.ts'
import { ask } from '../support/sessions.ts'

const options = defaultSocketOptions
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
    engine.open('one', requestSpec(endpoint, options))
    const pending = ask(engine, 'one', [bytes('first')], longMs)
    const message = await router.receive()
    const cancelled = expect(pending).rejects.toMatchObject({ code: 'cancelled' })
    void router.send(message)
    holdUp(60)
    engine.session('one').cancel()
    await cancelled
    for (const limitMs of [longMs, 5000]) {
      const next = ask(engine, 'one', [bytes('next')], limitMs)
      await router.send(await router.receive())
      expect(texts((await next).frames)).toEqual(['next'])
    }
  })

  test('says nothing of the endpoint that was opened meanwhile', async () => {
    const { engine, entries } = createHarness()
    const { router, endpoint } = await bindRouter()
    engine.open('one', requestSpec(endpoint, options))
    const pending = ask(engine, 'one', [bytes('first')], longMs)
    const message = await router.receive()
    const closed = expect(pending).rejects.toMatchObject({ code: 'closed' })
    void router.send(message)
    holdUp(60)
    engine.open('one', requestSpec('tcp://127.0.0.1:1', options))
    await closed
    expect(linkOf(engine.session('one').state).state).not.toBe('ready')
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
    engine.open('one', requestSpec(endpoint, options))
    let lost = 0
    for (let sent = 0; sent < 10; sent += 1) {
      try {
        expect(texts((await ask(engine, 'one', [bytes('x')], longMs)).frames)).toEqual(['ok'])
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
    engine.open('one', requestSpec(await listen(act), chosen))
    await expect(ask(engine, 'one', [bytes('x')], longMs)).rejects.toMatchObject({
      code: 'unreachable',
      details: { diagnosis: 'silent-peer' },
    })
    expect(entries.filter(({ kind }) => kind === 'message')).toEqual([])
    // It goes on trying, through a new socket.
    expect(linkOf(engine.session('one').state).state).toMatch(/^(connecting|retrying)$/)
    await expect(ask(engine, 'one', [bytes('x')], 100)).rejects.toMatchObject({ code: 'unreachable' })
  })

  test('does not keep the application, however long unsent messages are to linger', async () => {
    const { engine, until } = createHarness()
    const endpoint = await listen(() => undefined)
    engine.open('one', requestSpec(endpoint, { ...options, linger: -1 }))
    await until('that it is silent', () => {
      const link = linkOf(engine.session('one').state)
      return link.state === 'connecting' && link.cause?.diagnosis === 'silent-peer'
    })
    await expect(ask(engine, 'one', [bytes('x')], 50)).rejects.toMatchObject({ code: 'unreachable' })
    await engine.dispose()
  })

  test('is told so behind a source with a port of its own', async () => {
    const { engine } = createHarness()
    const endpoint = await listen(() => undefined)
    const free = await listen(() => undefined)
    engine.open('one', requestSpec(endpoint.replace('tcp://', `tcp://127.0.0.2:${portOf(free)};`), options))
    await expect(ask(engine, 'one', [bytes('x')], 1800)).rejects.toMatchObject({
      details: { diagnosis: 'silent-peer' },
    })
  })
})

test('an older peer is reached from a source with a port of its own', async () => {
  const { engine } = createHarness()
  const peer = await startOlderPeer('2.0')
  onTestFinished(() => peer.close())
  const free = await listen(() => undefined)
  engine.open('one', requestSpec(peer.endpoint.replace('tcp://', `tcp://127.0.0.2:${portOf(free)};`), options))
  expect(texts((await ask(engine, 'one', [bytes('x')], 5000)).frames)).toEqual(['x'])
  expect(linkOf(engine.session('one').state)).toMatchObject({ older: true })
})

test('an older peer that goes is told to have closed the connection', async () => {
  const { engine, entries, until } = createHarness()
  const peer = await startOlderPeer('1.0')
  engine.open('one', requestSpec(peer.endpoint, options))
  await until('ready', () => linkOf(engine.session('one').state).state === 'ready')
  peer.close()
  const told = await until('the end', () => entries.find(({ event }) => event === 'link:retrying'))
  expect(told.detail).toBe('The peer closed the connection.')
})

test('a WebSocket whose host has no address is refused with the name', async () => {
  const { engine } = createHarness()
  await expect(engine.open('one', requestSpec('ws://no-such-host.invalid:5555', options))).rejects.toMatchObject({
    code: 'unreachable',
    message: 'The host name no-such-host.invalid does not resolve.',
  })
})

describe('a late reply', () => {
  test('to a request is not told to be that of the next one', async () => {
    const { engine, entries, until } = createHarness()
    const { router, endpoint } = await bindRouter()
    engine.open('one', requestSpec(endpoint, options))
    await expect(ask(engine, 'one', [bytes('a')], 50)).rejects.toMatchObject({ code: 'timeout' })
    const first = await router.receive()
    const second = ask(engine, 'one', [bytes('b')], 600)
    await router.receive()
    await router.send(first)
    await until('the late reply', () => entries.some(({ event }) => event === 'reply:late'))
    await expect(second).rejects.toMatchObject({ code: 'timeout' })
    expect(engine.session('one').state.lateReply).toBeNull()
  })

  test('with relaxed and correlate is late by the time since its own request', async () => {
    const { engine, entries, until } = createHarness()
    const { router, endpoint } = await bindRouter()
    engine.open('one', requestSpec(endpoint, correlated))
    await expect(ask(engine, 'one', [bytes('a')], 100)).rejects.toMatchObject({ code: 'timeout' })
    await router.receive()
    const askedAt = performance.now()
    await expect(ask(engine, 'one', [bytes('b')], 50)).rejects.toMatchObject({ code: 'timeout' })
    await router.send(await router.receive())
    await until('the late reply', () => entries.some(({ event }) => event === 'reply:late'))
    expect(engine.session('one').state.lateReply?.afterMs).toBeLessThanOrEqual(performance.now() - askedAt)
  })
})

test('a process that is held up does not take a timeout for a skipped reply', async () => {
  const { engine, entries } = createHarness()
  const { router, endpoint } = await bindRouter()
  engine.open('one', requestSpec(endpoint, options))
  const served = ask(engine, 'one', [bytes('x')], 5000)
  await router.send(await router.receive())
  await served
  holdUp(120)
  await expect(ask(engine, 'one', [bytes('x')], 400)).rejects.toMatchObject({
    code: 'timeout',
    details: { diagnosis: 'reply-missing' },
  })
  expect(entries.some(({ event }) => event === 'reply:skipped')).toBe(false)
})
