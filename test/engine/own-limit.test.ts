import { expect, test } from 'vitest'
import { defaultConnectionOptions } from '../../src/shared/connection.ts'
import { bytes, createHarness } from '../support/harness.ts'

test('a message above the limit of the own server is named at both ends, with limit and size', async () => {
  const { engine, entries } = createHarness(1000)
  const { endpoint } = await engine.server.start('tcp://127.0.0.1:0')
  engine.open('one', endpoint.replace('127.0.0.1', 'localhost'), defaultConnectionOptions)
  expect((await engine.send('one', [new Uint8Array(1000)], 5000)).difference).toBeNull()
  await expect(engine.send('one', [bytes('small'), new Uint8Array(2000)], 5000)).rejects.toMatchObject({
    code: 'request-lost',
    message: 'The echo server refused the message: a frame of 1.95 KiB is above its limit of 1000 B.',
  })
  expect(engine.server.state.maximumMessageBytes).toBe(1000)
  expect(engine.server.state.rejected).toBeGreaterThan(0)
  const logged = entries.filter(({ detail }) => detail?.includes('1.95 KiB'))
  expect(logged.map(({ source, event }) => `${source} ${event}`).sort()).toEqual([
    'one request-lost',
    'server server:too-large',
  ])
  expect((await engine.send('one', [bytes('again')], 5000)).difference).toBeNull()
})
