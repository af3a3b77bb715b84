import { base64 } from '../base64.ts'
import { quoteCharacter } from '../characters.ts'
import { CodecError } from '../codec.ts'
import type { QuotedSpan } from './quoted.ts'
import { notationFault, skipBlank } from './words.ts'

const invalid = 0xff
const equalsSign = 0x3d

/** Digits that stand for a whole number of bits each. */
interface Base {
  readonly name: string
  readonly bits: 4 | 5
  /** For each ASCII character, its value. */
  readonly values: Uint8Array
}

const hexBase = base('hex', 4, '0123456789ABCDEF')
/** RFC 4648, sections 6 and 7. */
const base32 = base('base32', 5, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')
const base32hex = base('base32hex', 5, '0123456789ABCDEFGHIJKLMNOPQRSTUV')

function base(name: string, bits: 4 | 5, alphabet: string): Base {
  const values = new Uint8Array(128).fill(invalid)
  for (const [value, digit] of [...alphabet].entries()) {
    values[digit.charCodeAt(0)] = value
    values[digit.toLowerCase().charCodeAt(0)] = value
  }
  return { name, bits, values }
}

/** Reads the digits inside the quotes; `start` is where the string begins, with its prefix. */
type ReadDigits = (text: string, start: number, span: QuotedSpan) => Uint8Array

/** The notations of bytes by their prefix. */
export const byteNotations: ReadonlyMap<string, ReadDigits> = new Map<string, ReadDigits>([
  ['h', (text, start, span) => readDigits(text, start, span, hexBase)],
  ['b32', (text, start, span) => readDigits(text, start, span, base32)],
  ['h32', (text, start, span) => readDigits(text, start, span, base32hex)],
  ['b64', readBase64],
])

/** Bytes from hex digits inside quotes. */
export function readHexDigits(text: string, start: number, span: QuotedSpan): Uint8Array {
  return readDigits(text, start, span, hexBase)
}

/** White space and comments may stand between the digits. */
function readDigits(text: string, start: number, { from, to, end }: QuotedSpan, base: Base): Uint8Array {
  const bytes = new Uint8Array(((to - from) * base.bits) >> 3)
  let length = 0
  let digits = 0
  let rest = 0
  let restBits = 0
  let last = from
  let offset = skipBlank(text, from, to)
  for (; offset < to; offset = skipBlank(text, offset + 1, to)) {
    const value = base.values[text.charCodeAt(offset)] ?? invalid
    if (value === invalid) break
    digits += 1
    last = offset
    rest = ((rest << base.bits) | value) & 0xfff
    restBits += base.bits
    if (restBits < 8) continue
    restBits -= 8
    bytes[length] = rest >> restBits
    length += 1
  }
  if (base.bits === 4 ? offset < to : !isPadding(text, offset, to, digits)) throw notADigit(text, offset, base)
  if (restBits >= base.bits) throw halfByte(base, start, end, last)
  if ((rest & ((1 << restBits) - 1)) !== 0) {
    throw notationFault('The last character has extra bits: the text may be cut short', last, last + 1)
  }
  return bytes.slice(0, length)
}

function halfByte(base: Base, start: number, end: number, last: number): CodecError {
  if (base.bits === 4) return notationFault('Half a byte: there is an odd number of hex digits', start, end)
  return notationFault('The last character is one too many, or others are missing after it', last, last + 1)
}

function notADigit(text: string, offset: number, { name }: Base): CodecError {
  if (text.charCodeAt(offset) === equalsSign) {
    return notationFault("Write as many '=' as fill the last group of 8 characters, or none", offset, offset + 1)
  }
  const { quoted, length } = quoteCharacter(text, offset)
  return notationFault(`Not a ${name} digit: ${quoted}`, offset, offset + length)
}

/** Whether nothing follows, or just the `=` that fill the last group of eight. */
function isPadding(text: string, offset: number, to: number, digits: number): boolean {
  let count = 0
  let next = offset
  for (; next < to && text.charCodeAt(next) === equalsSign; next = skipBlank(text, next + 1, to)) count += 1
  return next >= to && (count === 0 || (digits % 8 !== 0 && (digits + count) % 8 === 0 && count < 8))
}

/** Base64 in either alphabet, with or without padding. A slash is a digit, so comments begin with `#`. */
function readBase64(text: string, _start: number, { from, to }: QuotedSpan): Uint8Array {
  const digits = text.slice(from, to).replace(/#[^\n]*/g, (comment) => ' '.repeat(comment.length))
  try {
    return base64.encode(digits)
  } catch (error) {
    if (!(error instanceof CodecError)) throw error
    throw new CodecError('encode-failed', error.message, from + error.offset, error.length)
  }
}
