import { expect, onTestFinished, test } from 'vitest'
import { Dealer, Pair, Publisher, Pull, Push, Request, type Socket, XPublisher } from 'zeromq'
import { adviceFor } from '../../src/shared/diagnosis/diagnosis.ts'
import { requestSpec } from '../../src/shared/session/spec.ts'
import type { PatternId } from '../../src/shared/zmq/patterns.ts'
import { createHarness } from '../support/harness.ts'

const bound = async (socket: Socket): Promise<string> => {
  onTestFinished(() => socket.close())
  await socket.bind('tcp://127.0.0.1:*')
  return socket.lastEndpoint ?? ''
}

test.each<[PatternId, string, () => Socket]>([
  ['req', 'PUB', () => new Publisher({ linger: 0 })],
  ['req', 'PUSH', () => new Push({ linger: 0 })],
  ['req', 'PULL', () => new Pull({ linger: 0 })],
  ['req', 'PAIR', () => new Pair({ linger: 0 })],
  ['req', 'REQ', () => new Request({ linger: 0 })],
  ['req', 'DEALER', () => new Dealer({ linger: 0 })],
  ['sub', 'PULL', () => new Pull({ linger: 0 })],
  ['push', 'XPUB', () => new XPublisher({ linger: 0 })],
  ['dealer', 'PUB', () => new Publisher({ linger: 0 })],
])('a %s that connects to a %s says what is there', async (pattern, type, make) => {
  const endpoint = await bound(make())
  const { engine, until } = createHarness()
  await engine.open('one', { ...requestSpec(endpoint), pattern })
  const cause = await until('the cause', () => {
    const [link] = engine.session('one').state.endpoints
    return link?.how === 'connect' && link.link.state === 'rejected' ? link.link.cause : null
  })
  expect(cause).toMatchObject({ diagnosis: 'wrong-socket-type', facts: { peer: type } })
  expect(adviceFor(cause).cause).toMatch(new RegExp(`^The peer is not a .* socket\\. It is a ${type}\\.$`))
})
