import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { SocketSpec } from '../../src/shared/session/spec.ts'
import { defaultSocketOptions } from '../../src/shared/zmq/options.ts'
import type { PatternId } from '../../src/shared/zmq/patterns.ts'
import { noSecurity } from '../../src/shared/zmq/security.ts'
import { bytes, createHarness, type Harness, texts } from '../support/harness.ts'

const specOf = (pattern: PatternId, attach: SocketSpec['attach'][number]): SocketSpec => ({
  pattern,
  attach: [attach],
  options: defaultSocketOptions,
  security: noSecurity,
  subscriptions: pattern === 'sub' || pattern === 'xsub' ? [{ encoding: 'text', text: '' }] : [],
  behaviour: null,
})

let named = 0

/** An endpoint of each transport to bind. */
async function endpointOf(transport: 'tcp' | 'ipc' | 'inproc'): Promise<string> {
  if (transport === 'tcp') return 'tcp://127.0.0.1:0'
  named += 1
  if (transport === 'inproc') return `inproc://every-pattern-${named}`
  const folder = await mkdtemp(join(tmpdir(), 'every-pattern-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return `ipc://${join(folder, 'socket')}`
}

const received = ({ entries }: Harness, session: string) =>
  entries.filter((entry) => entry.session === session && entry.direction === 'received')

/** Sends one message from the sender to the receiver, whatever that takes for its pattern. */
async function pass(harness: Harness, sender: PatternId, receiver: PatternId): Promise<string[]> {
  const { engine, until } = harness
  const { state } = engine.session('sender')
  if (state.audience) await until('a subscriber', () => engine.session('sender').state.audience?.subscriptions === 1)
  if (state.peers && receiver !== 'stream') {
    // It learns of its peer by a message.
    await engine.send('receiver', [bytes('here')], 5000)
  }
  if (state.peers) await until('a peer', () => (engine.session('sender').state.peers?.count ?? 0) > 0)
  const peer = engine.session('sender').state.peers?.newest[0]
  const to = peer ? Buffer.from(peer.routingId, 'hex') : null
  const frames = sender === 'stream' ? [bytes('hello')] : [bytes('hello'), bytes('world')]
  await engine.send('sender', frames, 5000, to)
  const entry = await until('the message', () => received(harness, 'receiver').at(-1))
  return texts(entry.frames.slice(entry.envelope))
}

/** The patterns that send, and one that receives from them. */
const pairs: readonly (readonly [PatternId, PatternId])[] = [
  ['pair', 'pair'],
  ['push', 'pull'],
  ['pub', 'sub'],
  ['pub', 'xsub'],
  ['xpub', 'sub'],
  ['xpub', 'xsub'],
  ['dealer', 'dealer'],
  ['dealer', 'router'],
  ['dealer', 'rep'],
  ['router', 'dealer'],
]

describe.each(['tcp', 'ipc', 'inproc'] as const)('over %s', (transport) => {
  describe.each([
    ['bind', 'connect'],
    ['connect', 'bind'],
  ] as const)('where the sender does %s', (senderDoes, receiverDoes) => {
    test.each(pairs)('%s sends to %s', async (sender, receiver) => {
      const harness = createHarness()
      const { engine } = harness
      const bound = await endpointOf(transport)
      const [first, second] = senderDoes === 'bind' ? ([sender, receiver] as const) : ([receiver, sender] as const)
      const [firstId, secondId] = senderDoes === 'bind' ? ['sender', 'receiver'] : ['receiver', 'sender']
      const { endpoints } = await engine.open(firstId ?? '', specOf(first, { how: 'bind', endpoint: bound }))
      const endpoint = endpoints[0]?.endpoint ?? ''
      await engine.open(secondId ?? '', specOf(second, { how: 'connect', endpoint }))
      expect(receiverDoes === 'bind' ? secondId : firstId).toBe('sender')
      expect(await pass(harness, sender, receiver)).toEqual(['hello', 'world'])
    })
  })
})
