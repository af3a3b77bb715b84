import { describe, expect, onTestFinished, test } from 'vitest'
import { createEngine } from '../../src/engine/engine.ts'
import { defaultConnectionOptions } from '../../src/shared/connection.ts'
import { bytes, createHarness, texts } from '../support/harness.ts'
import { type OlderVersion, startOlderPeer } from '../support/older-peer.ts'

async function start(...given: Parameters<typeof startOlderPeer>): Promise<string> {
  const peer = await startOlderPeer(...given)
  onTestFinished(() => peer.close())
  return peer.endpoint
}

const versions: readonly OlderVersion[] = ['1.0', '2.0']

describe.each(versions)('a peer that speaks ZMTP %s', (version) => {
  test('gets requests and its replies arrive, frame for frame', async () => {
    const { engine, entries } = createHarness()
    engine.open('one', await start(version), defaultConnectionOptions)
    const frames = [bytes('Hello'), new Uint8Array(0), new Uint8Array([0, 255])]
    const { frames: reply, difference } = await engine.send('one', frames, 5000)
    expect(reply.map((frame) => [...frame])).toEqual(frames.map((frame) => [...frame]))
    expect(difference).toBeNull()
    expect(engine.connection('one').state.link).toMatchObject({ state: 'ready', older: true })
    expect(entries.some(({ event }) => event === 'link:older')).toBe(true)
    expect(texts((await engine.send('one', [bytes('again')], 5000)).frames)).toEqual(['again'])
  })

  test('is shown as ready before anything is sent', async () => {
    const { engine, until } = createHarness()
    engine.open('one', await start(version), defaultConnectionOptions)
    await until('ready', () => engine.connection('one').state.link.state === 'ready')
    expect(engine.connection('one').state.link).toMatchObject({ older: true })
  })

  test('is reached even if it serves one connection at a time', async () => {
    const { engine } = createHarness()
    engine.open('one', await start(version, true), defaultConnectionOptions)
    const exchange = await engine.send('one', [bytes('Hello')], 5000)
    expect(texts(exchange.frames)).toEqual(['Hello'])
    expect(engine.connection('one').state.link).toMatchObject({ state: 'ready', older: true })
  })
})

test('a peer of today is ready without a word about its age', async () => {
  const { engine } = createHarness()
  const server = createEngine({ emit: () => undefined, log: { append: () => undefined } })
  const { endpoint } = await server.server.start('tcp://127.0.0.1:*')
  engine.open('one', endpoint, defaultConnectionOptions)
  await engine.send('one', [bytes('x')], 5000)
  const { link } = engine.connection('one').state
  await server.dispose()
  expect(link).toEqual({ state: 'ready', since: expect.any(Number) })
})
