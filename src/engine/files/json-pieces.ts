import { randomUUID } from 'node:crypto'

/** Longer strings are written in pieces: one call for all of them would hold up the thread for 5 ms per million characters. */
const pieceLength = 64 * 1024
/** Up to here all long strings together are converted at once, in 5 ms. */
const worthPieces = 1_000_000

/** The inside of a JSON string, piece by piece. Halves of a surrogate pair are escaped one by one, and read back as the pair. */
function* stringPieces(text: string): Generator<string> {
  for (let start = 0; start < text.length; start += pieceLength) {
    yield JSON.stringify(text.slice(start, start + pieceLength)).slice(1, -1)
  }
}

/** The document as indented JSON in pieces, so that long strings in it need not be converted at once. */
export function* jsonPieces(document: unknown): Generator<string> {
  const long: string[] = []
  const mark = randomUUID()
  const outline = JSON.stringify(
    document,
    (_key, value: unknown) => {
      if (typeof value !== 'string' || value.length <= pieceLength) return value
      long.push(value)
      return mark
    },
    2,
  )
  if (long.reduce((total, { length }) => total + length, 0) <= worthPieces) {
    yield `${JSON.stringify(document, null, 2)}\n`
    return
  }
  // The strings come in the order in which they were taken out.
  for (const [index, part] of outline.split(mark).entries()) {
    yield part
    const text = long[index]
    if (text !== undefined) yield* stringPieces(text)
  }
  yield '\n'
}
