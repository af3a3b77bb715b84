import { quoteCharacter } from '../characters.ts'
import { CodecError } from '../codec.ts'
import type { JsonString, JsonValue } from './value.ts'

const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const word = /[\p{L}\p{N}_$.+-]+/uy
const afterNumber = ',]} \n\r\t'
const escapes = '"\\/bfnrt'

const foreignNumber = /NaN|-?Infinity/y

/**
 * The number at `start` that JSON does not have, but that some programs write, such as Python's `json.dumps`; undefined
 * for anything else.
 */
export function readForeignNumber(text: string, start: number): JsonValue | undefined {
  foreignNumber.lastIndex = start
  const source = foreignNumber.exec(text)?.[0]
  if (source === undefined) return undefined
  const end = start + source.length
  const next = text[end]
  if (next !== undefined && !afterNumber.includes(next)) return undefined
  return { kind: 'number', start, end, source, isForeign: true }
}

/** The offset of the first character at or after `offset` that is not JSON white space. */
export function skipWhiteSpace(text: string, offset: number): number {
  let next = offset
  for (;;) {
    const unit = text.charCodeAt(next)
    if (unit !== 0x20 && unit !== 0x0a && unit !== 0x0d && unit !== 0x09) return next
    next += 1
  }
}

/** Reads the string, number or word at `start`. */
export function readScalar(text: string, start: number): JsonValue {
  const character = text[start]
  if (character === '"') return readString(text, start)
  if (character === '-' || (character !== undefined && character >= '0' && character <= '9')) {
    return readNumber(text, start)
  }
  return readWord(text, start)
}

/** Reads the string whose opening quote is at `start`. */
export function readString(text: string, start: number): JsonString {
  let escaped = false
  let offset = start + 1
  for (;;) {
    const unit = text.charCodeAt(offset)
    if (Number.isNaN(unit)) {
      throw new CodecError('encode-failed', 'This string has no closing quote', start, text.length - start)
    }
    if (unit === 0x22) break
    if (unit < 0x20) throw controlCharacter(text, offset)
    if (unit === 0x5c) {
      escaped = true
      offset = afterEscape(text, offset)
    } else {
      offset += 1
    }
  }
  const end = offset + 1
  // The escapes were checked above, so this parse only decodes them.
  const value: unknown = escaped ? JSON.parse(text.slice(start, end)) : text.slice(start + 1, offset)
  return { kind: 'string', start, end, value: String(value) }
}

/** The offset after the escape at `offset`. */
export function afterEscape(text: string, offset: number): number {
  const next = text[offset + 1]
  if (next === 'u') {
    if (/^[0-9a-fA-F]{4}$/.test(text.slice(offset + 2, offset + 6))) return offset + 6
    throw new CodecError('encode-failed', 'Four hex digits must follow \\u', offset, 2)
  }
  if (next !== undefined && escapes.includes(next)) return offset + 2
  const message = 'A backslash must be followed by one of " \\ / b f n r t u: write \\\\ for the backslash itself'
  throw new CodecError('encode-failed', message, offset)
}

/** The fault of an unescaped control character in a string. */
export function controlCharacter(text: string, offset: number): CodecError {
  const written = JSON.stringify(text.charAt(offset)).slice(1, -1)
  const { quoted } = quoteCharacter(text, offset)
  return new CodecError('encode-failed', `Not allowed inside a string: ${quoted} must be written ${written}`, offset)
}

function readNumber(text: string, start: number): JsonValue {
  number.lastIndex = start
  const source = number.exec(text)?.[0] ?? ''
  const end = start + source.length
  const next = text[end]
  // Check what follows the number first: finding the end of a word takes much longer.
  const isWhole = source !== '' && (next === undefined || afterNumber.includes(next))
  const written = isWhole ? source : wordAt(text, start)
  if (source !== written) {
    throw new CodecError(
      'encode-failed',
      `'${shorten(written)}' is not a JSON number: ${fault(written)}`,
      start,
      written.length,
    )
  }
  return { kind: 'number', start, end, source }
}

function fault(written: string): string {
  if (/^-?0[0-9]/.test(written)) return 'remove the zero at its start'
  if (/^-?0[xXoObB]/.test(written)) return 'write it in decimal digits'
  if (/^-?\d*\.(\D|$)/.test(written)) return "a digit must follow the '.'"
  if (/^-?[\d.]*[eE][+-]?$/.test(written)) return 'digits must follow the exponent sign'
  if (/^-(\D|$)/.test(written)) return "a digit must follow the '-'"
  return 'write digits, such as 12, -1.5 or 2e10'
}

function readWord(text: string, start: number): JsonValue {
  const written = wordAt(text, start)
  const end = start + written.length
  if (written === 'true' || written === 'false') return { kind: 'boolean', start, end, value: written === 'true' }
  if (written === 'null') return { kind: 'null', start, end }
  throw expectedValue(text, start, written)
}

function expectedValue(text: string, start: number, written: string): CodecError {
  if (start >= text.length) {
    const message = text === '' ? 'Nothing to encode: JSON needs a value, such as {}' : 'A value is missing at the end'
    return new CodecError('encode-failed', message, start, 0)
  }
  if (written === '') {
    const { quoted, length } = quoteCharacter(text, start)
    const cure = quoted === `"'"` ? ': strings are written in double quotes' : ''
    return new CodecError('encode-failed', `Expected a value, found ${quoted}${cure}`, start, length)
  }
  if (/^[+.]/.test(written)) {
    const message = `'${shorten(written)}' is not a JSON number: it must begin with a digit or '-'`
    return new CodecError('encode-failed', message, start, written.length)
  }
  const message = `Unknown word '${shorten(written)}': expected true, false, null, a number, or text in double quotes`
  return new CodecError('encode-failed', message, start, written.length)
}

function wordAt(text: string, start: number): string {
  word.lastIndex = start
  return word.exec(text)?.[0] ?? ''
}

/** Keeps a message readable when the quoted text is long. */
function shorten(written: string): string {
  const characters = [...written.slice(0, 48)]
  return written.length > 40 ? `${characters.slice(0, 40).join('')}…` : written
}
