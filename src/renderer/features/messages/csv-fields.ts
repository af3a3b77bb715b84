import type { CsvField } from '../../../shared/transcript/csv-columns.ts'

/** What each field of a record is. */
export const csvFieldWords: Readonly<Record<CsvField, string>> = {
  id: 'its number in the log',
  at: 'date and time in UTC',
  kind: 'message or event',
  direction: 'sent or received',
  session: 'the id of the socket',
  name: 'the endpoint at the time',
  peer: 'the routing id as hex digits',
  frameCount: 'how many frames it has',
  size: 'its bytes',
  exchange: 'which request and reply belong together',
  roundTripNs: 'nanoseconds from request to reply',
  origin: 'what had it sent',
  event: 'the name of an event',
  detail: 'the words of an event',
}
