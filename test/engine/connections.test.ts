import { describe, expect, onTestFinished, test } from 'vitest'
import { Router } from 'zeromq'
import { defaultConnectionOptions } from '../../src/shared/connection.ts'
import { bytes, createHarness } from '../support/harness.ts'

describe('a connection that was never opened', () => {
  test('is not created by asking for it', async () => {
    const { engine } = createHarness()
    expect(engine.find('none')).toBeUndefined()
    expect(() => engine.connection('none')).toThrow(expect.objectContaining({ code: 'closed' }))
    await expect(engine.send('none', [bytes('x')], 1000)).rejects.toMatchObject({ code: 'closed' })
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
    harness.engine.open('one', router.lastEndpoint ?? '', defaultConnectionOptions)
    const logged = () =>
      harness.entries
        .filter(({ direction, event }) => direction !== 'none' || event === 'timeout' || event === 'cancelled')
        .map(({ direction, event }) => event ?? direction)
    await expect(harness.engine.send('one', [bytes('x')], 100)).rejects.toMatchObject({ code: 'timeout' })
    expect(logged()).toEqual(['sent', 'timeout'])

    const waiting = harness.engine.send('one', [bytes('y')], 60_000)
    await harness.until('the message in the log during a long wait', () => logged().length === 3)
    harness.engine.connection('one').cancel()
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' })
    expect(logged()).toEqual(['sent', 'timeout', 'sent', 'cancelled'])
  })
})

describe('a removed connection', () => {
  test('is waited for on disposal', async () => {
    const harness = createHarness()
    const { endpoint } = await harness.engine.server.start('tcp://127.0.0.1:0')
    harness.engine.open('one', endpoint, defaultConnectionOptions)
    await harness.engine.send('one', [bytes('x')], 5000)
    harness.engine.remove('one')
    expect(harness.engine.list()).toEqual([])
    await harness.engine.dispose()
    expect(harness.entries.some(({ source, event }) => source === 'one' && event === 'end')).toBe(true)
  })
})

describe('the figures of a connection', () => {
  test('stay when it is reopened, and start over with another endpoint', async () => {
    const { engine } = createHarness()
    const { endpoint: first } = await engine.server.start('tcp://127.0.0.1:*')
    engine.open('one', first, defaultConnectionOptions)
    await engine.send('one', [bytes('x')], 5000)
    const count = () => engine.connection('one').latency.snapshot().summary.count
    engine.open('one', first, { ...defaultConnectionOptions, linger: 5 })
    await engine.send('one', [bytes('x')], 5000)
    expect(count()).toBe(2)
    await engine.server.stop()
    const { endpoint: second } = await engine.server.start('tcp://127.0.0.1:*')
    expect(second).not.toBe(first)
    engine.open('one', second, defaultConnectionOptions)
    expect(count()).toBe(0)
    await engine.send('one', [bytes('x')], 5000)
    expect(count()).toBe(1)
  })
})

test('more connections are open at a time than the 341 that libzmq allows by itself', async () => {
  const { engine } = createHarness()
  const { endpoint } = await engine.server.start('tcp://127.0.0.1:0')
  const ids = Array.from({ length: 360 }, (_, index) => String(index))
  for (const id of ids) engine.open(id, endpoint, defaultConnectionOptions)
  await Promise.all(ids.map((id) => engine.send(id, [bytes(id)], 10_000)))
  expect(engine.server.state).toMatchObject({ messages: 360, peers: 360 })
})
