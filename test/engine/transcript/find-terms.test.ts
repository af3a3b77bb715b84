import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { recordFilter } from '../../../src/engine/recording/record-filter.ts'
import type { LogViews } from '../../../src/engine/transcript/protocol.ts'
import { LogStore } from '../../../src/engine/transcript/store.ts'
import { codecs } from '../../../src/shared/codecs/index.ts'
import { type NewRecord, peerOf } from '../../../src/shared/transcript/record.ts'
import { maximumComparedBytes } from '../../../src/shared/transcript/search/limits.ts'
import { bytes } from '../../support/harness.ts'
import { allEntries, logEvent, logMessage, packEntry } from '../../support/log-entries.ts'
import { parseRoot, schemaOf } from '../../support/protobuf-schema.ts'

function storeWith(entries: readonly NewRecord[]): LogStore {
  const path = join(mkdtempSync(join(tmpdir(), 'inspector-')), 'log.sqlite')
  const store = new LogStore(path, 256 * 1024 * 1024)
  onTestFinished(() => store.close())
  store.append(entries.map((entry, index) => packEntry(entry, index + 1)))
  return store
}

const idsOf = (store: LogStore, text: string): number[] =>
  store.query({ filter: { ...allEntries, text }, afterId: null, beforeId: null, limit: 1000 }).map(({ id }) => id)

const views = (sessions: LogViews['sessions']): LogViews => ({ sessions, schema: { messages: {}, enums: {} } })

/** A message as a test tells of it. */
interface Told {
  readonly at: number
  readonly direction: 'sent' | 'received'
  readonly name: string
  readonly session: string
  readonly peer: string
  readonly topic: string
  readonly encoding: 'json' | 'messagepack' | 'cbor'
  readonly price: number
  readonly user: string
}

const start = new Date(2024, 1, 29, 10, 0).getTime()

const told: fc.Arbitrary<Told> = fc.record({
  at: fc.integer({ min: 0, max: 3 }).map((minutes) => start + minutes * 60_000),
  direction: fc.constantFrom('sent', 'received'),
  name: fc.constantFrom('tcp://127.0.0.1:5555', 'ipc:///tmp/a'),
  session: fc.constantFrom('one', 'two'),
  peer: fc.constantFrom('', 'worker-1', 'worker-2'),
  topic: fc.constantFrom('', 'prices.eur', 'prices.usd', 'heartbeat'),
  encoding: fc.constantFrom('json', 'messagepack', 'cbor'),
  price: fc.integer({ min: 0, max: 5 }),
  user: fc.constantFrom('ann', 'bob', 'x'.repeat(200)),
})

const names: Readonly<Record<string, string>> = { one: 'Prices', two: '' }

const framesOf = ({ topic, encoding, price, user }: Told): Uint8Array[] => {
  const body = codecs[encoding].encode(JSON.stringify({ price, order: { user } }))
  return topic === '' ? [body] : [bytes(topic), body]
}

const recordOf = (each: Told): NewRecord => {
  const { at, direction, name, session, peer } = each
  const envelope = peer === '' ? [] : [bytes(peer)]
  return logMessage({
    at,
    direction,
    name,
    session,
    frames: [...envelope, ...framesOf(each)],
    envelope: envelope.length,
  })
}

const sizeOf = (each: Told): number => Buffer.concat(framesOf(each)).length

