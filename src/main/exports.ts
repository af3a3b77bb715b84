import { replaceFile } from '../engine/files/replace-file.ts'
import type { PackedSamples } from '../shared/latency/recorder.ts'
import { sizeOf } from '../shared/message.ts'
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

/** Writes the entries to `path` as they come. */
export async function exportLog(
  path: string,
  entries: AsyncGenerator<TranscriptRecord, boolean>,
): Promise<ExportedLog> {
  let count = 0
  let complete = false
  async function* lines(): AsyncGenerator<string> {
    for (;;) {
      const next = await entries.next()
      if (next.done) {
        complete = next.value
        return
      }
      count += 1
      yield toJsonLine(next.value)
    }
  }
  await replaceFile(path, lines())
  return { entries: count, complete }
}

function* csvLines({ at, roundTripNs, first }: PackedSamples): Generator<string> {
  yield 'sent_at,round_trip_ns,outcome,first_exchange\n'
  for (const [index, sentAt] of at.entries()) {
    const roundTrip = roundTripNs[index] ?? Number.NaN
    const [value, outcome] = Number.isNaN(roundTrip) ? ['', 'timeout'] : [roundTrip, 'reply']
    yield `${new Date(sentAt).toISOString()},${value},${outcome},${first[index] === 1}\n`
  }
}

/** Writes one line an exchange to `path`. */
export function exportLatency(path: string, samples: PackedSamples): Promise<void> {
  return replaceFile(path, csvLines(samples))
}
