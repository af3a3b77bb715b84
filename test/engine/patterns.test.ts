import { describe, expect, onTestFinished, test } from 'vitest'
import { Pair, Pull } from 'zeromq'
import { requestSpec, type SocketSpec } from '../../src/shared/session/spec.ts'
import { socketSpecSchema } from '../../src/shared/session/spec-schema.ts'
import { boundEndpointOf, linkOf } from '../../src/shared/session/state.ts'
import { defaultSocketOptions } from '../../src/shared/zmq/options.ts'
import type { PatternId } from '../../src/shared/zmq/patterns.ts'
import { noSecurity } from '../../src/shared/zmq/security.ts'
import { bytes, createHarness, texts } from '../support/harness.ts'

const specOf = (pattern: PatternId, ...attach: SocketSpec['attach']): SocketSpec => ({
  pattern,
  attach,
  options: defaultSocketOptions,
  security: noSecurity,
  subscriptions: [],
  behaviour: null,
})

const bind = { how: 'bind', endpoint: 'tcp://127.0.0.1:0' } as const

function foreign<Socket extends Pair | Pull>(socket: Socket): Socket {
  onTestFinished(() => socket.close())
  return socket
}

describe('a PAIR', () => {
  test('binds, sends and receives', async () => {
    const { engine, entries, until } = createHarness()
    const bound = boundEndpointOf(await engine.open('pair', specOf('pair', bind)))
    const peer = foreign(new Pair({ linger: 0 }))
    peer.connect(bound?.endpoint ?? '')
    await peer.send(['one', 'two'])
    const received = await until('the message', () => entries.find(({ direction }) => direction === 'received'))
    expect(texts([...received.frames])).toEqual(['one', 'two'])
    expect(await engine.send('pair', [bytes('three')], 5000)).toBeNull()
    expect(String(await peer.receive())).toBe('three')
    expect(engine.session('pair').state.traffic).toMatchObject({ received: 1, receivedBytes: 6, sent: 1, sentBytes: 5 })
    expect(entries.filter(({ kind }) => kind === 'message').map(({ session }) => session)).toEqual(['pair', 'pair'])
  })

  test('connects, knows its link, and repeats', async () => {
    const { engine, until } = createHarness()
    const peer = foreign(new Pair({ linger: 0, receiveHighWaterMark: 0 }))
    await peer.bind('tcp://127.0.0.1:0')
    const connect = { how: 'connect', endpoint: peer.lastEndpoint ?? '' } as const
    await engine.open('pair', specOf('pair', connect))
    await until('the link', () => linkOf(engine.session('pair').state).state === 'ready')
    engine.session('pair').startRepeat({ frames: [bytes('x')], timeoutMs: 5000, count: 5, intervalMs: 0 })
    await until('the end', () => engine.session('pair').state.repeat?.running === false)
    expect(engine.session('pair').state.repeat).toMatchObject({ sent: 5, replied: 0, error: null })
    for (let message = 0; message < 5; message += 1) expect(String(await peer.receive())).toBe('x')
  })
})

describe('a PUSH', () => {
  test('sends to all its endpoints, bound and connected, and each has a state of its own', async () => {
    const { engine, until } = createHarness()
    const first = foreign(new Pull({ linger: 0 }))
    await first.bind('tcp://127.0.0.1:0')
    const connect = { how: 'connect', endpoint: first.lastEndpoint ?? '' } as const
    const bound = boundEndpointOf(await engine.open('push', specOf('push', bind, connect)))
    const second = foreign(new Pull({ linger: 0 }))
    second.connect(bound?.endpoint ?? '')
    await until('both peers', () => {
      const { state } = engine.session('push')
      return boundEndpointOf(state)?.peers === 1 && linkOf(state).state === 'ready'
    })
    for (const text of ['1', '2', '3', '4']) await engine.send('push', [bytes(text)], 5000)
    const received: string[] = []
    for (const each of [first, second, first, second]) received.push(String(await each.receive()))
    expect(received.sort()).toEqual(['1', '2', '3', '4'])
  })

  test('says that there was no room within the time limit, and closes while it waits for nobody', async () => {
    const { engine } = createHarness()
    await engine.open('push', specOf('push', bind))
    await expect(engine.send('push', [bytes('x')], 50)).rejects.toMatchObject({ code: 'timeout' })
    const waiting = expect(engine.send('push', [bytes('x')], 60_000)).rejects.toMatchObject({ code: 'closed' })
    await engine.close('push')
    await waiting
    expect(engine.session('push').state.phase).toBe('closed')
  })
})

test('a session goes on with another pattern, and leaves nothing of the one before', async () => {
  const { engine, entries } = createHarness()
  await engine.open('one', requestSpec('tcp://127.0.0.1:1'))
  const { endpoints } = await engine.open('one', specOf('pair', bind))
  expect(endpoints).toMatchObject([{ how: 'bind', isBound: true }])
  await engine.open('one', requestSpec('tcp://127.0.0.1:1'))
  expect(engine.session('one').state.spec.pattern).toBe('req')
  await engine.dispose()
  expect(entries.filter(({ event }) => event === 'end')).toHaveLength(3)
})

test('a behaviour belongs to some patterns only', async () => {
  const { engine } = createHarness()
  const spec: SocketSpec = { ...requestSpec('tcp://127.0.0.1:1'), behaviour: 'echo' }
  await expect(engine.open('one', spec)).rejects.toThrow('A REQ cannot have the behaviour Echo.')
})

test('windows and files can only have patterns that there are', () => {
  expect(socketSpecSchema.parse(requestSpec('tcp://127.0.0.1:1')).pattern).toBe('req')
  for (const pattern of ['none', 'PUB', null]) {
    expect(socketSpecSchema.safeParse({ ...requestSpec('tcp://127.0.0.1:1'), pattern }).success).toBe(false)
  }
})
