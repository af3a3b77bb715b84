import type { CodecError } from '../codec.ts'
import { hexFloat } from './hex-floats.ts'
import { notationFault, shorten } from './words.ts'

const number =
  /-?(?:0[xX][0-9a-fA-F]+(?:(?:\.[0-9a-fA-F]+)?[pP][+-]?\d+)?|0[oO][0-7]+|0[bB][01]+|(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)/y
const word = /[\p{L}\p{N}$.+-]+/uy

/** Longer integers are rejected: converting between digits and bits takes too long. */
export const maximumDigits = 2400

/** A number as written: an integer if it has no point or exponent, otherwise a float. Hex has an exponent of two. */
interface WrittenNumber {
  readonly source: string
  readonly end: number
  readonly isInteger: boolean
}

/** Reads the number at `start`, which is a digit or a minus sign. A suffix may follow. */
export function readNumber(text: string, start: number): WrittenNumber {
  number.lastIndex = start
  const end = number.test(text) ? number.lastIndex : start
  if (end === start || isWordUnit(text.charCodeAt(end))) {
    word.lastIndex = end
    const rest = word.exec(text)?.[0]
    if (end === start || rest !== undefined) throw notANumber(text.slice(start, end) + (rest ?? ''), start)
  }
  const source = text.slice(start, end)
  return { source, end, isInteger: isInteger(source) }
}

function notANumber(written: string, start: number): CodecError {
  return notationFault(`'${shorten(written)}' is not a number: ${fault(written)}`, start, start + written.length)
}

function isInteger(source: string): boolean {
  // Integers have no negative zero; only a float keeps the sign.
  return source !== '-0' && (/^-?\d+$/.test(source) || /^-?0[xXoObB][^pP]*$/.test(source))
}

/** Checked before the word is read, which takes much longer. */
function isWordUnit(unit: number): boolean {
  return (
    unit > 0x7f || (unit >= 0x30 && unit <= 0x39) || ((unit | 0x20) >= 0x61 && (unit | 0x20) <= 0x7a) || isSign(unit)
  )
}

const isSign = (unit: number): boolean => unit === 0x2e || unit === 0x2b || unit === 0x2d || unit === 0x24

function fault(written: string): string {
  if (/^-?0\d/.test(written)) return 'remove the zero at its start'
  if (/^-?0[xX][\da-fA-F]*\./.test(written))
    return 'a hex float has digits around its point and an exponent, as in 0x1.8p3'
  if (/^-?0[xX][\da-fA-F]+[pP]/.test(written)) return 'digits must follow the exponent sign'
  if (/^-?0[xX]/.test(written)) return 'hex digits must follow 0x'
  if (/^-?0[oO]/.test(written)) return 'digits from 0 to 7 must follow 0o'
  if (/^-?0[bB]/.test(written)) return 'the digits 0 and 1 must follow 0b'
  if (/^-?\d*\.(?:\D|$)/.test(written)) return "a digit must follow the '.'"
  if (/^-?[\d.]*[eE][+-]?$/.test(written)) return 'digits must follow the exponent sign'
  if (/^-(?:\D|$)/.test(written)) return "a digit must follow the '-'"
  return 'write digits, such as 12, -1.5, 2e10 or 0xff'
}

/** The integer of the digits; a string says why there is none. */
export function integerOf(source: string): number | bigint | string {
  if (source.length > maximumDigits) return `has more than ${maximumDigits} digits`
  const isNegative = source[0] === '-'
  const magnitude = isNegative ? source.slice(1) : source
  if (magnitude.length < 12) return isNegative ? 0 - Number(magnitude) : Number(magnitude)
  return isNegative ? -BigInt(magnitude) : BigInt(magnitude)
}

/** The float of the digits; a string says why there is none. */
export function floatOf(source: string): number | string {
  const isHex = /^-?0[xX]/.test(source)
  if (isHex && source.length > maximumDigits) return `has more than ${maximumDigits} digits`
  const value = isHex ? hexFloat(source) : Number(source)
  if (!Number.isFinite(value)) return 'is larger than a 64-bit float can hold'
  const digits = isHex ? source.replace(/^-?0[xX]|[pP].*/g, '') : source.replace(/[eE].*/, '')
  if (value === 0 && /[1-9a-fA-F]/.test(digits)) return 'is smaller than a 64-bit float can hold'
  return value
}
