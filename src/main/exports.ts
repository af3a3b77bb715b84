import { replaceFile } from '../engine/files/replace-file.ts'
import { recordingLines } from '../engine/recording/recording-lines.ts'
import type { ProtobufSchema } from '../shared/codecs/protobuf/schema.ts'
import { csvCell } from '../shared/csv.ts'
import type { PackedSamples } from '../shared/latency/recorder.ts'
import { sizeOf } from '../shared/message.ts'
import type { RecordedSocket, RecordingHeader } from '../shared/recording/format.ts'
import type { PointPage } from '../shared/series/page.ts'
import { csvHeading, csvLine } from '../shared/transcript/csv.ts'
import type { CsvColumn } from '../shared/transcript/csv-columns.ts'
import type { EntriesRead, ExportedLog } from '../shared/transcript/exported.ts'
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
export async function exportLog(
  path: string,
  entries: AsyncGenerator<TranscriptRecord, EntriesRead>,
  form: LogForm = asJsonLines,
): Promise<ExportedLog> {
  let count = 0
  let read: EntriesRead = { removed: 0, cleared: false }
  async function* counted(): Entries {
    for (;;) {
      const next = await entries.next()
      if (next.done) {
        read = next.value
        return read.removed === 0 && !read.cleared
      }
      count += 1
      yield next.value
    }
  }
  await replaceFile(path, form(counted()))
  return { entries: count, ...read }
}

/** A series that is exported: its name, and its points as they come. */
export interface ExportedSeries {
  readonly name: string
  readonly pages: AsyncIterable<PointPage>
}

const timeOf = (milliseconds: number): string => {
  const time = new Date(milliseconds)
  return Number.isNaN(time.getTime()) ? `${milliseconds}` : time.toISOString()
}

/** Writes one line a point to `path`, of the span if one is given. Returns how many there are. */
export async function exportSeries(
  path: string,
  series: readonly ExportedSeries[],
  span: { readonly from: number; readonly to: number } | null,
): Promise<number> {
  let count = 0
  async function* lines(): AsyncGenerator<string> {
    yield 'series,x,value\n'
    for (const { name, pages } of series) {
      const cell = csvCell(name)
      for await (const { points: some, isTime } of pages) {
        let text = ''
        for (let place = 0; place + 1 < some.length; place += 2) {
          const [x = 0, y = 0] = some.subarray(place, place + 2)
          if (span && (x < span.from || x > span.to)) continue
          text += `${cell},${isTime ? timeOf(x) : x},${y}\n`
          count += 1
        }
        if (text !== '') yield text
      }
    }
  }
  await replaceFile(path, lines())
  return count
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
