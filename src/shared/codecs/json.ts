import { encodeUtf8, utf8Length } from '../utf8.ts'
import { type Codec, CodecError } from './codec.ts'
import { encodingFacts } from './facts.ts'
import { withoutNuls } from './json/format.ts'
import { parseJsonDocuments } from './json/parse.ts'
import { readJsonTree } from './json/read.ts'
import { decodeText } from './text.ts'
import { emptyFrame } from './wire/node.ts'

export { formatJson, minifyJson } from './json/format.ts'

/**
 * JSON text (RFC 8259), checked but never rewritten: it is sent as typed, including white space, duplicate keys and
 * numbers of any length. Several documents may follow one another, and NULs at the end, as C's strings have.
 */
export const json: Codec = {
  ...encodingFacts.json,
  encode: encodeJson,
  decode: decodeJson,
  read: readJsonTree,
}

function encodeJson(text: string): Uint8Array {
  parseJsonDocuments(withoutNuls(text))
  return encodeUtf8(text)
}

function decodeJson(bytes: Uint8Array): string {
  if (bytes.length === 0) throw emptyFrame()
  const text = decodeText(bytes)
  try {
    parseJsonDocuments(withoutNuls(text))
    return text
  } catch (error) {
    if (!(error instanceof CodecError)) throw error
    // The parser counts UTF-16 units of the text; a fault in a frame is reported in bytes.
    const offset = utf8Length(text.slice(0, error.offset))
    const length = utf8Length(text.slice(error.offset, error.offset + error.length))
    throw new CodecError('decode-failed', error.message, offset, length)
  }
}
