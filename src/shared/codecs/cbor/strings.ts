import type { FrameReader } from '../wire/reader.ts'
import type { WireValue } from '../wire/value.ts'
import { begunType, type Head, indefinite, readHead } from './head.ts'

const textMajor = 3

/** Reads a byte or text string after its head. */
export function readString(reader: FrameReader, head: Head): WireValue {
  return head.info === indefinite ? readChunks(reader, head) : readWhole(reader, head)
}

function readWhole(reader: FrameReader, { start, major, width, argument }: Head): WireValue {
  const isText = major === textMajor
  const type = isText ? 'text string' : 'byte string'
  if (!reader.need(argument, type)) return reader.stopped(start, type, isText)
  const size = Number(argument)
  if (isText) return { kind: 'text', content: reader.takeText(size), size, width, start, end: reader.offset }
  return { kind: 'bytes', bytes: reader.take(size), width, start, end: reader.offset }
}

/** The chunks of an indefinite-length string: definite strings of the same kind, up to the break. */
function readChunks(reader: FrameReader, { start, major }: Head): WireValue {
  const chunks: WireValue[] = []
  const of = major === textMajor ? 'text' : 'bytes'
  for (;;) {
    if (reader.remaining === 0) {
      reader.cut(`the string at byte ${start} has no break (ff) at its end`)
      break
    }
    const offset = reader.offset
    const first = reader.peek()
    if (first === 0xff) {
      reader.uint8()
      return { kind: 'chunks', of, chunks, start, end: reader.offset }
    }
    chunks.push(readChunk(reader, offset, first, major))
    if (reader.fault) break
  }
  return { kind: 'chunks', of, chunks, start, end: reader.offset, cut: true }
}

function readChunk(reader: FrameReader, start: number, first: number, major: number): WireValue {
  if (!reader.admits()) return reader.stopped(start, 'unread')
  if (first >> 5 !== major || (first & 31) === indefinite) {
    reader.fail(`Byte ${start} neither starts a chunk of the string around it nor ends it`, start)
    return reader.stopped(start, 'unread')
  }
  const head = readHead(reader)
  return head ? readWhole(reader, head) : reader.stopped(start, begunType(first))
}
