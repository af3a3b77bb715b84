import { describe, expect, test } from 'vitest'
import { earlierRecords } from '../../../src/engine/series/earlier-records.ts'
import { SeriesBook, type SeriesHost } from '../../../src/engine/series/series-book.ts'
import type { NumberedRecord } from '../../../src/engine/transcript/recent-records.ts'
import { RecordTap } from '../../../src/engine/transcript/record-tap.ts'
import type { SeriesSpec } from '../../../src/shared/series/series.ts'
import type { NewRecord, TranscriptRecord } from '../../../src/shared/transcript/record.ts'
import { encodeUtf8 } from '../../../src/shared/utf8.ts'
import { plainSource } from '../../../src/shared/values/source.ts'

const spec: SeriesSpec = {
  id: 'a',
  session: 'sub',
  direction: 'received',
  match: null,
  value: plainSource(1, 'json', '$.v'),
  x: 'arrival',
  part: { from: 0, every: 1 },
}
const decoding = { value: {}, x: {} }

const message = (at: number, topic: string, content: string | Uint8Array): NewRecord => ({
  at,
  kind: 'message',
  direction: 'received',
  session: 'sub',
  name: 'sub',
  frames: [encodeUtf8(topic), typeof content === 'string' ? encodeUtf8(content) : content],
  envelope: 0,
  exchange: null,
  roundTripNs: null,
  origin: null,
  event: null,
  detail: null,
})

const valued = (at: number, v: number | string, topic = 't') => message(at, topic, `{"v": ${v}}`)

/** A session whose messages are given one by one, with what came before. */
function sessionWith({
  recent = [],
  earlier = [],
  maximum,
}: {
  readonly recent?: readonly NewRecord[]
  readonly earlier?: readonly (readonly NewRecord[])[]
  readonly maximum?: number
} = {}) {
  let number = 1000
  const kept: NewRecord[] = []
  const log = {
    append: (record: NewRecord) => void kept.push(record),
    keep: (record: NewRecord) => {
      kept.push(record)
      number += 1
      return number
    },
    reserve: () => number,
    ready: () => undefined,
  }
  const tap = new RecordTap(log)
  let ended = (): void => undefined
  const readAll = new Promise<void>((resolve) => {
    ended = resolve
  })
  const host: SeriesHost = {
    tapOf: (session) => (session === 'sub' ? tap : undefined),
    nextNumber: () => number,
    recentOf: () => recent.map((record, place): NumberedRecord => ({ record, number: place + 500 })),
    async *earlierOf() {
      for (const records of earlier) yield records.map((record): TranscriptRecord => ({ ...record, id: 1, peer: null }))
      ended()
    },
  }
  const book = new SeriesBook(host, maximum)
  return { book, tap, kept, readAll, take: (record: NewRecord) => tap.transcript.append(record) }
}

const drawn = (book: SeriesBook, id = 'a') => {
  const part = book.page({ ids: [id], span: null, columns: 1000, known: null })?.parts[0]
  if (!part) throw new Error('There is no such series.')
  return { ...part, points: [...part.points] }
}

