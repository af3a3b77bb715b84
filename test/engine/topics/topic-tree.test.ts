import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Figures } from '../../../src/engine/topics/figures.ts'
import { KeptTopic, Recency } from '../../../src/engine/topics/kept-topic.ts'
import { LastMessages } from '../../../src/engine/topics/last-messages.ts'
import { TopicNode } from '../../../src/engine/topics/node.ts'
import { rankedPlaces } from '../../../src/engine/topics/ranked.ts'
import { TopicPages } from '../../../src/engine/topics/topic-page.ts'
import { TopicTree } from '../../../src/engine/topics/topic-tree.ts'
import { previewFrames } from '../../../src/shared/codecs/preview.ts'
import { firstFrame, type TopicKey } from '../../../src/shared/topics/key.ts'
import type { TopicRow, TopicSort } from '../../../src/shared/topics/page.ts'

const at = 1_700_000_000_000
const encoder = new TextEncoder()
const framesOf = (...texts: readonly string[]) => texts.map((text) => encoder.encode(text))
const preview = (frames: readonly Uint8Array[], without: number) =>
  previewFrames(frames.filter((_frame, place) => place !== without))

const treeWith = (separator: string | null, maximum?: number, key: TopicKey = firstFrame) =>
  new TopicTree({ key, separator }, {}, maximum)

/** Adds messages of two frames, a millisecond apart. */
function fill(tree: TopicTree, topics: readonly string[], payload = 'x'): void {
  for (const [index, topic] of topics.entries()) {
    tree.add({ at: at + index, frames: framesOf(topic, payload), envelope: 0 }, index + 1)
  }
}

interface Shown {
  readonly sort?: TopicSort
  readonly descending?: boolean
  readonly filter?: string
  readonly parent?: number
  readonly offset?: number
  readonly limit?: number
  readonly now?: number
}

function rowsOf(tree: TopicTree, shown: Shown = {}) {
  const { sort = 'name', descending = false, filter = '', parent = 0, offset = 0, limit = 1000, now = at } = shown
  return new TopicPages(tree).rows({ sort, descending, filter }, { parent, offset, limit }, { now, preview })
}

const namesOf = (tree: TopicTree, shown: Shown = {}) => rowsOf(tree, shown).rows.map(({ name }) => name)

function rowNamed(tree: TopicTree, name: string, shown: Shown = {}): TopicRow {
  const row = rowsOf(tree, shown).rows.find((each) => each.name === name)
  if (!row) throw new Error(`No ${name}`)
  return row
}

function* nodesOf(node: TopicNode): Generator<TopicNode> {
  yield node
  for (const child of node.children?.values() ?? []) yield* nodesOf(child)
}

/** What every node must hold. */
function expectSums(tree: TopicTree): void {
  let topics = 0
  for (const node of nodesOf(tree.root)) {
    const children = [...(node.children?.values() ?? [])]
    for (const figure of ['count', 'bytes'] as const) {
      const below = children.reduce((total, child) => total + child.figures[figure], 0)
      expect(node.figures[figure]).toBe((node.topic?.own[figure] ?? 0) + below + node.folded[figure])
    }
    if (node.topic) topics += 1
    if (node !== tree.root) expect(node.topic !== null || children.length > 0).toBe(true)
    expect(node.byName.length).toBe(children.length)
  }
  expect(topics).toBe(tree.size)
}

const topicText = fc.string({ unit: fc.constantFrom('a', 'b', '/', '.', '\u0000'), maxLength: 7 })