/** Each part of a search, and what it says of a message. */
const parts: readonly (readonly [string, (each: Told) => boolean])[] = [
  ['topic:prices.', ({ topic }) => topic.startsWith('prices.')],
  ["topic:h'70 72'", ({ topic }) => topic.startsWith('pr')],
  ['socket:5555', ({ name }) => name.includes('5555')],
  ['socket:pri', ({ session }) => session === 'one'],
  ['peer:worker', ({ peer }) => peer !== ''],
  ['peer:0x776f726b65722d31', ({ peer }) => peer === 'worker-1'],
  ['from:worker-1', ({ peer, direction }) => peer === 'worker-1' && direction === 'received'],
  ['to:worker-2', ({ peer, direction }) => peer === 'worker-2' && direction === 'sent'],
  ['is:sent', ({ direction }) => direction === 'sent'],
  ['size:>100', (each) => sizeOf(each) > 100],
  ['size:<=30', (each) => sizeOf(each) <= 30],
  ['after:2024-02-29T10:01', ({ at }) => at >= start + 60_000],
  ['before:2024-02-29T10:02', ({ at }) => at < start + 120_000],
  ['price > 2', ({ price }) => price > 2],
  ['$.price != 3', ({ price }) => price !== 3],
  ['order.user == "ann"', ({ user }) => user === 'ann'],
  ['$.order[*] =~ /^b/', ({ user }) => user.startsWith('b')],
  ['$["order"].user >= "b"', ({ user }) => user >= 'b'],
  ['heartbeat', ({ topic }) => topic === 'heartbeat'],
  ['/^prices.eur$/', ({ topic }) => topic === 'prices.eur'],
  ['missing == 1', () => false],
]

test('finds and counts what a filter in words would, for any parts together', () => {
  const search = fc.uniqueArray(fc.record({ part: fc.constantFrom(...parts), excludes: fc.boolean() }), {
    maxLength: 4,
    selector: ({ part: [text] }) => text,
  })
  fc.assert(
    fc.property(
      fc.array(told, { minLength: 1, maxLength: 40 }),
      fc.array(search, { minLength: 1, maxLength: 10 }),
      (all, searches) => {
        const store = storeWith(all.map(recordOf))
        store.setViews(
          views(Object.fromEntries(Object.entries(names).map(([id, name]) => [id, { name, sent: [], received: [] }]))),
        )
        for (const wanted of searches) {
          const text = wanted.map(({ part: [part], excludes }) => (excludes ? `-${part}` : part)).join(' ')
          const expected = all.flatMap((each, index) =>
            wanted.every(({ part: [, isSo], excludes }) => isSo(each) !== excludes) ? [index + 1] : [],
          )
          expect([text, idsOf(store, text)]).toEqual([text, expected])
          expect(store.count({ ...allEntries, text }).matching).toBe(expected.length)
          const isFound = recordFilter(text)
          const found = all.flatMap((each, index) => {
            const record = { ...recordOf(each), id: index + 1, peer: peerOf(recordOf(each)) }
            return isFound({ record, socket: names[each.session] ?? '', views: [] }).isWanted ? [record.id] : []
          })
          expect([text, found]).toEqual([text, expected])
        }
      },
    ),
    { numRuns: 40 },
  )
})

