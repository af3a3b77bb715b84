import { CodecError } from '../codec.ts'
import type { ByteReader } from '../wire/reader.ts'
import { textContent } from '../wire/text.ts'
import type { WireContent } from '../wire/value.ts'
import { type Head, indefinite, readHead } from './head.ts'

const textMajor = 3

/** Reads a byte or text string whose head has been read. */
export function readString(reader: ByteReader, head: Head): { type: string; content: WireContent } {
  const isText = head.major === textMajor
  const type = isText ? 'text string' : 'byte string'
  if (head.info !== indefinite) {
    const bytes = reader.take(head.argument)
    return { type, content: isText ? textContent(bytes) : byteString(bytes) }
  }
  const chunks = readChunks(reader, head)
  return {
    type: `${type} (indefinite length)`,
    content: isText ? chunkedText(chunks) : byteString(joined(chunks)),
  }
}

/** The chunks of a string of indefinite length: whole strings of the same kind, up to the break. */
function readChunks(reader: ByteReader, { major }: Head): Uint8Array[] {
  const chunks: Uint8Array[] = []
  for (;;) {
    const chunk = readHead(reader)
    if (chunk.major === 7 && chunk.info === indefinite) return chunks
    if (chunk.major !== major || chunk.info === indefinite) {
      const message = `Byte ${chunk.offset} begins no part of the string around it, nor ends it`
      throw new CodecError('decode-failed', message, chunk.offset)
    }
    chunks.push(reader.take(chunk.argument))
  }
}

/** CBOR wants every chunk to be UTF-8 by itself: a character split between two makes the string invalid. */
function chunkedText(chunks: readonly Uint8Array[]): WireContent {
  const invalid = chunks.map(textContent).some(({ kind }) => kind !== 'text')
  const whole = joined(chunks)
  if (!invalid) return textContent(whole)
  const noun = 'a text string that is not valid UTF-8 in each part'
  return { kind: 'bytes', bytes: whole, noun, note: 'invalid UTF-8' }
}

function byteString(bytes: Uint8Array): WireContent {
  return { kind: 'bytes', bytes, noun: 'a byte string' }
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(chunks.reduce((total, chunk) => total + chunk.length, 0))
  let offset = 0
  for (const chunk of chunks) {
    whole.set(chunk, offset)
    offset += chunk.length
  }
  return whole
}
