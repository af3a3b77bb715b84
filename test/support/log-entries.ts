import type { PackedEntry } from '../../src/engine/transcript/rows.ts'
import type { LogFilter, NewLogEntry } from '../../src/shared/message.ts'

export const allEntries: LogFilter = { text: '', kind: 'all', direction: 'all', source: null }

export const logMessage = (parts: Partial<NewLogEntry>): NewLogEntry => ({
  at: 1.5,
  kind: 'message',
  direction: 'sent',
  source: 'one',
  name: 'tcp://127.0.0.1:5',
  frames: [],
  roundTripNs: null,
  event: null,
  detail: null,
  ...parts,
})

export const logEvent = (event: string, detail: string, parts: Partial<NewLogEntry> = {}): NewLogEntry =>
  logMessage({ kind: 'event', direction: 'none', event, detail, ...parts })

/** An entry as the log's thread gets it. */
export const packEntry = ({ at, roundTripNs, detail, frames, ...origin }: NewLogEntry): PackedEntry => ({
  at,
  roundTripNs,
  detail,
  origin,
  frameSizes: frames.map((frame) => frame.byteLength),
  body: Buffer.concat(frames),
})
