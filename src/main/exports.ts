import { replaceFile } from '../engine/files/replace-file.ts'
import { recordingLines } from '../engine/recording/recording-lines.ts'
import type { ProtobufSchema } from '../shared/codecs/protobuf/schema.ts'
import type { PackedSamples } from '../shared/latency/recorder.ts'
import { sizeOf } from '../shared/message.ts'
import type { RecordedSocket, RecordingHeader } from '../shared/recording/format.ts'
import { csvHeading, csvLine } from '../shared/transcript/csv.ts'
import type { CsvColumn } from '../shared/transcript/csv-columns.ts'
import { messageOf, type TranscriptRecord } from '../shared/transcript/record.ts'

/**
 * One record of the log as a line of JSON: bytes as base64, times as ISO 8601 with milliseconds. People have scripts for
 * these keys: `source` is the session.
 */
export function toJsonLine(record: TranscriptRecord): string {
  const { id, at, kind, direction, session, name, roundTripNs, event, detail } = record
  const frames = messageOf(record)
  const line = {
    id,
    kind,
    direction,
    source: session,
    name,
    frameCount: frames.length,
    size: sizeOf(frames),
    roundTripNs,
    event,
    at: new Date(at).toISOString(),
    detail,
    frames: frames.map((frame) => Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength).toString('base64')),
  }
  return `${JSON.stringify(line)}\n`
}

/** How many entries were exported, and whether these are all: the log may be cleared meanwhile. */
export interface ExportedLog {
  readonly entries: number
  readonly complete: boolean
}

/** Entries of the log, and whether these are all. */
type Entries = AsyncGenerator<TranscriptRecord, boolean>

/** The text of a file with the entries, as they come. */
export type LogForm = (entries: Entries) => AsyncIterable<string>

/** A line of JSON for each. */
export async function* asJsonLines(entries: Entries): AsyncGenerator<string> {
  for await (const entry of entries) yield toJsonLine(entry)
}

/** A recording, which tells of the sockets. */
export const asRecording =
  (header: RecordingHeader, socketOf: (session: string) => RecordedSocket | null): LogForm =>
  (entries) =>
    recordingLines(header, entries, socketOf)

/** CSV with these columns, whose Protobuf types are in `schema`. */
export const asCsv = (columns: readonly CsvColumn[], schema: ProtobufSchema): LogForm =>
  async function* (entries) {
    yield csvHeading(columns)
    for await (const entry of entries) yield csvLine(entry, columns, schema)
  }

/** Writes the entries to `path` as they come, in a form. */
export async function exportLog(path: string, entries: Entries, form: LogForm = asJsonLines): Promise<ExportedLog> {
  let count = 0
  let complete = false
  async function* counted(): Entries {
    for (;;) {
      const next = await entries.next()
      if (next.done) {
        complete = next.value
        return complete
      }
      count += 1
      yield next.value
    }
  }
  await replaceFile(path, form(counted()))
  return { entries: count, complete }
}

function* latencyLines({ at, roundTripNs, first }: PackedSamples): Generator<string> {
  yield 'sent_at,round_trip_ns,outcome,first_exchange\n'
  for (const [index, sentAt] of at.entries()) {
    const roundTrip = roundTripNs[index] ?? Number.NaN
    const [value, outcome] = Number.isNaN(roundTrip) ? ['', 'timeout'] : [roundTrip, 'reply']
    yield `${new Date(sentAt).toISOString()},${value},${outcome},${first[index] === 1}\n`
  }
}

/** Writes one line an exchange to `path`. */
export function exportLatency(path: string, samples: PackedSamples): Promise<void> {
  return replaceFile(path, latencyLines(samples))
}
