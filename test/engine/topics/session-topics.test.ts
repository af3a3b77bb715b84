import { describe, expect, onTestFinished, test } from 'vitest'
import { Dealer } from 'zeromq'
import { engineCommands } from '../../../src/engine/commands.ts'
import { maximumTopicsKept, TopicTree } from '../../../src/engine/topics/topic-tree.ts'
import type { SocketSpec } from '../../../src/shared/session/spec.ts'
import { boundEndpointOf } from '../../../src/shared/session/state.ts'
import { firstFrame } from '../../../src/shared/topics/key.ts'
import type { TopicPage } from '../../../src/shared/topics/page.ts'
import { defaultSocketOptions } from '../../../src/shared/zmq/options.ts'
import type { PatternId } from '../../../src/shared/zmq/patterns.ts'
import { noSecurity } from '../../../src/shared/zmq/security.ts'
import { bytes, createHarness } from '../../support/harness.ts'

const specOf = (pattern: PatternId, ...attach: SocketSpec['attach']): SocketSpec => ({
  pattern,
  attach,
  options: defaultSocketOptions,
  security: noSecurity,
  subscriptions: pattern === 'sub' ? [{ encoding: 'text', text: '' }] : [],
  behaviour: null,
})

const bind = { how: 'bind', endpoint: 'tcp://127.0.0.1:0' } as const
const sub = { sessionId: 'sub' }

/** A PUB and a SUB that hears it. */
async function publisher() {
  const harness = createHarness()
  const { engine, entries, until } = harness
  const commands = engineCommands(engine)
  const endpoint = boundEndpointOf(await engine.open('pub', specOf('pub', bind)))?.endpoint ?? ''
  await engine.open('sub', specOf('sub', { how: 'connect', endpoint }))
  await until('the subscription', () => engine.session('pub').state.audience?.subscriptions === 1)
  let published = 0
  const publish = async (...messages: readonly (readonly [string, string])[]) => {
    for (const frames of messages) await engine.send('pub', frames.map(bytes), 5000)
    published += messages.length
    const received = () => entries.filter(({ direction }) => direction === 'received').length
    await until('the messages', () => received() === published)
  }
  const page = (parent = 0, known: number | null = null): Promise<TopicPage | null> =>
    commands['topics.page']({
      ...sub,
      sort: 'name',
      descending: false,
      filter: '',
      parts: [{ parent, offset: 0, limit: 100 }],
      known,
    })
  const rows = async (parent = 0) =>
    (await page(parent))?.parts[0]?.rows.map(({ name, count, value }) => `${name} ${count} ${value}`)
  return { ...harness, commands, publish, page, rows }
}

