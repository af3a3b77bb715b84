import type { RecordingOutcome } from '../../shared/recording/format.ts'
import { type PlacedItem, RecordingReader } from '../../shared/recording/reader.ts'
import { filePieces, openRegular } from './file-pieces.ts'

/** Bytes that are read at a time. */
const pieceBytes = 256 * 1024

/**
 * Everything that a recording says, as its bytes come, and how it ended. Throws `decode-failed` at the first line that is
 * wrong. Each item must be taken before the next is asked for; its frames are its own.
 */
export async function* readRecording(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<PlacedItem, RecordingOutcome> {
  const reader = new RecordingReader()
  for await (const piece of pieces) yield* reader.push(piece)
  return yield* reader.end()
}

/** The same of a file. Throws `NotRegularFileError` or what the system says, too. */
export async function* readRecordingFile(path: string): AsyncGenerator<PlacedItem, RecordingOutcome> {
  const file = await openRegular(path)
  try {
    return yield* readRecording(filePieces(file, 0, pieceBytes))
  } finally {
    await file.close()
  }
}
