import type { PackedRecord } from '../../src/engine/transcript/rows.ts'
import type { LogFilter } from '../../src/shared/transcript/query.ts'
import type { NewRecord } from '../../src/shared/transcript/record.ts'

export const allEntries: LogFilter = { text: '', kind: 'all', hides: [], session: null }

export const logMessage = (parts: Partial<NewRecord>): NewRecord => ({
  at: 1.5,
  kind: 'message',
  direction: 'sent',
  session: 'one',
  name: 'tcp://127.0.0.1:5',
  frames: [],
  envelope: 0,
  exchange: null,
  roundTripNs: null,
  origin: null,
  event: null,
  detail: null,
  ...parts,
})

export const logEvent = (event: string, detail: string, parts: Partial<NewRecord> = {}): NewRecord =>
  logMessage({ kind: 'event', direction: 'none', event, detail, ...parts })

/** A record as the log's thread gets it. A number that is taken becomes the next free one in the file. */
export const packEntry = (
  { at, exchange, roundTripNs, detail, frames, ...common }: NewRecord,
  number = 0,
): PackedRecord => ({
  number,
  exchange,
  at,
  roundTripNs,
  detail,
  common,
  frameSizes: frames.map((frame) => frame.byteLength),
  body: Buffer.concat(frames),
})
