import { expect, test } from 'vitest'
import { requestSpec } from '../../src/shared/session/spec.ts'
import { bytes, createHarness } from '../support/harness.ts'
import { ask, serve, served } from '../support/sessions.ts'

test('a message above the limit of the own server is named at both ends, with limit and size', async () => {
  const { engine, entries } = createHarness()
  const { endpoint } = await serve(engine, 'tcp://127.0.0.1:0', 1000)
  engine.open('one', requestSpec(endpoint.replace('127.0.0.1', 'localhost')))
  expect((await ask(engine, 'one', [new Uint8Array(1000)], 5000)).difference).toBeNull()
  await expect(ask(engine, 'one', [bytes('small'), new Uint8Array(2000)], 5000)).rejects.toMatchObject({
    code: 'request-lost',
    message: 'The echo server refused the message: a frame of 1.95 KiB is above its limit of 1000 B.',
  })
  expect(served(engine).rejected).toBeGreaterThan(0)
  const logged = entries.filter(({ detail }) => detail?.includes('1.95 KiB'))
  expect(logged.map(({ session, event }) => `${session} ${event}`).sort()).toEqual([
    'echo-server message:too-large',
    'one request-lost',
  ])
  expect((await ask(engine, 'one', [bytes('again')], 5000)).difference).toBeNull()
})