describe('a tree of topics', () => {
  test('adds up at each node, in whatever order topics come and fold, and however they are divided', () => {
    const separator = fc.constantFrom('/', '.', null, 'suggested')
    const step = fc.oneof(
      { weight: 12, arbitrary: topicText.map((topic) => ({ topic })) },
      { weight: 1, arbitrary: separator.map((divide) => ({ divide })) },
    )
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 120 }),
        separator,
        fc.integer({ min: 1, max: 9 }),
        (steps, first, most) => {
          const tree = treeWith(first, most)
          const counted = new Map<string, number>()
          let all = 0
          for (const [index, each] of steps.entries()) {
            if ('divide' in each) tree.divide(each.divide)
            else {
              tree.add({ at: at + index, frames: framesOf(each.topic, 'xyz'), envelope: 0 }, index)
              counted.set(each.topic, (counted.get(each.topic) ?? 0) + 1)
              all += 1
            }
            expect(tree.size).toBeLessThanOrEqual(most)
          }
          expectSums(tree)
          expect(tree.root.figures.count).toBe(all)
          const kept = [...tree.topics]
          expect(kept.reduce((total, { own }) => total + own.count, 0) + tree.folded.count).toBe(all)
          // Without folding, each topic is counted by itself.
          if (tree.folded.topics === 0) expect(kept.length).toBe(counted.size)
          // The topics that are there are those that came last.
          const recent = [...new Set(steps.flatMap((each) => ('topic' in each ? [each.topic] : [])).reverse())]
          const texts = kept.map(({ topic }) =>
            topic.encoding === 'text' ? topic.text : Buffer.from(topic.text, 'hex').toString(),
          )
          expect(recent.slice(0, kept.length).sort()).toEqual(texts.sort())
        },
      ),
    )
  })

  test('counts a message without the key, and adds nothing for it', () => {
    const tree = treeWith(null, 9, { by: 'frame', frame: 1 })
    tree.add({ at, frames: framesOf('only'), envelope: 0 }, 1)
    tree.add({ at, frames: framesOf('a', 'b'), envelope: 0 }, 2)
    expect(tree.without).toEqual({ count: 1, bytes: 4 })
    expect(namesOf(tree)).toEqual(['b'])
  })

  test('tells topics by the peer, by a value, and by a frame behind the envelope', () => {
    const envelope = { envelope: 2, at }
    const byPeer = treeWith(null, 9, { by: 'peer' })
    byPeer.add({ ...envelope, frames: framesOf('bob', '', 'hello') }, 1)
    byPeer.add({ at, frames: framesOf('no peer'), envelope: 0 }, 2)
    expect(rowsOf(byPeer).rows).toMatchObject([{ name: 'bob', bytes: 5, value: 'hello' }])
    expect(byPeer.without.count).toBe(1)
    const byFrame = treeWith(null, 9)
    byFrame.add({ ...envelope, frames: framesOf('bob', '', 'topic', 'value') }, 1)
    expect(rowsOf(byFrame).rows).toMatchObject([{ name: 'topic', value: 'value' }])
    const path = '$.a["b c"][0]'
    const byPath = treeWith(null, 9, { by: 'path', frame: 0, encoding: 'json', message: null, path })
    byPath.add({ at, frames: framesOf('{"a": {"b c": ["x"]}}'), envelope: 0 }, 1)
    byPath.add({ at, frames: framesOf('{"a": {"b c": [12345678901234567890]}}'), envelope: 0 }, 2)
    byPath.add({ at, frames: framesOf('{"a": {}}'), envelope: 0 }, 3)
    byPath.add({ at, frames: framesOf('not JSON'), envelope: 0 }, 4)
    expect(namesOf(byPath)).toEqual(['12345678901234567890', 'x'])
    expect(byPath.without.count).toBe(2)
    expect(() => treeWith(null, 9, { by: 'path', frame: 0, encoding: 'json', message: null, path: 'a' })).toThrow()
  })

  test('shows a topic that has others below it, bytes that are no text, and a key that is cut', () => {
    const tree = treeWith('/')
    fill(tree, ['a', 'a/b', 'a//c', 'x'.repeat(300)])
    tree.add({ at, frames: [new Uint8Array([0xff, 0x2f, 0x01]), new Uint8Array([1])], envelope: 0 }, 5)
    expect(rowsOf(tree).rows).toMatchObject([
      { name: 'a', isTopic: true, children: 2, count: 3, topic: { encoding: 'text', text: 'a' } },
      { name: 'x'.repeat(255), isCut: true, isTopic: true },
      { name: "h'ff2f01'", isTopic: true, topic: { encoding: 'hex', text: 'ff2f01' } },
    ])
    const { id } = rowNamed(tree, 'a')
    expect(rowsOf(tree, { parent: id }).rows).toMatchObject([
      { name: '(empty)', isTopic: false, topic: { text: 'a/' } },
      { name: 'b', isTopic: true, topic: { text: 'a/b' } },
    ])
  })

  test('lets the least recent topics go, and keeps their counts above', () => {
    const tree = treeWith('/', 2)
    fill(tree, ['a/1', 'a/2', 'a/1', 'b/3'])
    expect(rowNamed(tree, 'a')).toMatchObject({ count: 3, children: 1 })
    const { id } = rowNamed(tree, 'a')
    expect(rowsOf(tree, { parent: id }).folded).toEqual({ topics: 1, count: 1, bytes: 4 })
    fill(tree, ['c'])
    expect(namesOf(tree)).toEqual(['b', 'c'])
    expect(rowsOf(tree).folded).toEqual({ topics: 2, count: 3, bytes: 12 })
    expect(rowsOf(tree, { parent: id })).toMatchObject({ isGone: true, rows: [] })
    expect(tree.folded).toEqual({ topics: 2, count: 3, bytes: 12 })
  })

  test('finds the separator when there are topics, and keeps the counts', () => {
    const tree = treeWith('suggested')
    fill(tree, ['prices.eur', 'prices.usd', 'prices.eur'])
    expect(tree.separator).toBe('.')
    expect(rowNamed(tree, 'prices')).toMatchObject({ count: 3, children: 2, isTopic: false, record: 3, previous: 1 })
    const rate = rowNamed(tree, 'prices').rate
    tree.divide(null)
    expect(rowNamed(tree, 'prices.eur').count).toBe(2)
    tree.divide('suggested')
    expect(rowNamed(tree, 'prices')).toMatchObject({ count: 3, rate, value: 'x' })
  })

  test('tells when the value of a topic changed', () => {
    const tree = treeWith('/')
    const send = (time: number, value: string) =>
      tree.add({ at: time, frames: framesOf('a/b', value), envelope: 0 }, time)
    send(at, 'one')
    send(at + 10, 'one')
    expect(rowNamed(tree, 'a')).toMatchObject({ changedAt: at, lastAt: at + 10, value: 'one' })
    send(at + 20, 'two')
    send(at + 30, 'two')
    expect(rowNamed(tree, 'a')).toMatchObject({ changedAt: at + 20, lastAt: at + 30, value: 'two' })
  })

  test('keeps what it shows when many topics have come since, and does not hold on to messages', () => {
    const tree = treeWith(null)
    const large = new Uint8Array(100_000).fill(65)
    tree.add({ at, frames: [...framesOf('first'), large, large], envelope: 0 }, 1)
    fill(
      tree,
      Array.from({ length: 3000 }, (_, index) => `t${index}`),
    )
    const [first] = tree.topics
    expect(first?.kept?.map(({ length }) => length)).toEqual([0, 1024, 0])
    expect(rowNamed(tree, 'first')).toMatchObject({ bytes: 200_005 })
    expect(rowNamed(tree, 'first').value).toMatch(/^A{199}…$/)
  })
})

