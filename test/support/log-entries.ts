import type { PackedEntry } from '../../src/engine/transcript/rows.ts'
import type { LogFilter } from '../../src/shared/transcript/query.ts'
import type { NewRecord } from '../../src/shared/transcript/record.ts'

export const allEntries: LogFilter = { text: '', kind: 'all', direction: 'all', session: null }

export const logMessage = (parts: Partial<NewRecord>): NewRecord => ({
  at: 1.5,
  kind: 'message',
  direction: 'sent',
  session: 'one',
  name: 'tcp://127.0.0.1:5',
  frames: [],
  roundTripNs: null,
  event: null,
  detail: null,
  ...parts,
})

export const logEvent = (event: string, detail: string, parts: Partial<NewRecord> = {}): NewRecord =>
  logMessage({ kind: 'event', direction: 'none', event, detail, ...parts })

/** An entry as the log's thread gets it. */
export const packEntry = ({ at, roundTripNs, detail, frames, ...common }: NewRecord): PackedEntry => ({
  at,
  roundTripNs,
  detail,
  common,
  frameSizes: frames.map((frame) => frame.byteLength),
  body: Buffer.concat(frames),
})
