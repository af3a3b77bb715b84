import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { asCsv, asRecording, exportLatency, exportLog } from '../../src/main/exports.ts'
import { LatencyRecorder } from '../../src/shared/latency/recorder.ts'
import type { EntriesRead } from '../../src/shared/transcript/exported.ts'
import type { TranscriptRecord } from '../../src/shared/transcript/record.ts'
import { anyHeader, anySocket, recordingOf } from '../support/recordings.ts'

const newPath = (): string => join(mkdtempSync(join(tmpdir(), 'inspector-')), 'export')
const at = Date.UTC(2024, 1, 29, 12, 34, 56, 789) + 0.6

describe('the export of the latencies', () => {
  test('has one line per exchange', async () => {
    const path = newPath()
    const latency = new LatencyRecorder()
    latency.record(at, 123_456, true)
    latency.recordTimeout(at + 1000, false)
    latency.record(at + 2000, 7.4, false)
    await exportLatency(path, latency.packed())
    expect(readFileSync(path, 'utf8')).toBe(
      [
        'sent_at,round_trip_ns,outcome,first_exchange',
        '2024-02-29T12:34:56.789Z,123456,reply,true',
        '2024-02-29T12:34:57.789Z,,timeout,false',
        '2024-02-29T12:34:58.789Z,7,reply,false',
        '',
      ].join('\n'),
    )
  })

  test('has only its header when there are none', async () => {
    const path = newPath()
    await exportLatency(path, new LatencyRecorder().packed())
    expect(readFileSync(path, 'utf8')).toBe('sent_at,round_trip_ns,outcome,first_exchange\n')
  })
})

const message: TranscriptRecord = {
  id: 1,
  at,
  kind: 'message',
  direction: 'received',
  session: 'one',
  name: 'tcp://127.0.0.1:5',
  envelope: 1,
  peer: '07',
  exchange: null,
  origin: null,
  detail: null,
  roundTripNs: 190_000,
  event: null,
  // A view of a larger buffer: only its own bytes may be in the file.
  frames: [Uint8Array.of(7), Uint8Array.of(1, 0xff, 0, 2).subarray(1, 3), new Uint8Array(0), Uint8Array.of(0x48, 0x69)],
}

const event: TranscriptRecord = {
  ...message,
  id: 2,
  kind: 'event',
  direction: 'none',
  envelope: 0,
  peer: null,
  detail: 'No reply within 1 s.\n"quoted"',
  roundTripNs: null,
  event: 'timeout',
  frames: [],
}

async function* each<Item>(...items: Item[]): AsyncGenerator<Item, EntriesRead> {
  yield* items
  return { removed: 0, cleared: false }
}

describe('the export of the log', () => {
  test('has one line of JSON per entry', async () => {
    const path = newPath()
    expect(await exportLog(path, each(message, event))).toEqual({ entries: 2, removed: 0, cleared: false })
    const common = '"source":"one","name":"tcp://127.0.0.1:5"'
    const time = '"at":"2024-02-29T12:34:56.789Z"'
    expect(readFileSync(path, 'utf8')).toBe(
      [
        `{"id":1,"kind":"message","direction":"received",${common},"frameCount":3,"size":4,"roundTripNs":190000,"event":null,${time},"detail":null,"frames":["/wA=","","SGk="]}`,
        `{"id":2,"kind":"event","direction":"none",${common},"frameCount":0,"size":0,"roundTripNs":null,"event":"timeout",${time},"detail":"No reply within 1 s.\\n\\"quoted\\"","frames":[]}`,
        '',
      ].join('\n'),
    )
  })

  test('is empty when there is nothing', async () => {
    const path = newPath()
    expect(await exportLog(path, each())).toEqual({ entries: 0, removed: 0, cleared: false })
    expect(readFileSync(path, 'utf8')).toBe('')
  })

  test('fails when the log does', async () => {
    async function* broken(): AsyncGenerator<TranscriptRecord, EntriesRead> {
      yield message
      throw new Error('the log ended')
    }
    const path = newPath()
    writeFileSync(path, 'an earlier export')
    await expect(exportLog(path, broken())).rejects.toThrow('the log ended')
    expect(readdirSync(dirname(path))).toEqual(['export'])
    expect(readFileSync(path, 'utf8')).toBe('an earlier export')
  })

  test('fails where nothing can be written', async () => {
    await expect(exportLog(join(newPath(), 'missing', 'file'), each(message))).rejects.toMatchObject({ code: 'ENOENT' })
  })

  test('is a recording when one is asked for', async () => {
    const path = newPath()
    const form = asRecording(anyHeader, (session) => (session === 'one' ? anySocket : null))
    expect(await exportLog(path, each(message, event), form)).toEqual({ entries: 2, removed: 0, cleared: false })
    expect(readFileSync(path, 'utf8')).toBe(recordingOf(message, event))
  })

  test.each<EntriesRead>([
    { removed: 3, cleared: false },
    { removed: null, cleared: false },
    { removed: 0, cleared: true },
  ])('says what is missing: %o', async (read) => {
    async function* some(): AsyncGenerator<TranscriptRecord, EntriesRead> {
      yield message
      return read
    }
    const path = newPath()
    const form = asRecording(anyHeader, () => null)
    expect(await exportLog(path, some(), form)).toEqual({ entries: 1, ...read })
    expect(readFileSync(path, 'utf8')).toContain('{"end":{"records":1,"complete":false}}')
  })

  test('is CSV of chosen columns', async () => {
    const path = newPath()
    const columns = [
      { field: 'id' as const },
      { field: 'peer' as const },
      { value: { frame: 2, encoding: null, message: null, path: '$' } },
    ]
    const form = asCsv(columns, { messages: {}, enums: {} })
    expect(await exportLog(path, each(message, event), form)).toEqual({ entries: 2, removed: 0, cleared: false })
    expect(readFileSync(path, 'utf8')).toBe('"id","peer","frame 3"\n1,07,"Hi"\n2,,\n')
  })
})