describe('the topics of a SUB', () => {
  test('are counted from the newest records on, while somebody watches', async () => {
    const { engine, entries, commands, publish, page, rows } = await publisher()
    await expect(page()).rejects.toThrow('not watched')
    await publish(['prices.eur', '1'], ['prices.usd', '2'])
    const start = await commands['topics.watch']({ ...sub, key: firstFrame, separator: 'suggested' })
    const [first] = entries.filter(({ direction }) => direction === 'received')
    expect(start).toEqual({ earlier: 2, since: first?.at })
    await publish(['prices.eur', '3'], ['news', 'hello'])
    expect(await page()).toMatchObject({ topics: 3, count: 4, separator: '.', without: { count: 0 } })
    expect(await rows()).toEqual(['news 1 hello', 'prices 3 3'])
    const [prices] = await commands['topics.expand']({ ...sub, parent: 0, filter: 'usd', limit: 9 }).then((ids) =>
      ids.slice(1),
    )
    expect(await rows(prices)).toEqual(['eur 2 3', 'usd 1 2'])
    // The number is that of the record.
    const record = (await page(prices))?.parts[0]?.rows[0]?.record ?? 0
    expect(engine.record(record)?.frames.map(String)).toEqual(['prices.eur', '3'])
    await commands['topics.stop'](sub)
    await publish(['prices.eur', '4'])
    await expect(page()).rejects.toThrow('not watched')
  })

  test('are divided anew without losing counts, and counted anew by another key', async () => {
    const { commands, publish, rows } = await publisher()
    const start = await commands['topics.watch']({ ...sub, key: firstFrame, separator: null })
    expect(start.earlier).toBe(0)
    await publish(['a/b', 'x'], ['a/c', 'x'])
    expect(await rows()).toEqual(['a/b 1 x', 'a/c 1 x'])
    expect(await commands['topics.watch']({ ...sub, key: firstFrame, separator: '/' })).toEqual(start)
    expect(await rows()).toEqual(['a 2 x'])
    const second = await commands['topics.watch']({ ...sub, key: { by: 'frame', frame: 1 }, separator: null })
    expect(second.earlier).toBe(2)
    expect(await rows()).toEqual(['x 2 a/c'])
  })

  test('go on when the socket is opened again', async () => {
    const { engine, commands, publish, rows, until } = await publisher()
    await commands['topics.watch']({ ...sub, key: firstFrame, separator: null })
    await publish(['a', '1'])
    const { spec } = engine.session('sub').state
    await engine.close('sub')
    await until('that nobody subscribes', () => engine.session('pub').state.audience?.subscriptions === 0)
    await engine.open('sub', spec)
    await until('the subscription', () => engine.session('pub').state.audience?.subscriptions === 1)
    await publish(['a', '2'])
    expect(await rows()).toEqual(['a 2 2'])
  })
})

test('a ROUTER tells topics by its peers, with those that a behaviour answers', async () => {
  const { engine, until } = createHarness()
  const commands = engineCommands(engine)
  const spec = specOf('router', bind)
  const endpoint = boundEndpointOf(await engine.open('router', { ...spec, behaviour: 'echo' }))?.endpoint ?? ''
  await commands['topics.watch']({ sessionId: 'router', key: { by: 'peer' }, separator: null })
  for (const routingId of ['ann', 'bob']) {
    const dealer = new Dealer({ linger: 0, routingId })
    onTestFinished(() => dealer.close())
    dealer.connect(endpoint)
    await dealer.send(['', 'hello'])
    await dealer.receive()
  }
  await until('both', () => engine.session('router').state.traffic.received === 2)
  const parts = [{ parent: 0, offset: 0, limit: 9 }]
  const query = { sessionId: 'router', sort: 'name', descending: false, filter: '', parts, known: null } as const
  const page = await commands['topics.page'](query)
  expect(page?.parts[0]?.rows.map(({ name, count }) => [name, count])).toEqual([
    ['ann', 1],
    ['bob', 1],
  ])
})

test('100,000 topics are the most, and all messages are counted', () => {
  const tree = new TopicTree({ key: firstFrame, separator: '/' })
  const value = new Uint8Array(200)
  const messages = 130_000
  for (let index = 0; index < messages; index += 1) {
    tree.add({ at: index, frames: [bytes(`room${index % 50}/sensor${index}`), value], envelope: 0 }, index)
  }
  expect(tree.size).toBe(maximumTopicsKept)
  expect(tree.folded.topics).toBe(messages - maximumTopicsKept)
  expect(tree.root.figures.count).toBe(messages)
  const below = [...(tree.root.children?.values() ?? [])]
  expect(below.reduce((total, { figures }) => total + figures.count, 0)).toBe(messages)
  expect(below.reduce((total, { folded }) => total + folded.topics, 0)).toBe(messages - maximumTopicsKept)
})

test('topics with very many levels are bounded, too', () => {
  const tree = new TopicTree({ key: firstFrame, separator: '/' }, {}, 1000)
  for (let index = 0; index < 5000; index += 1) {
    tree.add({ at: index, frames: [bytes(`${index}${'/x'.repeat(100)}`)], envelope: 0 }, index)
  }
  // Nodes are what takes room: 16 for each of these.
  expect(tree.size).toBeLessThanOrEqual(1000 / 8 + 1)
  expect(tree.root.figures.count).toBe(5000)
})
