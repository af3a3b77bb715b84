import type { RecordingOutcome } from '../../shared/recording/format.ts'
import { type PlacedItem, RecordingReader } from '../../shared/recording/reader.ts'
import { filePieces, openRegular } from './file-pieces.ts'

/** Bytes that are read at a time. */
const pieceBytes = 256 * 1024

/** What the bytes of one piece say. All of it must be taken before the next is asked for. */
export type Items = Iterable<PlacedItem>

/**
 * Everything that a recording says, piece by piece as its bytes come, and how it ended. Taking the items throws
 * `decode-failed` at the first line that is wrong.
 */
export async function* readRecording(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Items, RecordingOutcome> {
  const reader = new RecordingReader()
  for await (const piece of pieces) yield reader.push(piece)
  const rest: PlacedItem[] = []
  const ending = reader.end()
  for (;;) {
    const next = ending.next()
    if (!next.done) {
      rest.push(next.value)
      continue
    }
    yield rest
    return next.value
  }
}

/** The same of a file. Throws `NotRegularFileError` or what the system says, too. */
export async function* readRecordingFile(path: string): AsyncGenerator<Items, RecordingOutcome> {
  const file = await openRegular(path)
  try {
    return yield* readRecording(filePieces(file, 0, pieceBytes))
  } finally {
    await file.close()
  }
}