describe('a search', () => {
  test('finds no event by what only messages have', () => {
    const store = storeWith([logEvent('connect:retry', 'price > 1'), logMessage({ frames: [bytes('{"price":5}')] })])
    expect(idsOf(store, 'price > 1')).toEqual([2])
    expect(idsOf(store, '-price > 1')).toEqual([1])
    expect(idsOf(store, 'size:<100')).toEqual([2])
    expect(idsOf(store, '-size:<100')).toEqual([1])
    expect(idsOf(store, 'topic:{')).toEqual([2])
  })

  test('finds a value whose name is written with escapes', () => {
    const texts = ['{"pri\\u0063e":5}', '{"prize":5}', '{"\\u0070rice":6}']
    const store = storeWith(texts.map((text) => logMessage({ frames: [bytes(text)] })))
    expect(idsOf(store, 'price == 5')).toEqual([1])
  })

  test('reads frames as they are shown, and names of Protobuf that are not in the bytes', () => {
    const store = storeWith([logMessage({ frames: [Uint8Array.of(0x08, 0x05)] })])
    expect(idsOf(store, 'id == 5')).toEqual([])
    const sent = [{ encoding: 'protobuf', message: 'api.Query' } as const]
    const schema = schemaOf(parseRoot('syntax = "proto3"; package api; message Query { int32 id = 1; }'))
    store.setViews({ sessions: { one: { sent, received: [] } }, schema })
    expect(idsOf(store, 'id == 5')).toEqual([1])
  })

  test('says what is wrong with a path, and finds nothing', () => {
    const store = storeWith([logMessage({ frames: [bytes('{"a":5}')] })])
    expect(() => idsOf(store, '$.a[?] == 5')).toThrow('is no path')
    expect(store.count({ ...allEntries, text: '$.a[?] == 5' }).matching).toBe(0)
  })

  test('counts the messages that it does not look into', () => {
    const large = JSON.stringify({ a: 1, filler: 'x'.repeat(maximumComparedBytes) })
    const store = storeWith([large, '{"a":1}', '{"a":2}', large].map((text) => logMessage({ frames: [bytes(text)] })))
    expect(idsOf(store, 'a == 1')).toEqual([2])
    expect(store.count({ ...allEntries, text: 'a == 1' })).toEqual({ matching: 1, of: 4, skipped: 2 })
    expect(store.count({ ...allEntries, text: 'a == 1' })).toEqual({ matching: 1, of: 4, skipped: 2 })
  })

  test('tells how far it has come while it goes on', () => {
    const count = 12_000
    const store = storeWith(
      Array.from({ length: count }, (_, index) => logMessage({ frames: [bytes(`{"n":${index}}`)] })),
    )
    const filter = { ...allEntries, text: 'n < 10' }
    const past = Number.NEGATIVE_INFINITY
    let looked = 0
    for (let counted = store.count(filter, 0, past); ; counted = store.count(filter, 0, past)) {
      if (!counted.isPartial) {
        expect(counted).toEqual({ matching: 10, of: count })
        break
      }
      expect(counted.progress?.of).toBe(count)
      expect(counted.progress?.looked).toBeGreaterThan(looked)
      looked = counted.progress?.looked ?? 0
    }
    expect(looked).toBeGreaterThan(0)
  })

  test('counts on when the oldest entries are deleted, without reading the others again', () => {
    const path = join(mkdtempSync(join(tmpdir(), 'inspector-')), 'log.sqlite')
    const store = new LogStore(path, 4 * 1024 * 1024)
    onTestFinished(() => store.close())
    const large = JSON.stringify({ n: 0, filler: 'x'.repeat(maximumComparedBytes) })
    const append = (first: number, count: number) =>
      store.append(
        Array.from({ length: count }, (_, index) => {
          const text = first + index === 1 ? large : `{"n":${(first + index) % 2}}`
          return packEntry(logMessage({ frames: [bytes(text)] }), first + index)
        }),
      )
    const filter = { ...allEntries, kind: 'message' as const, text: 'n == 1' }
    append(1, 10_000)
    const whole = Number.POSITIVE_INFINITY
    expect(store.count(filter, 0, whole)).toEqual({ matching: 4999, of: 10_000, skipped: 1 })
    append(10_001, 15_000)
    expect(store.status.evicted).toBeGreaterThan(1000)
    expect(store.status.evicted).toBeLessThan(10_000)
    const past = Number.NEGATIVE_INFINITY
    // The first answer goes on where the count ended, and not at the beginning.
    expect(store.count(filter, 0, past).matching).toBeGreaterThan((10_000 - store.status.evicted) / 2 - 2)
    const { count: of, evicted } = store.status
    expect(store.count(filter, 0, whole)).toEqual({ matching: 12_500 - Math.ceil(evicted / 2), of })
  })

  test('counts anew when frames are shown in another way', () => {
    const store = storeWith([logMessage({ frames: [Uint8Array.of(0x08, 0x05)] })])
    const filter = { ...allEntries, text: '$["1"] == 5' }
    expect(store.count(filter).matching).toBe(0)
    store.setViews(views({ one: { sent: [{ encoding: 'protobuf', message: null }], received: [] } }))
    expect(store.count(filter).matching).toBe(1)
  })
})
