import { compactHex } from '../hex.ts'
import { floatText } from '../wire/floats.ts'
import { simpleText } from '../wire/simple.ts'
import { bytesOfText, shownPart, startOfText, textOf } from '../wire/text.ts'
import type { WireText, WireValue } from '../wire/value.ts'
import type { Dialect } from './dialect.ts'

/** Characters that are invisible, or that reorder the text around them. */
const hidden = /[\u007f-\u009f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g

const sliceUnits = 2 ** 20

/** A value without children; of a long string little more than `room` characters. */
export function leafText(
  value: Exclude<WireValue, { kind: 'array' | 'map' | 'chunks' | 'tag' | 'embedded' }>,
  dialect: Dialect,
  room: number,
): string {
  switch (value.kind) {
    case 'integer':
      return value.value.toString() + dialect.suffixOf(value)
    case 'float':
      return floatText(value) + dialect.suffixOf(value)
    case 'simple':
      return simpleText(value.value)
    case 'text':
      return quoteText(value, room) + dialect.suffixOf(value)
    case 'bytes':
      return quoteBytes(value.bytes, room) + dialect.suffixOf(value)
    case 'extension': {
      const own = dialect.ownNotation(value)
      return own ?? `ext${dialect.suffixOf(value)}(${value.type}, ${quoteBytes(value.bytes, room)})`
    }
    case 'unread':
      return shownPart(value)
  }
}

function quoteText(value: WireText, room: number): string {
  const text = partOfText(value, room)
  if (text === undefined) return `text(${quoteBytes(bytesOfText(value), room)})`
  if (text.length <= sliceUnits) return escaped(text)
  // Escapes can take six times as much, so a string could exceed its length limit before it is cut.
  const pieces: string[] = []
  let length = 0
  for (let start = 0; start < text.length && length <= room; start += sliceUnits) {
    const piece = escaped(text.slice(start, start + sliceUnits)).slice(1, -1)
    pieces.push(piece)
    length += piece.length
  }
  return `"${pieces.join('')}"`
}

/** The text in double quotes. A surrogate pair split between pieces becomes two escapes, which mean the same. */
function escaped(text: string): string {
  return JSON.stringify(text).replace(hidden, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
}

/** The text, truncated to a little more than `room`; undefined when it is not UTF-8. */
function partOfText(value: WireText, room: number): string | undefined {
  // A UTF-16 unit takes at most three bytes of UTF-8, and the last character may be cut.
  const most = room * 3 + 4
  const { content, size } = value
  return typeof content === 'string' || size <= most ? textOf(value) : startOfText(content.subarray(0, most))
}

function quoteBytes(bytes: Uint8Array, room: number): string {
  return `h'${compactHex(bytes.length * 2 > room ? bytes.subarray(0, room / 2 + 1) : bytes)}'`
}
