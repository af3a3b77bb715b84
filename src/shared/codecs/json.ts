import { encodeUtf8, utf8Length } from '../utf8.ts'
import { type Codec, CodecError, type ExactValue, type TreeNode } from './codec.ts'
import { parseJson } from './json/parse.ts'
import type { JsonValue } from './json/value.ts'
import { decodeText } from './text.ts'
import { countOf } from './wire/count.ts'
import { exactScalar } from './wire/exact.ts'
import { readingOf } from './wire/reading.ts'

export { formatJson, minifyJson } from './json/format.ts'

/**
 * JSON text (RFC 8259), checked but never rewritten: what is sent is what was typed, white space,
 * duplicate keys and digits beyond any number type included.
 */
export const json: Codec = {
  id: 'json',
  label: 'JSON',
  syntax: 'json',
  encode: encodeJson,
  decode: (bytes) => read(bytes).text,
  read: (bytes) =>
    readingOf(() => {
      const { text, value } = read(bytes)
      return treeOf({ text, byteAt: byteOffsets(text) }, value)
    }),
}

function encodeJson(text: string): Uint8Array {
  parseJson(text)
  return encodeUtf8(text)
}

function read(bytes: Uint8Array): { text: string; value: JsonValue } {
  if (bytes.length === 0) throw new CodecError('decode-failed', 'Nothing to decode: the frame is empty', 0, 0)
  const text = decodeText(bytes)
  try {
    return { text, value: parseJson(text) }
  } catch (error) {
    if (!(error instanceof CodecError)) throw error
    // The parser counts UTF-16 units of the text; a fault in a frame is told in bytes.
    const offset = utf8Length(text.slice(0, error.offset))
    const length = utf8Length(text.slice(error.offset, error.offset + error.length))
    throw new CodecError('decode-failed', error.message, offset, length)
  }
}

/** A JSON text, with where each of its UTF-16 units stands in UTF-8. */
interface Source {
  readonly text: string
  byteAt(index: number): number
}

/** Where each UTF-16 unit of a text begins in its UTF-8 bytes. */
function byteOffsets(text: string): (index: number) => number {
  if (utf8Length(text) === text.length) return (index) => index
  const offsets = new Uint32Array(text.length + 1)
  let offset = 0
  for (let index = 0; index < text.length; index += 1) {
    offsets[index] = offset
    offset += unitBytes(text.charCodeAt(index))
  }
  offsets[text.length] = offset
  return (index) => offsets[index] ?? offset
}

/** The UTF-8 bytes that one UTF-16 unit adds; the two halves of a pair add two each. */
function unitBytes(unit: number): number {
  if (unit < 0x80) return 1
  if (unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff)) return 2
  return 3
}

function exactOf(text: string, value: JsonValue): ExactValue {
  if (value.kind === 'array' || value.kind === 'object') return null
  return value.kind === 'string' ? value.value : exactScalar(text.slice(value.start, value.end))
}

function treeOf(source: Source, value: JsonValue, key?: string): TreeNode {
  const span = { start: source.byteAt(value.start), end: source.byteAt(value.end), exact: exactOf(source.text, value) }
  const head = key === undefined ? span : { key, ...span }
  if (value.kind === 'array') {
    const children = value.items.map((item, index) => treeOf(source, item, String(index)))
    return { ...head, type: 'array', value: countOf(children.length, 'item'), children }
  }
  if (value.kind === 'object') {
    const children = value.members.map((member) => treeOf(source, member.value, member.key.value))
    return { ...head, type: 'object', value: countOf(children.length, 'entry'), children }
  }
  return { ...head, type: value.kind, value: source.text.slice(value.start, value.end) }
}
