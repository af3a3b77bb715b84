import { decodeUtf8 } from '../../utf8.ts'
import { quoteCharacter } from '../characters.ts'
import type { CodecError } from '../codec.ts'
import { floatOfBits } from '../wire/floats.ts'
import { parseInstant } from '../wire/instant.ts'
import { simpleFalse, simpleNull, simpleTrue, simpleUndefined } from '../wire/simple.ts'
import type { FloatWidth, WireValue } from '../wire/value.ts'
import type { NotationCursor } from './cursor.ts'
import type { Dialect } from './dialect.ts'
import { readHexDigits } from './digits.ts'
import { notATime, readLiteral } from './literals.ts'
import { integerOf, readNumber } from './numbers.ts'
import { quotedSpan } from './quoted.ts'
import { readStrings } from './strings.ts'
import { expected, notationFault, shorten } from './words.ts'

const simpleValues: ReadonlyMap<string, number> = new Map([
  ['false', simpleFalse],
  ['true', simpleTrue],
  ['null', simpleNull],
  ['undefined', simpleUndefined],
])

/** Reads the value that starts with the word at the cursor. */
export function readWord(cursor: NotationCursor, name: string): WireValue {
  const { text, offset: start } = cursor
  const end = start + name.length
  const next = text[end]
  if (next === "'") {
    if (name === 'float') return readFloatBits(cursor, start, end)
  }
  const literal = readLiteral(cursor, name)
  if (literal) return literal
  if (name === 'NaN') return cursor.namedFloat(3, Number.NaN)
  if (name === 'Infinity') return cursor.namedFloat(8, Number.POSITIVE_INFINITY)
  const simple = simpleValues.get(name)
  if (simple !== undefined && !isPartOfWord(next)) {
    if (simple === simpleUndefined) cursor.refuse('undefined', start, end)
    cursor.offset = end
    return { kind: 'simple', value: simple, start, end }
  }
  if (next === '(' || next === '_') {
    cursor.offset = end
    if (name === 'simple' && next === '(') return readSimple(cursor, start)
    if (name === 'text' && next === '(') return readTextOfBytes(cursor, start)
    if (name === 'ext') return readExtension(cursor, start)
    if (name === 'timestamp' && next === '(') return readTimestamp(cursor, start)
  }
  throw unknownWord(text, start)
}

const wordUnit = /[\p{L}\p{N}_$.+-]/u
const wholeWord = /[\p{L}\p{N}_$.+-]+/uy

function isPartOfWord(character: string | undefined): boolean {
  return character !== undefined && wordUnit.test(character)
}

/** The fault of text that starts no value. */
export function unknownWord(text: string, start: number): CodecError {
  wholeWord.lastIndex = start
  const written = wholeWord.exec(text)?.[0]
  if (written === undefined) {
    const { quoted, length } = quoteCharacter(text, start)
    return notationFault(`Expected a value, found ${quoted}`, start, start + length)
  }
  const end = start + written.length
  if (/^[+.]/.test(written)) {
    const message = `'${shorten(written)}' is not a number: it must begin with a digit or '-'`
    return notationFault(message, start, end)
  }
  const known = 'true, false, null, a number, text in double quotes, or bytes such as'
  return notationFault(`Unknown word '${shorten(written)}': expected ${known} h'00ff'`, start, end)
}

function readFloatBits(cursor: NotationCursor, start: number, quote: number): WireValue {
  const span = quotedSpan(cursor.text, start, quote)
  const bytes = readHexDigits(cursor.text, start, span)
  const { end } = span
  const width = floatWidth(cursor.dialect, bytes.length)
  if (width === undefined) {
    const digits = cursor.dialect.label === 'CBOR' ? '4, 8 or 16' : '8 or 16'
    throw notationFault(`The bits of a float take ${digits} hex digits, not ${bytes.length * 2}`, start, end)
  }
  cursor.offset = end
  const bits = bytes.reduce((total, byte) => (total << 8n) | BigInt(byte), 0n)
  return floatOfBits(bits, width, start, end)
}

function floatWidth({ label }: Dialect, size: number): FloatWidth | undefined {
  if (size === 4 || size === 8) return size
  return size === 2 && label === 'CBOR' ? size : undefined
}

function readSimple(cursor: NotationCursor, start: number): WireValue {
  cursor.refuse('simple', start, cursor.offset)
  cursor.offset += 1
  const { value, place } = readInteger(cursor, 'the number of a simple value')
  if (value < 0 || value > 255 || (value > 23 && value < 32)) {
    throw notationFault('Simple values are numbered 0 to 23 and 32 to 255', place, cursor.offset)
  }
  cursor.take(')', "')' after the number")
  return { kind: 'simple', value: Number(value), start, end: cursor.offset }
}

function readInteger(cursor: NotationCursor, what: string): { value: number | bigint; place: number } {
  cursor.skipBlank()
  const place = cursor.offset
  if (!/[-0-9]/.test(cursor.text[place] ?? '')) throw expected(cursor.text, place, what)
  const { source, end, isInteger } = readNumber(cursor.text, place)
  cursor.offset = end
  const value = isInteger ? integerOf(source) : 'is not an integer'
  if (typeof value === 'string') throw notationFault(`The number ${shorten(source)} ${value}`, place, end)
  return { value, place }
}

/** Reads bytes in any of their notations. */
function readBytes(cursor: NotationCursor): Uint8Array {
  cursor.skipBlank()
  const { text, offset } = cursor
  const written = readStrings(text, offset)
  if (written?.kind !== 'bytes') throw expected(text, offset, "bytes, such as h'00ff'")
  cursor.offset = written.end
  return written.bytes
}

/** Reads `text(h'…')`: a text string given by its bytes, which need not be UTF-8. */
function readTextOfBytes(cursor: NotationCursor, start: number): WireValue {
  cursor.offset += 1
  const bytes = readBytes(cursor)
  cursor.take(')', "')' after the bytes")
  return cursor.textString(decodeUtf8(bytes) ?? bytes, bytes.length, start)
}

function readExtension(cursor: NotationCursor, start: number): WireValue {
  cursor.refuse('ext', start, cursor.offset)
  const suffix = cursor.takeSuffix()
  cursor.take('(', "'(' after ext")
  const { value: type, place } = readInteger(cursor, 'an extension type')
  if (type < -128 || type > 127) throw notationFault('Extension types go from -128 to 127', place, cursor.offset)
  cursor.take(',', "',' after the extension type")
  const bytes = readBytes(cursor)
  cursor.take(')', "')' after the bytes")
  const width = cursor.width('extension', bytes.length, suffix, 'This extension', start)
  return { kind: 'extension', type: Number(type), bytes, width, start, end: cursor.offset }
}

function readTimestamp(cursor: NotationCursor, start: number): WireValue {
  cursor.offset += 1
  cursor.skipBlank()
  const { text, offset } = cursor
  const written = readStrings(text, offset)
  if (!written) throw expected(text, offset, 'a time in quotes')
  const time = written.kind === 'text' ? written.text : (decodeUtf8(written.bytes) ?? '')
  const instant = parseInstant(time)
  if (!instant) throw notATime(offset, written.end)
  cursor.offset = written.end
  cursor.take(')', "')' after the time")
  return cursor.made(cursor.dialect.timestamp(instant, cursor.since(start)), 'A timestamp()', start)
}
