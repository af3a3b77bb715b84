import { InspectorError } from '../errors.ts'
import { formatSize } from '../format.ts'
import { sizeOf } from '../message.ts'
import type { NewRecord } from '../transcript/record.ts'
import { utf8Length } from '../utf8.ts'
import {
  maximumLineBytes,
  type RecordedSocket,
  type RecordingEnd,
  type RecordingHeader,
  recordingFormat,
  recordingVersion,
} from './format.ts'
import { recordedFrame } from './frame-text.ts'

const lineOf = (value: object): string => `${JSON.stringify(value)}\n`

/** The first line of a recording. */
export const headerLine = ({ application, at }: RecordingHeader): string =>
  lineOf({ format: recordingFormat, version: recordingVersion, application, at })

/** Tells of a socket. It stands before its first record. */
export function socketLine({ session, name, pattern, attach, subscriptions, security, views }: RecordedSocket): string {
  // Named one by one, so that nothing else of what is given gets into a file.
  return lineOf({
    socket: {
      session,
      name,
      pattern,
      attach: attach.map(({ how, endpoint }) => ({ how, endpoint })),
      subscriptions: subscriptions.map(({ encoding, text }) => ({ encoding, text })),
      security,
      views: { sent: views.sent, received: views.received },
    },
  })
}

/** The last line. */
export const endLine = ({ records, complete }: RecordingEnd): string => lineOf({ end: { records, complete } })

/** What is null, 0 or `none` is left out. */
const orNothing = <Value>(value: Value | null): Value | undefined => value ?? undefined

/** Whether the line may be too long: characters have three bytes at most. */
const isTooLong = (line: string): boolean =>
  line.length * 3 > maximumLineBytes && (line.length > maximumLineBytes || utf8Length(line) > maximumLineBytes)

/** The line of a record, whose number is `id`. Throws `too-large` for a message that no line can hold. */
export function recordLine(record: NewRecord, id: number): string {
  const { at, kind, direction, session, name, frames, envelope, exchange, roundTripNs, origin, event, detail } = record
  const size = sizeOf(frames)
  if (size <= maximumLineBytes) {
    const line = lineOf({
      id,
      at,
      kind,
      direction: direction === 'none' ? undefined : direction,
      session,
      name,
      frames: frames.length === 0 ? undefined : frames.map(recordedFrame),
      envelope: envelope === 0 ? undefined : envelope,
      exchange: orNothing(exchange),
      roundTripNs: orNothing(roundTripNs),
      origin: orNothing(origin),
      event: orNothing(event),
      detail: orNothing(detail),
    })
    if (!isTooLong(line)) return line
  }
  const limit = formatSize(maximumLineBytes)
  throw new InspectorError(
    'too-large',
    `Record ${id} (${formatSize(size)}) does not fit into a recording: a line has at most ${limit}.`,
    { maximumBytes: maximumLineBytes },
  )
}
