import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { LogStore } from '../../../src/engine/transcript/store.ts'
import type { LogFilter, LogSort } from '../../../src/shared/transcript/query.ts'
import type { NewRecord } from '../../../src/shared/transcript/record.ts'
import { bytes } from '../../support/harness.ts'
import { allEntries, logEvent, logMessage, packEntry } from '../../support/log-entries.ts'
import { processorMs } from '../../support/processor-time.ts'
import { readableIn, readToEnd } from '../../support/read-log.ts'

function storeWith(entries: readonly NewRecord[]): LogStore {
  const path = join(mkdtempSync(join(tmpdir(), 'inspector-')), 'log.sqlite')
  const store = new LogStore(path, 256 * 1024 * 1024)
  onTestFinished(() => store.close())
  store.append(entries.map((entry, index) => packEntry(entry, index + 1)))
  return store
}

const message = (...texts: readonly string[]): NewRecord => logMessage({ frames: texts.map((text) => bytes(text)) })

const idsOf = (store: LogStore, text: string, filter: Partial<LogFilter> = {}): number[] =>
  store
    .query({ filter: { ...allEntries, ...filter, text }, afterId: null, beforeId: null, limit: 1000 })
    .map(({ id }) => id)

const some = () =>
  storeWith([
    message('one two'),
    message('two', 'THREE'),
    logEvent('connect:retry', 'no two connections', { name: 'ipc:///tmp/one' }),
    logMessage({ frames: [Uint8Array.of(0xff, 0, 0x54, 0x77, 0x4f)], session: 'echo-server', name: 'tcp://h:1' }),
    message(`${'long '.repeat(100)}Ende mit é`),
  ])

describe('a search', () => {
  test.each<[string, number[]]>([
    ['one two', [1, 3]],
    ['"one two"', [1]],
    ['two -one', [2, 4]],
    ['-two', [5]],
    ['-one -two', [5]],
    ["-h'ff00'", [1, 2, 3, 5]],
    ["h'ff 00' two", [4]],
    ['-"one two" two', [2, 3, 4]],
    ['three', [2]],
    ['ende é', [5]],
    ['/^two$/', [2]],
    ['/^three$/i', [2]],
    ['/one two/', [1]],
    ['/Ende/', [5]],
    ['/tmp\\/one$/', [3]],
    ['/^connect:/ -/accept/', [3]],
    ['-/[a-z]/', []],
    ['-/one/ two', [2, 4]],
    ['/t/i /h/i', [2, 4]],
  ])('for %s', (text, ids) => {
    const store = some()
    expect(idsOf(store, text)).toEqual(ids)
    expect(store.count({ ...allEntries, text })).toEqual({ matching: ids.length, of: 5 })
    expect(store.count({ ...allEntries, text }, 2).matching).toBe(ids.filter((id) => id > 2).length)
  })

  test('leaves out what is hidden', () => {
    const store = some()
    expect(idsOf(store, 'two', { hides: ['events'] })).toEqual([1, 2, 4])
    expect(idsOf(store, 'two', { hides: ['events', 'echo-server'] })).toEqual([1, 2])
    expect(idsOf(store, 'two', { hides: ['sent'] })).toEqual([3])
    expect(idsOf(store, 'two', { hides: ['echo-server'], session: 'echo-server' })).toEqual([4])
  })

  test('looks at a message without its envelope, also with an expression', () => {
    const store = storeWith([logMessage({ frames: [bytes('peer'), bytes(''), bytes('body')], envelope: 2 })])
    expect(idsOf(store, '/^peer$/')).toEqual([])
    expect(idsOf(store, '/^body$/')).toEqual([1])
  })

  test('says what is wrong with an expression, and finds nothing', () => {
    const store = some()
    const search = () =>
      store.search({ filter: { ...allEntries, text: 'two /(/' }, afterId: null, beforeId: null, limit: 10 })
    expect(search()).toEqual({ rows: [], next: null, problem: '/(/ is no regular expression: unterminated group.' })
    expect(store.count({ ...allEntries, text: '/(/' }).matching).toBe(0)
    expect(() => idsOf(store, '/(/')).toThrow('no regular expression')
  })
})

test('an expression that never ends is interrupted, refused, and others are still tried', () => {
  const store = storeWith([message(`${'a'.repeat(60)}b`), message('aaa')])
  const search = (text: string) =>
    store.search({ filter: { ...allEntries, text }, afterId: null, beforeId: null, limit: 10 })
  const tooLong = { rows: [], next: null, problem: expect.stringContaining('takes too long') }
  expect(search('/^(a+)+$/')).toEqual(tooLong)
  const begun = processorMs()
  expect(search('/^(a+)+$/')).toEqual(tooLong)
  expect(store.count({ ...allEntries, text: '/^(a+)+$/' }).matching).toBe(0)
  expect(processorMs() - begun).toBeLessThan(200)
  expect(search('/^a+$/').rows.map(({ id }) => id)).toEqual([2])
})

