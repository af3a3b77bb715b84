import { quoteCharacter } from '../characters.ts'
import { CodecError } from '../codec.ts'
import { readScalar, readString, skipWhiteSpace } from './tokens.ts'
import type { JsonMember, JsonString, JsonValue } from './value.ts'

/** How many arrays and objects may stand inside one another; walks over a value recurse this deep at most. */
export const maximumDepth = 1000

interface OpenArray {
  readonly kind: 'array'
  readonly start: number
  readonly items: JsonValue[]
}

interface OpenObject {
  readonly kind: 'object'
  readonly start: number
  readonly members: JsonMember[]
  key: JsonString
}

/**
 * The one value in the text (RFC 8259), nothing lost. Throws `CodecError` ('encode-failed') with the
 * place of the first fault. Keeps its own stack, so that no input overflows the machine's.
 */
export function parseJson(text: string): JsonValue {
  const open: (OpenArray | OpenObject)[] = []
  let offset = skipWhiteSpace(text, 0)
  for (;;) {
    let value: JsonValue | undefined
    const character = text[offset]
    if (character === '[' || character === '{') {
      if (open.length === maximumDepth) {
        throw new CodecError('encode-failed', `More than ${maximumDepth} levels of nesting`, offset)
      }
      const inside = skipWhiteSpace(text, offset + 1)
      if (character === '[' && text[inside] === ']') {
        value = { kind: 'array', start: offset, end: inside + 1, items: [] }
      } else if (character === '{' && text[inside] === '}') {
        value = { kind: 'object', start: offset, end: inside + 1, members: [] }
      } else if (character === '[') {
        open.push({ kind: 'array', start: offset, items: [] })
        offset = inside
        continue
      } else {
        const key = readKey(text, inside)
        open.push({ kind: 'object', start: offset, members: [], key })
        offset = afterColon(text, key.end)
        continue
      }
    } else {
      value = readScalar(text, offset)
    }

    // A value is complete: hand it to its parent, which may be complete with it.
    for (;;) {
      offset = skipWhiteSpace(text, value.end)
      const parent = open.at(-1)
      if (parent === undefined) return onlyValue(text, value, offset)
      if (parent.kind === 'array') parent.items.push(value)
      else parent.members.push({ key: parent.key, value })
      if (text[offset] === ',') {
        offset = afterComma(text, offset, parent)
        break
      }
      value = close(text, offset, parent)
      open.pop()
    }
  }
}

function onlyValue(text: string, value: JsonValue, offset: number): JsonValue {
  if (offset >= text.length) return value
  const { quoted, length } = quoteCharacter(text, offset)
  throw new CodecError('encode-failed', `Unexpected ${quoted} after the end of the JSON value`, offset, length)
}

function afterComma(text: string, comma: number, parent: OpenArray | OpenObject): number {
  const next = skipWhiteSpace(text, comma + 1)
  const closing = parent.kind === 'array' ? ']' : '}'
  if (text[next] === closing) {
    throw new CodecError('encode-failed', `Remove this ',': nothing follows it before the '${closing}'`, comma)
  }
  if (parent.kind === 'array') return next
  parent.key = readKey(text, next)
  return afterColon(text, parent.key.end)
}

function close(text: string, offset: number, parent: OpenArray | OpenObject): JsonValue {
  const { start } = parent
  const end = offset + 1
  if (parent.kind === 'array') {
    if (text[offset] === ']') return { kind: 'array', start, end, items: parent.items }
    throw expected(text, offset, "',' or ']'")
  }
  if (text[offset] === '}') return { kind: 'object', start, end, members: parent.members }
  throw expected(text, offset, "',' or '}'")
}

function readKey(text: string, offset: number): JsonString {
  if (text[offset] === '"') return readString(text, offset)
  throw expected(text, offset, 'a key in double quotes')
}

function afterColon(text: string, offset: number): number {
  const colon = skipWhiteSpace(text, offset)
  if (text[colon] !== ':') throw expected(text, colon, "':' after the key")
  return skipWhiteSpace(text, colon + 1)
}

function expected(text: string, offset: number, what: string): CodecError {
  if (offset >= text.length) {
    return new CodecError('encode-failed', `Expected ${what}, but the text ends`, offset, 0)
  }
  const { quoted, length } = quoteCharacter(text, offset)
  return new CodecError('encode-failed', `Expected ${what}, found ${quoted}`, offset, length)
}
