import fc from 'fast-check'
import type { RecordedSocket } from '../../src/shared/recording/format.ts'
import { endLine, headerLine, recordLine, socketLine } from '../../src/shared/recording/write.ts'
import { origins, peerOf, type TranscriptRecord } from '../../src/shared/transcript/record.ts'

const text = fc.string({ unit: 'binary' })

const frame = fc.oneof(
  fc.uint8Array(),
  text.map((each) => new Uint8Array(Buffer.from(each))),
)

/** Any record that a log can have. */
export const anyRecord: fc.Arbitrary<TranscriptRecord> = fc
  .record({
    id: fc.nat(),
    at: fc.double({ noDefaultInfinity: true, noNaN: true }).map((at) => at + 0),
    kind: fc.constantFrom('message', 'event'),
    direction: fc.constantFrom('sent', 'received', 'none'),
    session: text,
    name: text,
    frames: fc.array(frame, { maxLength: 5 }),
    envelope: fc.nat(5),
    exchange: fc.option(fc.nat()),
    roundTripNs: fc.option(fc.nat()),
    origin: fc.option(fc.constantFrom(...origins)),
    event: fc.option(text),
    detail: fc.option(text),
  })
  .map(({ envelope, ...rest }) => {
    const record = { ...rest, envelope: Math.min(envelope, rest.frames.length) }
    return { ...record, peer: peerOf(record) }
  })

const usual: TranscriptRecord = {
  id: 1,
  at: Date.UTC(2024, 1, 29, 12, 34, 56, 789) + 0.625,
  kind: 'message',
  direction: 'received',
  session: 'one',
  name: 'tcp://127.0.0.1:5555',
  frames: [],
  envelope: 0,
  exchange: null,
  roundTripNs: null,
  origin: null,
  event: null,
  detail: null,
  peer: null,
}

/** A message that was received, with what is given of it. */
export const receivedMessage = (...frames: (string | Uint8Array)[]): TranscriptRecord => ({
  ...usual,
  frames: frames.map((each) => (typeof each === 'string' ? Buffer.from(each) : each)),
})

/** A record with all that can be in one. */
export const fullRecord: TranscriptRecord = {
  ...receivedMessage(Uint8Array.of(7), '', 'prices.eur', Uint8Array.of(0, 0xff, 0x0a)),
  envelope: 2,
  exchange: 3,
  roundTripNs: 190_000,
  origin: 'behaviour',
  event: 'reply:late',
  detail: 'It came\nafter 1 s.',
  peer: '07',
}

export const anySocket: RecordedSocket = {
  session: 'one',
  name: 'prices',
  pattern: 'sub',
  attach: [{ how: 'connect', endpoint: 'tcp://127.0.0.1:5555' }],
  subscriptions: [{ encoding: 'text', text: 'prices.' }],
  security: 'curve-client',
  views: {
    sent: { frames: [], others: null },
    received: {
      frames: [null, { encoding: 'protobuf', message: 'api.Price' }],
      others: { encoding: 'hex', message: null },
    },
  },
}

export const anyHeader = { application: '0.1.0', at: Date.UTC(2024, 1, 29) }

/** The text of a recording that is whole. */
export const recordingOf = (...records: readonly TranscriptRecord[]): string =>
  [
    headerLine(anyHeader),
    socketLine(anySocket),
    ...records.map((record) => recordLine(record, record.id)),
    endLine({ records: records.length, complete: true }),
  ].join('')
