import { describe, expect, onTestFinished, test } from 'vitest'
import { Router } from 'zeromq'
import { echoServerId, requestSpec } from '../../src/shared/session/spec.ts'
import { defaultSocketOptions } from '../../src/shared/zmq/options.ts'
import { bytes, createHarness } from '../support/harness.ts'
import { ask, serve, served } from '../support/sessions.ts'

describe('a connection that was never opened', () => {
  test('is not created by asking for it', async () => {
    const { engine } = createHarness()
    expect(engine.find('none')).toBeUndefined()
    expect(() => engine.session('none')).toThrow(expect.objectContaining({ code: 'closed' }))
    await expect(ask(engine, 'none', [bytes('x')], 1000)).rejects.toMatchObject({ code: 'closed' })
    engine.close('none')
    engine.remove('none')
    expect(engine.list()).toEqual([])
  })
})

describe('what was sent', () => {
  test('is in the log before its exchange ends, however it ends', async () => {
    const harness = createHarness()
    const router = new Router({ linger: 0 })
    onTestFinished(() => router.close())
    await router.bind('tcp://127.0.0.1:0')
    harness.engine.open('one', requestSpec(router.lastEndpoint ?? ''))
    const logged = () =>
      harness.entries
        .filter(({ direction, event }) => direction !== 'none' || event === 'timeout' || event === 'cancelled')
        .map(({ direction, event }) => event ?? direction)
    await expect(ask(harness.engine, 'one', [bytes('x')], 100)).rejects.toMatchObject({ code: 'timeout' })
    expect(logged()).toEqual(['sent', 'timeout'])

    const waiting = ask(harness.engine, 'one', [bytes('y')], 60_000)
    await harness.until('the message in the log during a long wait', () => logged().length === 3)
    harness.engine.session('one').cancel()
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' })
    expect(logged()).toEqual(['sent', 'timeout', 'sent', 'cancelled'])
  })
})

describe('a removed connection', () => {
  test('is waited for on disposal', async () => {
    const harness = createHarness()
    const { endpoint } = await serve(harness.engine, 'tcp://127.0.0.1:0')
    harness.engine.open('one', requestSpec(endpoint))
    await ask(harness.engine, 'one', [bytes('x')], 5000)
    harness.engine.remove('one')
    expect(harness.engine.find('one')).toBeUndefined()
    await harness.engine.dispose()
    expect(harness.entries.some(({ session, event }) => session === 'one' && event === 'end')).toBe(true)
  })
})

describe('the figures of a connection', () => {
  test('stay when it is reopened, and start over with another endpoint', async () => {
    const { engine } = createHarness()
    const { endpoint: first } = await serve(engine, 'tcp://127.0.0.1:*')
    engine.open('one', requestSpec(first))
    await ask(engine, 'one', [bytes('x')], 5000)
    const count = () => engine.session('one').latency.snapshot().summary.count
    engine.open('one', requestSpec(first, { ...defaultSocketOptions, linger: 5 }))
    await ask(engine, 'one', [bytes('x')], 5000)
    expect(count()).toBe(2)
    await engine.close(echoServerId)
    const { endpoint: second } = await serve(engine, 'tcp://127.0.0.1:*')
    expect(second).not.toBe(first)
    engine.open('one', requestSpec(second))
    expect(count()).toBe(0)
    await ask(engine, 'one', [bytes('x')], 5000)
    expect(count()).toBe(1)
    // Those of the endpoint that it comes back to go on.
    await engine.open('one', requestSpec(first))
    expect(count()).toBe(2)
    await engine.open('one', requestSpec(second))
    expect(count()).toBe(1)
  })

  test('come back when their reset is undone, once', async () => {
    const { engine } = createHarness()
    const { endpoint } = await serve(engine, 'tcp://127.0.0.1:*')
    engine.open('one', requestSpec(endpoint))
    await ask(engine, 'one', [bytes('x')], 5000)
    const session = engine.session('one')
    const count = () => session.latency.snapshot().summary.count
    session.resetLatency()
    expect(count()).toBe(0)
    session.restoreLatency()
    expect(count()).toBe(1)
    expect([...session.latency.samples()]).toHaveLength(1)
    await ask(engine, 'one', [bytes('x')], 5000)
    session.restoreLatency()
    expect(count()).toBe(2)
  })
})

test('more connections are open at a time than the 341 that libzmq allows by itself', async () => {
  const { engine } = createHarness()
  const { endpoint } = await serve(engine, 'tcp://127.0.0.1:0')
  const ids = Array.from({ length: 360 }, (_, index) => String(index))
  for (const id of ids) engine.open(id, requestSpec(endpoint))
  await Promise.all(ids.map((id) => ask(engine, id, [bytes(id)], 10_000)))
  expect(served(engine)).toMatchObject({ sent: 360, peers: 360 })
})
