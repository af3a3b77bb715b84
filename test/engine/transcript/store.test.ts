import { copyFileSync, mkdtempSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { describe, expect, onTestFinished, test } from 'vitest'
import { DamagedFileError } from '../../../src/engine/files/open-database.ts'
import { rowOverheadBytes } from '../../../src/engine/transcript/schema.ts'
import { LogStore } from '../../../src/engine/transcript/store.ts'
import { previewFrames } from '../../../src/shared/codecs/preview.ts'
import { type LogFilter, shownKind } from '../../../src/shared/transcript/query.ts'
import type { NewRecord } from '../../../src/shared/transcript/record.ts'
import { bytes } from '../../support/harness.ts'
import { allEntries, logEvent, logMessage, packEntry } from '../../support/log-entries.ts'

const mebibyte = 1024 * 1024

const newPath = (): string => join(mkdtempSync(join(tmpdir(), 'inspector-')), 'log.sqlite')

function openStore(path = newPath(), maximumBytes = mebibyte): LogStore {
  const store = new LogStore(path, maximumBytes)
  onTestFinished(() => store.close())
  return store
}

function append(store: LogStore, ...entries: NewRecord[]): void {
  store.append(entries.map((entry, index) => packEntry(entry, index + 1)))
}

const numbered = (count: number): NewRecord[] =>
  Array.from({ length: count }, (_, index) => logMessage({ frames: [bytes(`message ${index + 1}`)] }))

interface Cursor {
  readonly afterId?: number
  readonly beforeId?: number
  readonly limit?: number
}

const idsOf = (store: LogStore, cursor: Cursor = {}, filter: Partial<LogFilter> = {}): number[] =>
  store
    .query({
      filter: { ...allEntries, ...filter },
      afterId: cursor.afterId ?? null,
      beforeId: cursor.beforeId ?? null,
      limit: cursor.limit ?? 1000,
    })
    .map(({ id }) => id)

describe('pages', () => {
  test('start with the newest, continue in both directions, and are ordered by id', () => {
    const store = openStore()
    append(store, ...numbered(10))
    expect(idsOf(store, { limit: 3 })).toEqual([8, 9, 10])
    expect(idsOf(store, { beforeId: 8, limit: 3 })).toEqual([5, 6, 7])
    expect(idsOf(store, { afterId: 4, limit: 3 })).toEqual([5, 6, 7])
    expect(idsOf(store, { afterId: 8 })).toEqual([9, 10])
    expect(idsOf(store, { afterId: 10 })).toEqual([])
    expect(idsOf(store, { beforeId: 1 })).toEqual([])
    expect(idsOf(store, { afterId: 2, beforeId: 6 })).toEqual([3, 4, 5])
  })

  test('with their bytes end after some megabytes, but hold at least one entry', () => {
    const store = openStore(newPath(), 100 * mebibyte)
    const large = new Uint8Array(5 * mebibyte)
    append(store, ...[1, 2, 3].map(() => logMessage({ frames: [large] })))
    const pageOf = (afterId: number) => {
      const { entries, next } = store.page(allEntries, afterId)
      return [entries.map(({ id }) => id), next]
    }
    expect(pageOf(0)).toEqual([[1, 2], 2])
    expect(pageOf(2)).toEqual([[3], null])
    expect(pageOf(3)).toEqual([[], null])
  })
})

test('entries of several statements, of any size and from any number of sessions keep their order', () => {
  const store = openStore(newPath(), 100 * mebibyte)
  const count = 1500
  const entries = Array.from({ length: count }, (_, index) =>
    logMessage({ session: `session ${index}`, frames: [new Uint8Array(index % 300 === 7 ? mebibyte : 3)] }),
  )
  append(store, ...entries)
  // More sessions than are remembered: the next append begins anew with them.
  append(store, ...entries)
  const rows = store.query({ filter: allEntries, afterId: 0, beforeId: null, limit: 2 * count })
  expect(rows.map(({ session, size }) => [session, size])).toEqual(
    [...entries, ...entries].map(({ session, frames }) => [session, frames[0]?.byteLength]),
  )
})

describe('an entry', () => {
  test.each<[string, Uint8Array[]]>([
    ['several frames', [bytes('a'), bytes('bc')]],
    ['empty frames', [new Uint8Array(0), bytes('x'), new Uint8Array(0)]],
    ['one empty frame', [new Uint8Array(0)]],
    ['no frame', []],
    ['all bytes there are', [Uint8Array.from({ length: 256 }, (_, index) => index)]],
  ])('with %s comes back as it was', (_what, frames) => {
    const store = openStore()
    append(store, logMessage({ frames: [bytes('before')] }), logMessage({ frames, roundTripNs: 123_456 }))
    const entry = store.entry(2)
    expect(entry?.frames.map((frame) => [...frame])).toEqual(frames.map((frame) => [...frame]))
    expect(entry).toMatchObject({
      id: 2,
      at: 1.5,
      kind: 'message',
      direction: 'sent',
      session: 'one',
      name: 'tcp://127.0.0.1:5',
      envelope: 0,
      peer: null,
      exchange: null,
      origin: null,
      roundTripNs: 123_456,
      event: null,
      detail: null,
    })
    expect(store.query({ filter: allEntries, afterId: 1, beforeId: null, limit: 10 })).toMatchObject([
      { id: 2, frameCount: frames.length, size: frames.reduce((total, frame) => total + frame.byteLength, 0) },
    ])
  })

  test('of an event has its detail as its preview', () => {
    const store = openStore()
    append(store, logEvent('timeout', 'No reply within 1 s.'))
    expect(store.entry(1)).toMatchObject({
      kind: 'event',
      direction: 'none',
      event: 'timeout',
      detail: 'No reply within 1 s.',
      frames: [],
      roundTripNs: null,
    })
  })

  test('that does not exist is null', () => {
    expect(openStore().entry(1)).toBeNull()
  })
})

describe('a filter', () => {
  const store = () => {
    const filled = openStore()
    append(
      filled,
      logMessage({ frames: [bytes('100% sure')], direction: 'sent', session: 'a', name: 'tcp://h:1' }),
      logMessage({ frames: [bytes('100 percent')], direction: 'received', session: 'a', name: 'tcp://h:1' }),
      logMessage({ frames: [Uint8Array.of(0xff, 0, 0x61, 0x62)], direction: 'sent', session: 'server', name: 'x_y' }),
      logEvent('connect:retry', 'no connection', { session: 'server', name: 'xzy' }),
      logMessage({ frames: [bytes('back\\slash')], direction: 'sent', session: 'b', name: 'ipc:///tmp/b' }),
      logMessage({ frames: [bytes(`${'long '.repeat(100)}Needle`)], direction: 'sent', session: 'b', name: 'b' }),
    )
    return filled
  }

  test.each<[string, Partial<LogFilter>, number[]]>([
    ['kind message', { kind: 'message' }, [1, 2, 3, 5, 6]],
    ['kind event', { kind: 'event' }, [4]],
    ['sent', { hides: ['received', 'events'] }, [1, 3, 5, 6]],
    ['received', { hides: ['sent', 'events'] }, [2]],
    ['a session', { session: 'server' }, [3, 4]],
    ['a session that is not there', { session: 'serve' }, []],
    ['all together', { session: 'a', hides: ['received'], kind: 'message', text: '100' }, [1]],
    ['text in the preview', { text: 'PERCENT' }, [2]],
    ['text in the name', { text: 'ipc://' }, [5]],
    ['text in the event', { text: 'retry' }, [4]],
    ['% as itself', { text: '100%' }, [1]],
    ['_ as itself', { text: 'x_y' }, [3]],
    ['\\ as itself', { text: 'k\\s' }, [5]],
    ['the escape before a wildcard', { text: '\\%' }, []],
    ["' as itself", { text: "' OR 1=1 --" }, []],
    ['text among other bytes', { text: 'ab' }, [3]],
    ['text beyond the preview', { text: 'Needle' }, [6]],
    ['text beyond the preview, with letters in the other case', { text: 'nEEDLE' }, [6]],
  ])('on %s', (_what, filter, ids) => {
    expect(idsOf(store(), {}, filter)).toEqual(ids)
  })

  test.each<[string, Partial<LogFilter>, number[]]>([
    ['the beginning of messages', { text: 'price', part: 'topic' }, [1, 3]],
    ['their beginning, behind the envelope', { text: 'id', part: 'topic' }, []],
    ['bytes at their beginning', { text: "h'70 72'", part: 'topic' }, [1, 3]],
    ['more than is there', { text: 'prices.eur and more', part: 'topic' }, []],
    ['a whole first frame', { text: 'prices.eur', part: 'first-frame' }, [1]],
    ['a whole first frame, behind the envelope', { text: 'prices.usd', part: 'first-frame' }, [3]],
    ['a whole first frame that is alone', { text: "h'6f 74 68 65 72'", part: 'first-frame' }, [4]],
    ['the beginning of a first frame', { text: 'prices', part: 'first-frame' }, []],
    ['a peer', { text: 'id-2', part: 'peer' }, [4]],
    ['the beginning of peers', { text: 'id', part: 'peer' }, [3, 4]],
    ['peers in hex', { text: '0x69642d', part: 'peer' }, [3, 4]],
    ['nothing', { text: '', part: 'peer' }, [1, 2, 3, 4]],
  ])('on %s', (_what, filter, ids) => {
    const filled = openStore()
    append(
      filled,
      logMessage({ frames: [bytes('prices.eur'), bytes('id')] }),
      logMessage({ frames: [bytes('weather prices')] }),
      logMessage({ frames: [bytes('id-1'), bytes(''), bytes('prices.usd')], envelope: 2 }),
      logMessage({ frames: [bytes('id-2'), bytes('other')], envelope: 1 }),
    )
    expect(idsOf(filled, {}, filter)).toEqual(ids)
    expect(filled.count({ ...allEntries, ...filter }).matching).toBe(ids.length)
  })

  test('applies to pages too', () => {
    expect(idsOf(store(), { afterId: 1, limit: 2 }, { hides: ['received', 'events'] })).toEqual([3, 5])
    expect(idsOf(store(), { beforeId: 6, limit: 2 }, { hides: ['received', 'events'] })).toEqual([3, 5])
    expect(
      store()
        .page({ ...allEntries, session: 'b' }, 0)
        .entries.map(({ id }) => id),
    ).toEqual([5, 6])
  })
})

describe('a message behind an envelope', () => {
  const empty = new Uint8Array(0)
  const filled = () => {
    const store = openStore()
    append(
      store,
      logMessage({
        frames: [bytes('peer-1'), empty, bytes('body'), empty],
        envelope: 2,
        exchange: 1,
        origin: 'behaviour',
      }),
      logMessage({ frames: [bytes('hop'), bytes('peer-2'), empty, bytes('x')], envelope: 3 }),
      logEvent('message:malformed', 'no delimiter', { frames: [bytes('peer-3')], envelope: 1 }),
      logMessage({ frames: [bytes('peer-4'), bytes('not an envelope')] }),
    )
    return store
  }

  test('is shown without it', () => {
    const rows = filled().query({ filter: allEntries, afterId: 0, beforeId: null, limit: 10 })
    expect(rows).toMatchObject([
      { frameCount: 2, size: 4, preview: 'body | (empty)' },
      { frameCount: 1, size: 1, preview: 'x' },
      { frameCount: 0, size: 0, preview: 'no delimiter' },
      { frameCount: 2, size: 21 },
    ])
  })

  test('comes back whole, with its peer', () => {
    const store = filled()
    const record = store.entry(1)
    expect(record?.frames.map((frame) => Buffer.from(frame).toString())).toEqual(['peer-1', '', 'body', ''])
    const peer = Buffer.from('peer-1').toString('hex')
    expect(record).toMatchObject({ envelope: 2, peer, exchange: 1, origin: 'behaviour' })
    expect(store.entry(2)).toMatchObject({ envelope: 3, peer: Buffer.from('hop').toString('hex'), exchange: null })
    expect(store.entry(3)).toMatchObject({ envelope: 1, peer: Buffer.from('peer-3').toString('hex') })
    expect(store.entry(4)).toMatchObject({ envelope: 0, peer: null })
  })

  test('is searched without it', () => {
    const store = filled()
    expect(idsOf(store, {}, { text: 'peer-' })).toEqual([4])
    expect(idsOf(store, {}, { text: 'bod' })).toEqual([1])
    expect(idsOf(store, {}, { text: "h'78'" })).toEqual([2])
  })
})

describe('numbers', () => {
  test('are those given, also with gaps', () => {
    const store = openStore()
    store.append([packEntry(logMessage({}), 3), packEntry(logMessage({}), 7)])
    store.append([packEntry(logMessage({}), 8)])
    expect(idsOf(store)).toEqual([3, 7, 8])
    expect(store.status).toMatchObject({ lastId: 8, lastNumber: 8 })
  })

  test('that the file has already become the next free ones, and exchanges stay together', () => {
    const store = openStore()
    append(store, ...numbered(5))
    const two = ['sent', 'received'].map((event) => logMessage({ event, exchange: 2 }))
    store.append(two.map((entry, index) => packEntry(entry, 2 + index)))
    expect(idsOf(store)).toEqual([1, 2, 3, 4, 5, 6, 7])
    expect([store.entry(6), store.entry(7)]).toMatchObject([{ exchange: 6 }, { exchange: 6 }])
  })

  test('of the last record is told before the file is looked through, also when it was deleted', () => {
    const path = newPath()
    const told: number[] = []
    const tell = (lastNumber: number) => told.push(lastNumber)
    const first = new LogStore(path, mebibyte, null, undefined, 'for writing', tell)
    append(first, ...numbered(5))
    first.clear()
    first.close()
    new LogStore(path, mebibyte, null, undefined, 'for writing', tell).close()
    expect(told).toEqual([0, 5])
  })
})

describe('a count', () => {
  const sent: LogFilter = { ...allEntries, hides: ['received', 'events'] }
  const events: LogFilter = { ...allEntries, kind: 'event' }
  const counted = (store: LogStore, filter: LogFilter) => {
    const { matching, of } = store.count(filter)
    // Whatever is kept of earlier counts, it is what reading all rows gives.
    expect(matching).toBe(idsOf(store, {}, filter).length)
    expect(of).toBe(idsOf(store, {}, { kind: shownKind(filter) }).length)
    return [matching, of]
  }
  const some = () => [
    logMessage({ frames: [new Uint8Array(100)], direction: 'sent' }),
    logMessage({ frames: [new Uint8Array(100)], direction: 'received' }),
    logEvent('accept', 'a peer'),
    logEvent('accept', 'another peer'),
  ]

  test('of what matches, among its kind, follows new entries', () => {
    const store = openStore()
    expect(counted(store, sent)).toEqual([0, 0])
    append(store, ...some())
    expect(counted(store, sent)).toEqual([1, 2])
    expect(counted(store, { ...events, text: 'another' })).toEqual([1, 2])
    append(store, ...some())
    expect(counted(store, sent)).toEqual([2, 4])
    expect(counted(store, { ...events, text: 'another' })).toEqual([2, 4])
  })

  test('follows what is deleted for its size or its age, or cleared', () => {
    let now = 1000
    const store = new LogStore(newPath(), mebibyte, null, () => now)
    onTestFinished(() => store.close())
    for (let batch = 0; batch < 5; batch += 1)
      append(store, ...some(), ...some().map((entry) => ({ ...entry, at: 900 })))
    for (const filter of [sent, events]) counted(store, filter)
    append(store, ...some())
    store.setBounds({ maximumBytes: 8000, maximumAgeMs: null })
    expect(store.status.evicted).toBeGreaterThan(0)
    const [before = 0] = counted(store, sent)
    now += 1000
    store.setBounds({ maximumBytes: 8000, maximumAgeMs: 1500 })
    const [after = 0] = counted(store, sent)
    expect(after).toBeLessThan(before)
    counted(store, events)
    store.clear()
    expect(counted(store, sent)).toEqual([0, 0])
    append(store, ...some())
    expect(counted(store, sent)).toEqual([1, 2])
  })

  test('is right after a batch that could not be written, and for many filters', () => {
    const store = openStore()
    append(store, ...some())
    expect(counted(store, sent)).toEqual([1, 2])
    expect(() => append(store, ...some(), { ...logMessage({}), at: Number.NaN })).toThrow(/NOT NULL/)
    expect(counted(store, sent)).toEqual([1, 2])
    for (const text of ['a', 'an', 'ano', 'anot', 'anoth']) counted(store, { ...allEntries, text })
    append(store, ...some())
    expect(counted(store, sent)).toEqual([2, 4])
  })
})

describe('the size limit', () => {
  const hundred = [new Uint8Array(100)]
  const each = 100 + Buffer.byteLength(previewFrames(hundred)) + rowOverheadBytes
  /** A bound of which messages may fill as much as so many of them take: the rest is for events. */
  const boundFor = (messages: number) => (each * messages * 8) / 7
  const hundredBytes = () => logMessage({ frames: hundred })

  test('deletes the oldest entries and counts them, even across reopening', () => {
    const path = newPath()
    const first = new LogStore(path, boundFor(100))
    for (let batch = 0; batch < 15; batch += 1) append(first, ...Array.from({ length: 10 }, hundredBytes))
    const { status } = first
    expect(status.bytes).toBeLessThanOrEqual(each * 100)
    expect(status.count + status.evicted).toBe(150)
    expect(status.count).toBeGreaterThan(85)
    expect(idsOf(first)).toEqual(Array.from({ length: status.count }, (_, index) => status.evicted + index + 1))
    first.close()
    expect(openStore(path, boundFor(100)).status).toEqual(status)
  })

  test('can be lowered and raised', () => {
    const store = openStore(newPath(), boundFor(100))
    append(store, ...Array.from({ length: 50 }, hundredBytes))
    store.setBounds({ maximumBytes: boundFor(20), maximumAgeMs: null })
    expect(store.status).toMatchObject({
      count: 19,
      evicted: 31,
      bytes: each * 19,
      maximumBytes: boundFor(20),
      lastId: 50,
    })
    store.setBounds({ maximumBytes: boundFor(100), maximumAgeMs: null })
    append(store, ...Array.from({ length: 50 }, hundredBytes))
    expect(store.status).toMatchObject({ count: 69, evicted: 31 })
  })

  test('applies to an entry that is larger than it', () => {
    const store = openStore(newPath(), 1000)
    append(store, logMessage({ frames: [new Uint8Array(5000)] }))
    expect(store.status).toMatchObject({ count: 0, evicted: 1, bytes: 0 })
  })

  test('applies when the file is opened with a lower one', () => {
    const path = newPath()
    const first = new LogStore(path, boundFor(100))
    append(first, ...Array.from({ length: 50 }, hundredBytes))
    first.close()
    expect(openStore(path, boundFor(20)).status).toMatchObject({ count: 19, evicted: 31 })
  })

  test('leaves every message in its place, however many events come', () => {
    const store = openStore(newPath(), boundFor(100))
    append(store, ...Array.from({ length: 95 }, hundredBytes))
    const messages = { ...allEntries, kind: 'message' } as const
    for (let batch = 0; batch < 20; batch += 1) {
      append(store, ...Array.from({ length: 50 }, () => logEvent('accept:error', `could not accept ${batch}`)))
    }
    expect(store.count(messages)).toEqual({ matching: 95, of: 95 })
    expect(store.status.evicted).toBeGreaterThan(800)
    expect(store.status.bytes).toBeLessThanOrEqual(boundFor(100))
    expect(idsOf(store)).toContain(1)
    expect(idsOf(store)).toContain(95 + 1000)
    append(store, ...Array.from({ length: 10 }, hundredBytes))
    expect(store.count(messages).matching).toBeLessThan(105)
    expect(store.status.count + store.status.evicted).toBe(95 + 1000 + 10)
  })
})

describe('the file', () => {
  const release = (store: LogStore): void => {
    while (store.releaseSpace());
  }

  test('shrinks after a lower limit', () => {
    const path = newPath()
    const store = new LogStore(path, 20 * mebibyte)
    for (let batch = 0; batch < 10; batch += 1) {
      append(store, ...Array.from({ length: 1000 }, () => logMessage({ frames: [new Uint8Array(1000)] })))
    }
    store.setBounds({ maximumBytes: 2 * mebibyte, maximumAgeMs: null })
    release(store)
    store.close()
    expect(statSync(path).size).toBeLessThan(3 * mebibyte)
    expect(openStore(path).status.count).toBeGreaterThan(500)
  })

  test('keeps space for new entries', () => {
    const store = openStore(newPath(), mebibyte)
    append(store, ...Array.from({ length: 1000 }, () => logMessage({ frames: [new Uint8Array(1000)] })))
    store.setBounds({ maximumBytes: mebibyte * 0.98, maximumAgeMs: null })
    expect(store.status.evicted).toBeGreaterThan(0)
    release(store)
    expect(store.releaseSpace()).toBe(false)
  })
})

describe('a file', () => {
  test('that is locked is not reported as damaged', () => {
    const path = newPath()
    const database = new Database(path)
    database.exec('BEGIN EXCLUSIVE')
    onTestFinished(() => void database.close())
    const attempt = () => new LogStore(path, mebibyte)
    expect(attempt).toThrow(/locked/)
    expect(attempt).not.toThrow(DamagedFileError)
  })
})

describe('clearing', () => {
  test('deletes everything and continues with new ids', () => {
    const store = openStore()
    append(store, ...numbered(5))
    store.setBounds({ maximumBytes: 500, maximumAgeMs: null })
    expect(store.status.count).toBeLessThan(5)
    store.clear()
    expect(store.status).toEqual({
      lastId: 0,
      lastNumber: 5,
      count: 0,
      evicted: 0,
      cleared: 1,
      bytes: 0,
      maximumBytes: 500,
    })
    expect(idsOf(store)).toEqual([])
    append(store, ...numbered(1))
    expect(idsOf(store)).toEqual([6])
  })
})

describe('closing', () => {
  test('leaves everything in a single file', () => {
    const path = newPath()
    const store = new LogStore(path, mebibyte)
    append(store, ...numbered(5))
    store.close()
    const copy = newPath()
    copyFileSync(path, copy)
    expect(openStore(copy).status.count).toBe(5)
  })
})

describe('a batch that cannot be written', () => {
  test('leaves no trace in rows or figures', () => {
    const store = openStore()
    append(store, ...numbered(2))
    const { status } = store
    // SQLite stores NaN as NULL, which the column rejects.
    expect(() => append(store, ...numbered(2), { ...logMessage({}), at: Number.NaN })).toThrow(/NOT NULL/)
    expect(store.status).toEqual(status)
    expect(idsOf(store)).toEqual([1, 2])
    append(store, ...numbered(1))
    expect(store.status.count).toBe(3)
  })
})
