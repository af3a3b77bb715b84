import { encodeUtf8, utf8Length } from '../utf8.ts'
import { type Codec, CodecError } from './codec.ts'
import { encodingFacts } from './facts.ts'
import { formatJson, withoutNuls } from './json/format.ts'
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
  layOut: layOutJson,
}

/** More values of a frame than this would exhaust memory. */
const mostCheckedValues = 10_000_000

function encodeJson(text: string): Uint8Array {
  check(text, 'encode-failed', Number.POSITIVE_INFINITY, (index) => index)
  return encodeUtf8(text)
}

function decodeJson(bytes: Uint8Array): string {
  if (bytes.length === 0) throw emptyFrame()
  const text = decodeText(bytes)
  // The parser counts UTF-16 units of the text; a fault in a frame is reported in bytes.
  check(text, 'decode-failed', mostCheckedValues, (index) => utf8Length(text.slice(0, index)))
  return text
}

function layOutJson(text: string): string {
  try {
    return formatJson(text)
  } catch (error) {
    // The text is valid, so it is nested too deeply.
    if (error instanceof CodecError) return text
    throw error
  }
}

/** Throws the text's fault, with its place by `offsetOf`. */
function check(
  text: string,
  code: CodecError['code'],
  maximumValues: number,
  offsetOf: (index: number) => number,
): void {
  const content = withoutNuls(text)
  try {
    parseJsonDocuments(content, maximumValues)
  } catch (error) {
    if (!(error instanceof CodecError)) throw error
    const offset = offsetOf(error.offset)
    // Where the content ends too early, a NUL stands in its place.
    const length = error.offset === content.length && content !== text ? 1 : error.length
    throw new CodecError(code, error.message, offset, offsetOf(error.offset + length) - offset)
  }
}
