import { expect, test } from 'vitest'
import { echoServerId, requestSpec } from '../../src/shared/session/spec.ts'
import { bytes, createHarness, texts } from '../support/harness.ts'
import { ask, serve } from '../support/sessions.ts'

test('an exchange names its records, which can be read at once, in the order of what happened', async () => {
  const { engine, entries, until } = createHarness()
  const { endpoint } = await serve(engine, 'tcp://127.0.0.1:0')
  await engine.open('one', requestSpec(endpoint))
  const { request, record } = await ask(engine, 'one', [bytes('a'), new Uint8Array(0)], 5000)
  await until('all messages', () => entries.filter(({ kind }) => kind === 'message').length === 4)
  const between = Array.from({ length: record - request + 1 }, (_, index) => engine.record(request + index))
  expect(between.filter((each) => each?.kind === 'message')).toMatchObject([
    { session: 'one', direction: 'sent', envelope: 0, peer: null, exchange: request, origin: 'person' },
    { session: echoServerId, direction: 'received', envelope: 2, exchange: expect.any(Number), origin: null },
    { session: echoServerId, direction: 'sent', envelope: 2, exchange: expect.any(Number), origin: 'behaviour' },
    { session: 'one', direction: 'received', envelope: 0, exchange: request, origin: null },
  ])
  expect(texts(engine.record(request)?.frames ?? [])).toEqual(['a', ''])
  expect(texts(engine.record(record)?.frames ?? [])).toEqual(['a', ''])
  const [, received, sent] = between.filter((each) => each?.kind === 'message')
  expect(received?.peer).toMatch(/^00[0-9a-f]{8}$/)
  expect(received?.frames.map(({ byteLength }) => byteLength)).toEqual([5, 0, 1, 0])
  expect(sent?.frames).toEqual(received?.frames)
  expect(sent?.peer).toBe(received?.peer)
  expect([received?.exchange, sent?.exchange]).toEqual([received?.id, received?.id])
  // Each message leads to the other of its exchange, within its session.
  const numbers = [request, received?.id ?? 0, sent?.id ?? 0, record]
  const partners = numbers.map((number) => {
    const { session = '', exchange } = engine.record(number) ?? {}
    return exchange == null ? null : engine.partnerOf({ id: number, session, exchange })
  })
  expect(partners).toEqual([record, sent?.id, received?.id, request])
  engine.forgetRecords()
  expect(engine.record(record)).toBeNull()
})

test('each exchange has a number of its own', async () => {
  const { engine } = createHarness()
  const { endpoint } = await serve(engine, 'tcp://127.0.0.1:0')
  await engine.open('one', requestSpec(endpoint))
  const first = await ask(engine, 'one', [bytes('a')], 5000)
  const second = await ask(engine, 'one', [bytes('b')], 5000)
  expect(second.request).toBeGreaterThan(first.record)
  const reply = engine.record(second.record)
  expect(reply?.exchange).toBe(second.request)
  expect(texts(reply?.frames ?? [])).toEqual(['b'])
})

test('what a repeat sends says so', async () => {
  const { engine, entries, until } = createHarness()
  const { endpoint } = await serve(engine, 'tcp://127.0.0.1:0')
  await engine.open('one', requestSpec(endpoint))
  engine.session('one').startRepeat({ frames: [bytes('x')], timeoutMs: 5000, count: 2, intervalMs: 0 })
  await until('the end', () => engine.session('one').state.repeat?.running === false)
  const sent = entries.filter(({ session, direction }) => session === 'one' && direction === 'sent')
  expect(sent.map(({ origin }) => origin)).toEqual(['repeat', 'repeat'])
})
