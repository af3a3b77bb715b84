import { describe, expect, onTestFinished, test } from 'vitest'
import { createEngine } from '../../src/engine/engine.ts'
import { requestSpec } from '../../src/shared/session/spec.ts'
import { linkOf } from '../../src/shared/session/state.ts'
import { bytes, createHarness, texts } from '../support/harness.ts'
import { type OlderVersion, startOlderPeer } from '../support/older-peer.ts'
import { ask, serve } from '../support/sessions.ts'

async function start(...given: Parameters<typeof startOlderPeer>): Promise<string> {
  const peer = await startOlderPeer(...given)
  onTestFinished(() => peer.close())
  return peer.endpoint
}

const versions: readonly OlderVersion[] = ['1.0', '2.0']

describe.each(versions)('a peer that speaks ZMTP %s', (version) => {
  test('gets requests and its replies arrive, frame for frame', async () => {
    const { engine, entries } = createHarness()
    engine.open('one', requestSpec(await start(version)))
    const frames = [bytes('Hello'), new Uint8Array(0), new Uint8Array([0, 255])]
    const { frames: reply, difference } = await ask(engine, 'one', frames, 5000)
    expect(reply.map((frame) => [...frame])).toEqual(frames.map((frame) => [...frame]))
    expect(difference).toBeNull()
    expect(linkOf(engine.session('one').state)).toMatchObject({ state: 'ready', older: true })
    expect(entries.some(({ event }) => event === 'link:older')).toBe(true)
    expect(texts((await ask(engine, 'one', [bytes('again')], 5000)).frames)).toEqual(['again'])
  })

  test('is shown as ready before anything is sent', async () => {
    const { engine, until } = createHarness()
    engine.open('one', requestSpec(await start(version)))
    await until('ready', () => linkOf(engine.session('one').state).state === 'ready')
    expect(linkOf(engine.session('one').state)).toMatchObject({ older: true })
  })

  test('is reached even if it serves one connection at a time', async () => {
    const { engine } = createHarness()
    engine.open('one', requestSpec(await start(version, true)))
    const exchange = await ask(engine, 'one', [bytes('Hello')], 5000)
    expect(texts(exchange.frames)).toEqual(['Hello'])
    expect(linkOf(engine.session('one').state)).toMatchObject({ state: 'ready', older: true })
  })
})

test('a peer of today is ready without a word about its age', async () => {
  const { engine } = createHarness()
  const server = createEngine({ emit: () => undefined, log: { append: () => undefined } })
  const { endpoint } = await serve(server, 'tcp://127.0.0.1:*')
  engine.open('one', requestSpec(endpoint))
  await ask(engine, 'one', [bytes('x')], 5000)
  const link = linkOf(engine.session('one').state)
  await server.dispose()
  expect(link).toEqual({ state: 'ready', since: expect.any(Number) })
})
