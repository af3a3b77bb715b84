import { expect, test, vi } from 'vitest'
import type { Transcript } from '../../../src/engine/transcript/folding-log.ts'
import { RecordTap } from '../../../src/engine/transcript/record-tap.ts'
import { receivedRecord } from '../../../src/engine/transcript/records.ts'
import { SessionWatches } from '../../../src/engine/watch/session-watches.ts'
import { encodeUtf8 } from '../../../src/shared/utf8.ts'
import { plainSource } from '../../../src/shared/values/source.ts'
import type { Watch } from '../../../src/shared/watch/watch.ts'

const nobody: Transcript = { append: () => undefined, keep: () => 1, reserve: () => 1, ready: () => undefined }

/** Watches a session that receives what `receive` is given, and notes what the log is told. */
function watching(...watches: Watch[]) {
  const tap = new RecordTap(nobody)
  const told: string[] = []
  const session = new SessionWatches(tap, {
    tell: (event, words) => told.push(`${event} ${words}`),
    changed: () => undefined,
  })
  session.set(watches.map((watch) => ({ watch, decoding: {}, schema: 0 })))
  session.start()
  const receive = (frames: readonly (string | Uint8Array)[], at = Date.now()) =>
    tap.transcript.keep(
      receivedRecord(
        { session: 'a', name: 'a' },
        at,
        frames.map((frame) => (typeof frame === 'string' ? encodeUtf8(frame) : frame)),
        0,
      ),
      0,
    )
  return { session, told, receive, state: () => session.states[0] }
}

const sequence: Watch = {
  id: 'w',
  kind: 'sequence',
  topic: null,
  source: plainSource(1, 'json', '$.n'),
  perTopic: true,
}

test('a sequence counts for each topic, and tells the log what is missing, once for many', () => {
  vi.useFakeTimers()
  try {
    const { state, told, receive } = watching(sequence)
    for (const n of [1, 2, 5, 4, 4, 9]) receive(['a', `{"n": ${n}}`])
    receive(['b', '{"n": 100}'])
    receive(['b', '{"n": "101"}'])
    receive(['b', 'no number'])
    expect(state()).toMatchObject({
      seen: 9,
      without: 1,
      missing: 4,
      gaps: 2,
      reordered: 1,
      repeated: 1,
      restarts: 0,
      last: '101',
    })
    expect(state()?.incidents.map(({ words }) => words)).toEqual([
      '3 missing: 6 to 8 (a)',
      '4 came again (a)',
      '4 came late (a)',
      '2 missing: 3 to 4 (a)',
    ])
    expect(told).toEqual([])
    vi.advanceTimersByTime(100)
    expect(told).toEqual([
      'sequence:gap 2 missing: 3 to 4 (a), and 1 more',
      'sequence:reordered 4 came late (a)',
      'sequence:repeated 4 came again (a)',
    ])
  } finally {
    vi.useRealTimers()
  }
})

test('the counter of 4 bytes that publishers put last begins again with 0', () => {
  const source = {
    ...plainSource(2, 'array', '$[0]'),
    array: { type: 'uint32', littleEndian: true, columns: 1 } as const,
  }
  const { state, receive } = watching({ ...sequence, source })
  const counter = (number: number) => {
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32LE(number)
    return bytes
  }
  receive(['hashblock', 'x', counter(0xffff_fffe)])
  receive(['hashblock', 'x', counter(0xffff_ffff)])
  receive(['hashblock', 'x', counter(0)])
  receive(['rawtx', 'x', counter(7)])
  receive(['hashblock', 'x', counter(2)])
  expect(state()).toMatchObject({ seen: 5, missing: 1, gaps: 1, restarts: 0 })
  expect(state()?.incidents[0]?.words).toBe('1 missing: 1 (hashblock)')
})

