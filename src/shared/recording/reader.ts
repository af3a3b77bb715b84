import {
  type LinePlace,
  maximumHeaderBytes,
  maximumLineBytes,
  type RecordingEnd,
  type RecordingItem,
  type RecordingOutcome,
} from './format.ts'
import { type Line, LineSplitter } from './lines.ts'
import {
  afterEnd,
  faultAt,
  isBlank,
  isWhole,
  noHeader,
  notRecording,
  readHeader,
  readLine,
  tooLongAt,
} from './read-line.ts'

/** An item, and where its line begins. */
export type PlacedItem = RecordingItem & LinePlace

/**
 * Reads a recording as its bytes come, in whatever parts. It holds one line at most. What is read throws `decode-failed`
 * at the first line that is wrong; everything before it was given.
 */
export class RecordingReader {
  readonly #lines = new LineSplitter()
  #hasHeader = false
  #records = 0
  #end: RecordingEnd | null = null

  /** How many records were read so far. */
  get records(): number {
    return this.#records
  }

  /** What the lines say that end in these bytes. All of it must be taken before the next call. */
  *push(bytes: Uint8Array): Generator<PlacedItem> {
    for (const line of this.#lines.push(bytes)) yield* this.#read(line)
    this.#checkLength(this.#lines.waiting, this.#lines.place)
  }

  /** To be called when no more bytes come: what a last line says that has no line feed, and how it all ended. */
  *end(): Generator<PlacedItem, RecordingOutcome> {
    const rest = this.#lines.rest()
    const cut = rest && this.#hasHeader && !isBlank(rest) && !isWhole(rest) ? rest : null
    if (rest && !cut) yield* this.#read(rest)
    if (!this.#hasHeader) throw notRecording('it is empty')
    return {
      records: this.#records,
      end: this.#end,
      cut: cut === null ? null : { line: cut.line, offset: cut.offset },
    }
  }

  *#read(line: Line): Generator<PlacedItem> {
    this.#checkLength(line.bytes.length, line)
    const place = { line: line.line, offset: line.offset }
    if (!this.#hasHeader) {
      const header = readHeader(line.bytes)
      this.#hasHeader = true
      yield { kind: 'header', header, ...place }
      return
    }
    if (isBlank(line)) return
    if (this.#end) throw faultAt(line, afterEnd)
    const item = readLine(line)
    if (item.kind === 'record') this.#records += 1
    if (item.kind === 'end') this.#end = item.end
    yield { ...item, ...place }
  }

  #checkLength(length: number, place: LinePlace): void {
    if (!this.#hasHeader) {
      if (length > maximumHeaderBytes) throw notRecording(noHeader)
    } else if (length > maximumLineBytes) {
      throw tooLongAt(place)
    }
  }
}