describe('rows', () => {
  test('are sorted by each figure, both ways', () => {
    const tree = treeWith(null)
    fill(tree, ['b', 'b', 'b', 'c'], 'xx')
    fill(tree, ['a'], 'x'.repeat(500))
    const orders = (['name', 'count', 'size', 'age', 'rate'] as const).map((sort) => [
      namesOf(tree, { sort, now: at + 10 }).join(''),
      namesOf(tree, { sort, descending: true, now: at + 10 }).join(''),
    ])
    expect(orders).toEqual([
      ['abc', 'cba'],
      ['acb', 'bac'],
      ['cba', 'abc'],
      ['cba', 'abc'],
      ['acb', 'bac'],
    ])
  })

  test('come in parts that together are all of them', () => {
    const topics = fc.uniqueArray(fc.string({ unit: fc.constantFrom(...'abc'), minLength: 1, maxLength: 4 }), {
      minLength: 1,
    })
    const sorts = fc.constantFrom<TopicSort>('name', 'count', 'size', 'age', 'rate')
    fc.assert(
      fc.property(topics, sorts, fc.boolean(), fc.integer({ min: 1, max: 7 }), (some, sort, descending, limit) => {
        const tree = treeWith(null)
        fill(tree, some)
        const parts = Array.from({ length: Math.ceil(some.length / limit) }, (_, part) =>
          namesOf(tree, { sort, descending, offset: part * limit, limit }),
        )
        expect(parts.flat()).toEqual(namesOf(tree, { sort, descending }))
        expect([...parts.flat()].sort()).toEqual([...some].sort())
      }),
    )
  })

  test('are those that the filter lets through, with what is above them', () => {
    const tree = treeWith('/')
    fill(tree, ['home/hall/temp', 'home/Kitchen/temp', 'car/temp'])
    expect(namesOf(tree, { filter: 'kitch' })).toEqual(['home'])
    const { id } = rowNamed(tree, 'home', { filter: 'kitch' })
    expect(rowsOf(tree, { filter: 'kitch', parent: id })).toMatchObject({ total: 1, rows: [{ name: 'Kitchen' }] })
    fill(tree, ['car/kitchen'])
    expect(namesOf(tree, { filter: 'kitch' })).toEqual(['car', 'home'])
    expect(namesOf(tree, { filter: 'nothing' })).toEqual([])
    const pages = new TopicPages(tree)
    const openedNames = (filter: string, limit: number) =>
      pages.expand(0, filter, limit).map((each) => tree.node(each)?.name)
    expect(openedNames('', 9)).toEqual(['', 'car', 'home', 'Kitchen', 'hall'])
    expect(openedNames('hall', 9)).toEqual(['', 'home', 'hall'])
    expect(openedNames('', 3)).toEqual(['', 'car', 'home'])
  })

  test('are asked for again only when something changed', () => {
    const tree = treeWith(null)
    fill(tree, ['a'])
    const pages = new TopicPages(tree)
    const ask = (known: number | null, now: number) =>
      pages.page(
        { sort: 'name', descending: false, filter: '', parts: [{ parent: 0, offset: 0, limit: 9 }], known },
        { now, preview },
      )
    const version = ask(null, at + 60_000)?.version ?? null
    expect(ask(version, at + 60_000)).toBeNull()
    // Its rate still falls.
    expect(ask(version, at + 1000)).not.toBeNull()
    fill(tree, ['b'])
    expect(ask(version, at + 60_000)).toMatchObject({ count: 2, topics: 2, parts: [{ total: 2 }] })
  })
})

