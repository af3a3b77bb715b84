import type { RecordedSocket, RecordingHeader } from '../../shared/recording/format.ts'
import { endLine, headerLine, recordLine, socketLine } from '../../shared/recording/write.ts'
import type { TranscriptRecord } from '../../shared/transcript/record.ts'

/**
 * The lines of a recording of records that are there. `socketOf` tells of the socket of a session; null where nothing is
 * known of it any more. The records say at their end whether they are all.
 */
export async function* recordingLines(
  header: RecordingHeader,
  records: AsyncGenerator<TranscriptRecord, boolean>,
  socketOf: (session: string) => RecordedSocket | null,
): AsyncGenerator<string> {
  yield headerLine(header)
  const told = new Set<string>()
  for (let count = 0; ; count += 1) {
    const next = await records.next()
    if (next.done) {
      yield endLine({ records: count, complete: next.value })
      return
    }
    const { session } = next.value
    const socket = told.has(session) ? null : socketOf(session)
    told.add(session)
    if (socket) yield socketLine(socket)
    yield recordLine(next.value, next.value.id)
  }
}
