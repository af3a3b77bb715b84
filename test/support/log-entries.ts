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
