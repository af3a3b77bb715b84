import { describe, expect, test } from 'vitest'
import { LogBatch, unpackBatch } from '../../../src/engine/transcript/batch.ts'
import type { PackedRecord } from '../../../src/engine/transcript/rows.ts'
import { sizeOf } from '../../../src/shared/message.ts'
import type { NewRecord } from '../../../src/shared/transcript/record.ts'
import { bytes } from '../../support/bytes.ts'
import { logEvent, logMessage, packEntry } from '../../support/log-entries.ts'

function packed(entries: readonly NewRecord[]) {
  const batch = new LogBatch()
  for (const [index, entry] of entries.entries()) batch.add(entry, index, sizeOf(entry.frames))
  return batch.pack().batch
}

/** Texts, because Vitest takes seconds to compare large buffers. */
const readable = (entries: readonly PackedRecord[]) =>
  entries.map(({ body, ...entry }) => ({ ...entry, body: body.toString('latin1') }))

const filled = (size: number, value: number) => new Uint8Array(size).fill(value)

describe('a batch', () => {
  test('brings entries of every kind as they were', () => {
    const entries = [
      logMessage({ frames: [bytes('a'), new Uint8Array(0), bytes('bc')], roundTripNs: 123_456.5 }),
      logMessage({ direction: 'received', session: 'two', name: 'ipc:///tmp/x', frames: [] }),
      logEvent('timeout', 'No reply within 1 s.'),
      logEvent('', ''),
      logEvent('timeout', 'No reply within 1 s.', { frames: [bytes('x')] }),
      logMessage({ frames: [new Uint8Array(0)] }),
      logMessage({ frames: [bytes('peer'), new Uint8Array(0), bytes('a')], envelope: 2, origin: 'behaviour' }),
      logMessage({ exchange: 5, origin: 'repeat' }),
    ]
    expect(readable(unpackBatch(packed(entries)))).toEqual(readable(entries.map(packEntry)))
  })

  test('grows with entries, frames and bytes', () => {
    const many = Array.from({ length: 1999 }, (_, index) =>
      logMessage({ at: index, session: `session ${index % 100}`, frames: [filled(index, index % 256)] }),
    )
    const frames = Array.from({ length: 50_000 }, (_, index) => filled(1, index % 256))
    const entries = [...many, logMessage({ at: 2000, frames })]
    expect(readable(unpackBatch(packed(entries)))).toEqual(readable(entries.map(packEntry)))
  })

  test('holds large entries between small ones', () => {
    const entries = [10, 65_536, 65_537, 3, 5_000_000, 0].map((size, index) =>
      logMessage({ at: index, frames: [filled(size, index), filled(1, 255)] }),
    )
    expect(readable(unpackBatch(packed(entries)))).toEqual(readable(entries.map(packEntry)))
  })

  test('names what entries have in common once', () => {
    const entries = Array.from({ length: 100 }, (_, index) =>
      logMessage({ session: `session ${index % 3}`, direction: index % 2 === 0 ? 'sent' : 'received' }),
    )
    expect(packed(entries).commons).toHaveLength(6)
  })

  test('copies what it is given', () => {
    const frame = bytes('before')
    const batch = new LogBatch()
    batch.add(logMessage({ frames: [frame] }), 1, frame.byteLength)
    frame.fill(0)
    expect(unpackBatch(batch.pack().batch)[0]?.body.toString()).toBe('before')
  })

  test('is sorted by number where it is not in order', () => {
    const batch = new LogBatch()
    for (const number of [3, 1, 5, 2]) batch.add(logMessage({ session: `${number}` }), number, 0)
    const records = unpackBatch(batch.pack().batch)
    expect(records.map(({ number }) => number)).toEqual([1, 2, 3, 5])
    expect(records.map(({ common }) => common.session)).toEqual(['1', '2', '3', '5'])
  })
})
