import { encodeUtf8, utf8Length } from '../utf8.ts'
import { type Codec, CodecError, type TreeNode } from './codec.ts'
import { parseJson } from './json/parse.ts'
import type { JsonValue } from './json/value.ts'
import { decodeText } from './text.ts'
import { countOf } from './wire/count.ts'

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
  tree(bytes) {
    const { text, value } = read(bytes)
    return treeOf(text, value)
  },
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

function treeOf(text: string, value: JsonValue, key?: string): TreeNode {
  const named = key === undefined ? {} : { key }
  if (value.kind === 'array') {
    const children = value.items.map((item, index) => treeOf(text, item, String(index)))
    return { ...named, type: 'array', value: countOf(children.length, 'item'), children }
  }
  if (value.kind === 'object') {
    const children = value.members.map((member) => treeOf(text, member.value, member.key.value))
    return { ...named, type: 'object', value: countOf(children.length, 'entry'), children }
  }
  return { ...named, type: value.kind, value: text.slice(value.start, value.end) }
}
