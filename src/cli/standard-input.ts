import { buffer } from 'node:stream/consumers'
import { CodecError } from '../shared/codecs/index.ts'
import type { Frame } from '../shared/message.ts'
import { decodeUtf8, firstInvalidUtf8 } from '../shared/utf8.ts'

/** Byte order marks of encodings other than UTF-8, the longer first: one of UTF-16 begins one of UTF-32. */
const foreignMarks = [
  { name: 'UTF-32 (little endian)', bytes: [0xff, 0xfe, 0, 0] },
  { name: 'UTF-32 (big endian)', bytes: [0, 0, 0xfe, 0xff] },
  { name: 'UTF-16 (little endian)', bytes: [0xff, 0xfe] },
  { name: 'UTF-16 (big endian)', bytes: [0xfe, 0xff] },
]

/** All bytes of standard input. */
export const standardInput = async (): Promise<Frame> => new Uint8Array(await buffer(process.stdin))

/**
 * The text of bytes, which are UTF-8, with its byte order mark if it has one. Throws `CodecError` at the first that is
 * not, by the byte; it names UTF-16 and UTF-32, in which some shells redirect text.
 */
export function textOfInput(bytes: Frame): string {
  const text = decodeUtf8(bytes)
  if (text !== undefined) return text
  const mark = foreignMarks.find((each) => each.bytes.every((byte, index) => bytes[index] === byte))
  if (mark) {
    const message = `The input is ${mark.name}, as some shells redirect text. Convert it to UTF-8`
    throw new CodecError('encode-failed', message, 0, mark.bytes.length)
  }
  const offset = firstInvalidUtf8(bytes) ?? 0
  throw new CodecError('encode-failed', `Byte ${offset} is not valid UTF-8`, offset)
}

/** The parts of standard input that end with a byte; the last may end without. */
export async function* partsOfInput(end: number): AsyncGenerator<Frame, void> {
  let rest: Buffer[] = []
  for await (const chunk of process.stdin) {
    let bytes: Buffer = chunk
    for (let at = bytes.indexOf(end); at >= 0; at = bytes.indexOf(end)) {
      yield Buffer.concat([...rest, bytes.subarray(0, at)])
      rest = []
      bytes = bytes.subarray(at + 1)
    }
    if (bytes.byteLength > 0) rest.push(bytes)
  }
  if (rest.length > 0) yield Buffer.concat(rest)
}
