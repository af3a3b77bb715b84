import type { LatencyRecorder } from '../shared/latency/recorder.ts'
import { replaceFile } from './files/replace-file.ts'

function* csvLines(latency: LatencyRecorder): Generator<string> {
  yield 'sent_at,round_trip_ns,outcome,first_exchange\n'
  for (const { at, roundTripNs, first } of latency.samples()) {
    yield `${new Date(at).toISOString()},${roundTripNs ?? ''},${roundTripNs === null ? 'timeout' : 'reply'},${first}\n`
  }
}

/** Writes one line an exchange to `path`. */
export function writeLatencies(path: string, latency: LatencyRecorder): Promise<void> {
  return replaceFile(path, csvLines(latency))
}