describe('what takes longer than it may', () => {
  const count = 12_000
  const many = () =>
    storeWith(
      Array.from({ length: count }, (_, index) => message(`number ${index}${index % 4000 === 0 ? ' rare' : ''}`)),
    )
  const past = Number.NEGATIVE_INFINITY

  test.each(['rare', '/rare$/', 'number -/^number [0-9]+$/'])('is found part by part: %s', (text) => {
    const store = many()
    const found: number[] = []
    let [beforeId, parts]: [number | null, number] = [null, 0]
    do {
      const part = store.search({ filter: { ...allEntries, text }, afterId: null, beforeId, limit: 10 }, past)
      found.unshift(...part.rows.map(({ id }) => id))
      beforeId = part.next
      parts += 1
    } while (beforeId !== null)
    expect(found).toEqual([1, 4001, 8001])
    expect(parts).toBeGreaterThan(1)
  })

  test.each(['rare', '/rare$/'])('is counted part by part: %s', (text) => {
    const store = many()
    const filter = { ...allEntries, text }
    expect(store.count(filter, 0, past)).toMatchObject({ isPartial: true })
    let counted = store.count(filter, 0, past)
    while (counted.isPartial) counted = store.count(filter, 0, past)
    expect(counted).toEqual({ matching: 3, of: count })
  })

  test('is exported as a whole', async () => {
    const store = many()
    const entries = await readToEnd(readableIn(store), { ...allEntries, text: '/rare$/' })
    expect(entries).toEqual({ ids: [1, 4001, 8001], read: { removed: 0, cleared: false } })
  })

  test('is not said to be exported as a whole when entries are removed before all are counted', async () => {
    const store = many()
    const lower = () => store.setBounds({ maximumBytes: 1_200_000, maximumAgeMs: null })
    const { ids, read } = await readToEnd(readableIn(store, lower), { ...allEntries, text: '/rare$/' })
    expect(store.status.evicted).toBeGreaterThan(4001)
    expect(ids).toEqual([8001])
    expect(read).toEqual({ removed: null, cleared: false })
  })
})

describe('in an order', () => {
  const rows = () =>
    storeWith([
      logMessage({ frames: [new Uint8Array(10)], roundTripNs: 300 }),
      logMessage({ frames: [bytes('router'), new Uint8Array(8)], envelope: 1 }),
      logMessage({ frames: [new Uint8Array(30)], roundTripNs: 100 }),
      logMessage({ frames: [new Uint8Array(10)], roundTripNs: 200 }),
    ])
  const sorted = (sort: LogSort, text = '', limit = 10) =>
    rows()
      .search({ filter: { ...allEntries, text }, afterId: null, beforeId: null, limit, sort })
      .rows.map(({ id }) => id)

  test.each<[LogSort['by'], boolean, number[]]>([
    ['time', true, [1, 2, 3, 4]],
    ['size', true, [3, 4, 1, 2]],
    ['size', false, [2, 1, 4, 3]],
    ['round-trip', true, [1, 4, 3, 2]],
    ['round-trip', false, [3, 4, 1, 2]],
  ])('by %s, descending: %s', (by, descending, ids) => {
    expect(sorted({ by, descending })).toEqual(ids)
    expect(sorted({ by, descending }, '/./s')).toEqual(ids)
    expect(sorted({ by, descending }, 'tcp')).toEqual(ids)
  })

  test('the first rows are those of the whole log', () => {
    expect(sorted({ by: 'size', descending: true }, '', 2)).toEqual([3, 4])
    expect(sorted({ by: 'round-trip', descending: false }, '/./s', 2)).toEqual([3, 4])
  })
})

test('the messages of an exchange lead to each other', () => {
  const store = storeWith([
    logMessage({ session: 'other', exchange: 2 }),
    logMessage({ exchange: 2 }),
    ...Array.from({ length: 5000 }, () => message('between')),
    logEvent('timeout', 'none', { exchange: 2 }),
    logMessage({ exchange: 2, direction: 'received' }),
    // Of a socket that answers: the number of the request is that of the exchange.
    logMessage({ exchange: 5005, direction: 'received' }),
    logMessage({ exchange: 5005 }),
    logMessage({ exchange: 5007 }),
  ])
  const partnerOf = (id: number) => {
    const { session = '', exchange } = store.entry(id) ?? {}
    return exchange == null ? undefined : store.partner({ id, session, exchange })
  }
  expect([2, 5004].map(partnerOf)).toEqual([5004, 2])
  expect([5005, 5006].map(partnerOf)).toEqual([5006, 5005])
  expect([1, 5007].map(partnerOf)).toEqual([null, null])
})