test.each([
  [1_700_000_000, 'auto'],
  [1_700_000_000_000, 'auto'],
  [1_700_000_000_000_000, 'auto'],
  ['1700000000', 'auto'],
  ['2023-11-14T22:13:20Z', 'auto'],
  [1_700_000_000_000, 'ms'],
] as const)('the age (a) message that carries %j, read %s', (time, unit) => {
  const { state, receive } = watching({
    id: 'w',
    kind: 'age',
    topic: null,
    source: plainSource(0, 'json', '$.time'),
    unit,
    lateMs: 1000,
  })
  receive([JSON.stringify({ time })], 1_700_000_000_250)
  receive([JSON.stringify({ time })], 1_700_000_001_500)
  receive([JSON.stringify({ time })], 1_699_999_999_990)
  receive(['{}'])
  expect(state()).toMatchObject({ seen: 4, without: 1, late: 1, ages: { newest: -10, min: -10, p50: 250, max: 1500 } })
  expect(state()?.incidents.map(({ words }) => words)).toEqual(['1.50 s old'])
})

test('silence is told after its time, and ends with a message', () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  try {
    const { state, told, receive, session } = watching({
      id: 'w',
      kind: 'rate',
      topic: { encoding: 'text', text: 'a' },
      silentSeconds: 5,
      overPerSecond: null,
    })
    vi.advanceTimersByTime(4900)
    receive(['ab'])
    receive(['other'])
    vi.advanceTimersByTime(4900)
    expect(state()).toMatchObject({ alarm: null, seen: 1 })
    vi.advanceTimersByTime(300)
    expect(state()).toMatchObject({ alarm: 'silent' })
    expect(told).toEqual(['alarm:silent No message for 5.0 s'])
    // Nothing is left to wake up for.
    expect(vi.getTimerCount()).toBe(0)
    receive(['a'])
    vi.advanceTimersByTime(100)
    expect(state()).toMatchObject({ alarm: null })
    expect(told[1]).toMatch(/^alarm:heard A message again, after 5\.\d s$/)
    session.stop()
    expect(vi.getTimerCount()).toBe(0)
  } finally {
    vi.useRealTimers()
  }
})

test('too many messages are told at once, and when they are fewer again', () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  try {
    const { state, told, receive } = watching({
      id: 'w',
      kind: 'rate',
      topic: null,
      silentSeconds: null,
      overPerSecond: 10,
    })
    for (let count = 0; count < 10; count += 1) receive(['x'])
    expect(state()).toMatchObject({ alarm: null })
    receive(['x'])
    expect(state()).toMatchObject({ alarm: 'over' })
    for (let count = 0; count < 20; count += 1) receive(['x'])
    vi.advanceTimersByTime(1000)
    expect(state()).toMatchObject({ alarm: 'over' })
    vi.advanceTimersByTime(1100)
    expect(state()).toMatchObject({ alarm: null })
    expect(told).toEqual(['alarm:over Over 10.0 /s', 'alarm:calm No more than 10.0 /s again'])
    expect(vi.getTimerCount()).toBe(0)
  } finally {
    vi.useRealTimers()
  }
})

test('watches that stay go on with what they counted, and a socket that is opened begins anew', () => {
  const { session, receive, state } = watching(sequence)
  receive(['a', '{"n": 1}'])
  const other: Watch = { id: 'r', kind: 'rate', topic: null, silentSeconds: null, overPerSecond: 5 }
  session.set([sequence, other].map((watch) => ({ watch, decoding: {}, schema: 0 })))
  expect(session.states.map(({ seen }) => seen)).toEqual([1, 0])
  expect(() =>
    session.set([{ watch: { ...sequence, source: plainSource(0, 'json', 'no path') }, decoding: {}, schema: 0 }]),
  ).toThrow('is no path')
  expect(session.states).toHaveLength(2)
  session.stop()
  session.start()
  expect(state()).toMatchObject({ seen: 0, last: null })
  session.set([])
  expect(session.states).toEqual([])
})