describe('series', () => {
  test('have the numbers of the messages that come, and count those without', () => {
    const { book, take } = sessionWith()
    book.watch([{ spec, decoding, schema: 0 }])
    take(valued(1, 5))
    take(valued(2, '"7.5"'))
    take(message(3, 't', '{"w": 1}'))
    take(valued(4, 'NaN'))
    take(valued(5, '12345678901234567890'))
    expect(drawn(book)).toMatchObject({
      points: [1, 5, 2, 7.5, 5, Number.NaN, 5, 12345678901234567000],
      kept: 4,
      without: 1,
      notFinite: 1,
      newest: { at: 5, text: '12345678901234567890' },
      whole: { from: 1, to: 5 },
    })
  })

  test('cost the session nothing without one', () => {
    const { book, tap, take, kept } = sessionWith()
    const before = tap.transcript
    book.watch([{ spec, decoding, schema: 0 }])
    expect(tap.transcript).not.toBe(before)
    take(valued(1, 5))
    book.watch([])
    expect(tap.transcript).toBe(before)
    expect(kept).toHaveLength(1)
    expect(() => drawn(book)).toThrow('not watched')
  })

  test('have messages of their topic alone', () => {
    const { book, take } = sessionWith()
    const topic = { encoding: 'text', text: 'pri' } as const
    book.watch([
      { spec: { ...spec, id: 'exact', match: { how: 'exact', topic } }, decoding, schema: 0 },
      { spec: { ...spec, id: 'prefix', match: { how: 'prefix', topic } }, decoding, schema: 0 },
    ])
    take(valued(1, 1, 'prices'))
    take(valued(2, 2, 'pri'))
    take(valued(3, 3, 'p'))
    expect(drawn(book, 'exact').points).toEqual([2, 2])
    expect(drawn(book, 'prefix').points).toEqual([1, 1, 2, 2])
  })

  test('go on where another is added, and begin anew where they are changed', () => {
    const { book, take } = sessionWith()
    book.watch([{ spec, decoding, schema: 0 }])
    take(valued(1, 1))
    book.watch([
      { spec, decoding, schema: 0 },
      { spec: { ...spec, id: 'b' }, decoding, schema: 0 },
    ])
    take(valued(2, 2))
    expect(drawn(book).points).toEqual([1, 1, 2, 2])
    expect(drawn(book, 'b').points).toEqual([2, 2])
    book.watch([{ spec: { ...spec, value: plainSource(1, 'json', '$.w') }, decoding, schema: 0 }])
    expect(drawn(book).points).toEqual([])
  })

  test('begin with the newest messages, and then with those of the log', async () => {
    const { book, take, readAll } = sessionWith({
      recent: [valued(10, 10), valued(11, 11)],
      earlier: [[valued(3, 3), message(4, 't', 'none'), valued(5, 5)], [valued(1, 1)]],
    })
    book.watch([{ spec, decoding, schema: 0 }])
    expect(drawn(book)).toMatchObject({ points: [10, 10, 11, 11], readsEarlier: true })
    take(valued(12, 12))
    await readAll
    await new Promise((resolve) => setImmediate(resolve))
    expect(drawn(book)).toMatchObject({
      points: [1, 1, 3, 3, 5, 5, 10, 10, 11, 11, 12, 12],
      newest: { at: 12 },
      without: 1,
      readsEarlier: false,
    })
  })

  test('let the oldest points go when there are too many', () => {
    const { book, take } = sessionWith({ maximum: 1000 })
    book.watch([{ spec, decoding, schema: 0 }])
    for (let at = 0; at < 1600; at += 1) take(valued(at, at))
    const { kept, dropped } = drawn(book)
    expect(kept + dropped).toBe(1600)
    expect(kept).toBeLessThanOrEqual(1000)
    expect(kept).toBeGreaterThan(400)
  })

  test('are sent only when they have changed', () => {
    const { book, take } = sessionWith()
    book.watch([{ spec, decoding, schema: 0 }])
    take(valued(1, 1))
    const query = { ids: ['a'], span: null, columns: 100 }
    const version = book.page({ ...query, known: null })?.version ?? -1
    expect(book.page({ ...query, known: version })).toBeNull()
    take(message(2, 't', '{}'))
    expect(book.page({ ...query, known: version })?.parts[0]?.without).toBe(1)
  })

  test('have their points in parts, for a file', () => {
    const { book, take } = sessionWith()
    book.watch([{ spec, decoding, schema: 0 }])
    for (let at = 0; at < 3; at += 1) take(valued(at, at))
    expect(book.points('a', 1)).toEqual({ points: new Float64Array([1, 1, 2, 2]), isTime: true, next: null })
  })

  test('can have a number of the message as x', () => {
    const { book, take } = sessionWith()
    book.watch([{ spec: { ...spec, x: plainSource(1, 'json', '$.t') }, decoding, schema: 0 }])
    for (const [t, v] of [
      [3, 30],
      [1, 10],
      [2, 20],
    ] as const)
      take(message(0, 't', `{"t": ${t}, "v": ${v}}`))
    take(valued(1, 1))
    expect(drawn(book)).toMatchObject({ points: [1, 10, 2, 20, 3, 30], without: 1, isTime: false })
    book.watch([{ spec: { ...spec, x: { ...plainSource(1, 'json', '$.t'), isTime: true } }, decoding, schema: 0 }])
    take(message(0, 't', '{"t": "2024-02-29T12:00:00Z", "v": 1}'))
    expect(drawn(book)).toMatchObject({ points: [Date.UTC(2024, 1, 29, 12), 1], isTime: true })
  })

  test('are the numbers of the newest message, where they are in a row', () => {
    const { book, take } = sessionWith()
    const array = { type: 'float32', littleEndian: true, columns: 2 } as const
    const wave: SeriesSpec = {
      ...spec,
      value: { ...plainSource(1, 'array', '$'), array },
      x: 'index',
      part: { from: 1, every: 2 },
    }
    book.watch([{ spec: wave, decoding, schema: 0 }])
    take(message(1, 't', new Uint8Array(new Float32Array([9, 9, 9, 9]).buffer)))
    take(message(2, 't', new Uint8Array(new Float32Array([1, 2, 3, 4, 5, 6]).buffer)))
    expect(drawn(book)).toMatchObject({ points: [0, 2, 1, 4, 2, 6], kept: 3, newest: { text: '3 values' } })
  })

  test('suggest the numbers that messages have, and their topics', () => {
    const { book } = sessionWith({
      recent: [message(1, 'prices', '{"a": 1, "b": {"c": "2.5", "d": "x", "e": [1, 2]}}')],
    })
    const suggested = book.suggest({ session: 'sub', direction: 'received', frame: 1, encoding: 'json', options: {} })
    expect(suggested.topics).toEqual([{ encoding: 'text', text: 'prices' }])
    expect(suggested.paths).toEqual(['$.a', '$.b.c', '$.b.e', '$.b.e[0]', '$.b.e[1]'])
  })
})

describe('messages of the log', () => {
  test('are read backwards in parts, whole and once', async () => {
    const all = Array.from(
      { length: 4500 },
      (_, place): TranscriptRecord => ({ ...valued(place, place), id: place + 1, peer: null }),
    )
    const log = {
      flush: async () => ({ ...status, lastId: 4500 }),
      page: async ({ afterId, lastId }: { readonly afterId: number; readonly lastId: number }) => {
        const entries = all.filter(({ id }) => id > afterId && id <= lastId).slice(0, 500)
        return { entries, next: entries.length === 500 ? (entries.at(-1)?.id ?? null) : null, cleared: 0, evicted: 0 }
      },
    }
    const parts: number[][] = []
    for await (const part of earlierRecords(log, 'sub', 4401)) parts.push(part.map(({ id }) => id))
    expect(parts.map((part) => [part[0], part.at(-1)])).toEqual([
      [2401, 4400],
      [401, 2400],
      [1, 400],
    ])
    expect(parts.reverse().flat()).toEqual(Array.from({ length: 4400 }, (_, place) => place + 1))
  })
})

const status = { lastNumber: 0, count: 0, evicted: 0, bytes: 0, maximumBytes: 1, cleared: 0, oldestAt: null }