test('a rate is what came within two seconds, when messages come evenly', () => {
  const figures = new Figures()
  for (let time = at; time < at + 10_000; time += 10) figures.add(time, 1, 1, true)
  expect(figures.rate(at + 10_000)).toBeCloseTo(100, 0)
  expect(figures.rate(at + 11_000)).toBeCloseTo(50, 0)
  expect(figures.rate(at + 14_000)).toBe(0)
})

test('ranked places are those of a whole sort', () => {
  const numbers = fc.array(fc.oneof(fc.integer({ min: 0, max: 3 }), fc.double({ noNaN: true })), { maxLength: 60 })
  fc.assert(
    fc.property(numbers, fc.boolean(), fc.nat(70), fc.nat(70), (some, descending, from, length) => {
      const sorted = some
        .map((number, place) => ({ number, place }))
        .sort((one, other) => {
          const [first, second] = descending ? [other, one] : [one, other]
          return first.number < second.number ? -1 : first.number > second.number ? 1 : one.place - other.place
        })
        .map(({ place }) => place)
      const found = rankedPlaces(Float64Array.from(some), descending, from, from + length)
      expect(found).toEqual(sorted.slice(from, from + length))
    }),
  )
})

test('the least recent topics lose their last messages when all together are too large', () => {
  const recency = new Recency()
  const messages = new LastMessages(recency, 0, 4000)
  const root = new TopicNode(0, null, '', 'text')
  const topics = ['a', 'b', 'c', 'd'].map((key) => {
    const topic = new KeptTopic(key, { encoding: 'text', text: key }, false, root)
    recency.touch(topic)
    messages.take(topic, framesOf(key, 'x'.repeat(1000)), 0, 1001)
    return topic
  })
  expect(topics.map(({ kept }) => kept !== null)).toEqual([false, false, false, true])
  const [first] = topics
  expect(first && messages.take(first, framesOf('a', 'y'), 0, 2)).toBe(true)
  expect(first?.kept).toEqual(['', 'y'])
})
