import { describe, expect, onTestFinished, test } from 'vitest'
import { Router } from 'zeromq'
import { openSocket } from '../../../src/engine/sockets/open-socket.ts'
import { requestSpec } from '../../../src/shared/session/spec.ts'
import { linkOf } from '../../../src/shared/session/state.ts'
import { defaultSocketOptions, optionsOf, propertiesOf, type SocketOptions } from '../../../src/shared/zmq/options.ts'
import { patternIds } from '../../../src/shared/zmq/patterns.ts'
import { bytes, createHarness } from '../../support/harness.ts'
import { ask } from '../../support/sessions.ts'

/** zeromq.js does not read them back. */
const writeOnly = ['relaxed', 'correlate']

const openWith = (options: Partial<SocketOptions>) => {
  const { socket } = openSocket('req', { ...defaultSocketOptions, ...options }, () => undefined)
  onTestFinished(() => socket.close())
  return socket
}

async function router(): Promise<{ socket: Router; endpoint: string }> {
  const socket = new Router({ linger: 0 })
  onTestFinished(() => socket.close())
  await socket.bind('tcp://127.0.0.1:*')
  return { socket, endpoint: socket.lastEndpoint ?? '' }
}

describe('the socket', () => {
  test('has every option as it was given', () => {
    const socket = openWith({
      sendHighWaterMark: 11,
      receiveHighWaterMark: 12,
      maximumMessageSize: 13_000_000_000,
      linger: -1,
      reconnectInterval: 14,
      reconnectMaxInterval: 15,
      connectTimeout: 16,
      handshakeInterval: 17,
      ipv6: true,
      heartbeatInterval: 18,
      heartbeatTimeout: 19,
      heartbeatTimeToLive: 6_553_500,
      tcpKeepAlive: true,
      tcpKeepAliveIdle: 20,
      tcpKeepAliveInterval: 21,
      tcpKeepAliveCount: 22,
      routingId: 'é名',
    })
    expect(socket).toMatchObject({
      sendHighWaterMark: 11,
      receiveHighWaterMark: 12,
      maxMessageSize: 13_000_000_000,
      linger: -1,
      reconnectInterval: 14,
      reconnectMaxInterval: 15,
      connectTimeout: 16,
      handshakeInterval: 17,
      ipv6: true,
      heartbeatInterval: 18,
      heartbeatTimeout: 19,
      heartbeatTimeToLive: 6_553_500,
      tcpKeepalive: 1,
      tcpKeepaliveIdle: 20,
      tcpKeepaliveInterval: 21,
      tcpKeepaliveCount: 22,
      routingId: 'é名',
    })
  })

  test('leaves to libzmq and the system what has no value of its own', () => {
    const heartbeatOfLibzmq = -1
    expect(openWith({ heartbeatInterval: 50 })).toMatchObject({
      heartbeatTimeout: heartbeatOfLibzmq,
      tcpKeepalive: -1,
      tcpKeepaliveIdle: -1,
      tcpKeepaliveCount: -1,
    })
    // libzmq would shorten the pause to 100 ms.
    expect(openWith({ reconnectInterval: 500, reconnectMaxInterval: 100 }).reconnectMaxInterval).toBe(0)
  })

  test.each(patternIds)('of the pattern %s has what its rows set, with every option at its default', (pattern) => {
    const { socket } = openSocket(pattern, defaultSocketOptions, () => undefined)
    onTestFinished(() => socket.close())
    const set = optionsOf(pattern).flatMap((key) => propertiesOf(key, defaultSocketOptions))
    expect(set.length).toBeGreaterThan(10)
    expect(socket).toMatchObject(Object.fromEntries(set.filter(([property]) => !writeOnly.includes(property))))
  })

  test('is not there when an option is refused, which the error names', () => {
    const refused = { ...defaultSocketOptions, heartbeatTimeToLive: 6_553_600 }
    expect(() => openSocket('req', refused, () => undefined)).toThrow(
      expect.objectContaining({
        code: 'invalid-argument',
        message: 'ZeroMQ refused the option Heartbeat time to live (6553600): Invalid argument.',
        details: { option: 'heartbeatTimeToLive' },
      }),
    )
  })
})

test('a peer knows the connection by its routing id', async () => {
  const { engine } = createHarness()
  const { socket, endpoint } = await router()
  engine.open('one', requestSpec(endpoint, { ...defaultSocketOptions, routingId: 'inspector' }))
  const pending = ask(engine, 'one', [bytes('Hi')], 5000)
  const [id, ...rest] = await socket.receive()
  expect(String(id)).toBe('inspector')
  await socket.send([id ?? '', ...rest])
  await pending
})

test('a reply of the maximum size arrives; a larger one closes the connection', async () => {
  const { engine, until } = createHarness()
  const { socket, endpoint } = await router()
  engine.open('one', requestSpec(endpoint, { ...defaultSocketOptions, maximumMessageSize: 1000 }))
  const answer = async (size: number) => {
    const pending = ask(engine, 'one', [bytes('Hi')], 5000)
    pending.catch(() => undefined)
    const [id, empty] = await socket.receive()
    await socket.send([id ?? '', empty ?? '', new Uint8Array(size)])
    return pending
  }
  expect((await answer(1000)).frames[0]?.byteLength).toBe(1000)
  void answer(1001).catch(() => undefined)
  await until('the link to break', () => linkOf(engine.session('one').state).state !== 'ready')
  engine.close('one')
})
