import { encodeUtf8 } from '../../utf8.ts'
import { base64 } from '../base64.ts'
import { quoteCharacter } from '../characters.ts'
import { CodecError } from '../codec.ts'
import { afterEscape, controlCharacter } from '../json/tokens.ts'
import { notationFault, skipBlank } from './words.ts'

/** Bytes as written, and the offset where they end. */
export interface Written {
  readonly bytes: Uint8Array
  readonly end: number
}

/** Reads text in single quotes, which stands for its UTF-8 bytes. */
export function readQuoted(text: string, start: number): Written {
  let value = ''
  let offset = start + 1
  let plain = offset
  for (;;) {
    const unit = text.charCodeAt(offset)
    if (Number.isNaN(unit)) throw unclosed(text, start)
    if (unit === 0x27) break
    if (unit < 0x20) throw controlCharacter(text, offset)
    if (unit === 0x5c) {
      const next = text[offset + 1] === "'" ? offset + 2 : afterEscape(text, offset)
      value += text.slice(plain, offset) + characterOf(text.slice(offset, next))
      offset = next
      plain = next
    } else {
      offset += 1
    }
  }
  const end = offset + 1
  return { bytes: encodeAt(value + text.slice(plain, offset), start, end), end }
}

/** The character of a checked escape. */
function characterOf(written: string): string {
  if (written === "\\'") return "'"
  const value: unknown = JSON.parse(`"${written}"`)
  return String(value)
}

/** Reads `h'…'`, whose quote is at `quote`: hex pairs, with white space and comments between them. */
export function readHex(text: string, start: number, quote: number): Written {
  const { digits, end } = countHexDigits(text, start, quote)
  if (digits % 2 === 1) throw notationFault('Half a byte: there is an odd number of hex digits', start, end)
  const bytes = new Uint8Array(digits / 2)
  let offset = quote
  for (let index = 0; index < digits; index += 1) {
    offset = skipBlank(text, offset + 1)
    const value = hexDigit(text.charCodeAt(offset)) ?? 0
    bytes[index >> 1] = index % 2 === 0 ? value << 4 : (bytes[index >> 1] ?? 0) | value
  }
  return { bytes, end }
}

function countHexDigits(text: string, start: number, quote: number): { digits: number; end: number } {
  let offset = skipBlank(text, quote + 1)
  for (let digits = 0; ; digits += 1) {
    if (offset >= text.length) throw unclosed(text, start)
    if (text[offset] === "'") return { digits, end: offset + 1 }
    if (hexDigit(text.charCodeAt(offset)) === undefined) {
      const { quoted, length } = quoteCharacter(text, offset)
      throw notationFault(`Not a hex digit: ${quoted}`, offset, offset + length)
    }
    offset = skipBlank(text, offset + 1)
  }
}

function hexDigit(unit: number): number | undefined {
  if (unit >= 0x30 && unit <= 0x39) return unit - 0x30
  const lower = unit | 0x20
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : undefined
}

/** Reads `b64'…'`, whose quote is at `quote`: Base64 in either alphabet, with or without padding. */
export function readBase64(text: string, start: number, quote: number): Written {
  const close = text.indexOf("'", quote + 1)
  if (close < 0) throw unclosed(text, start)
  try {
    return { bytes: base64.encode(text.slice(quote + 1, close)), end: close + 1 }
  } catch (error) {
    if (!(error instanceof CodecError)) throw error
    throw new CodecError('encode-failed', error.message, quote + 1 + error.offset, error.length)
  }
}

function unclosed(text: string, start: number): CodecError {
  return notationFault('This string has no closing quote', start, text.length)
}

/** The text in UTF-8. A lone surrogate, such as from the escape `\ud800`, has no bytes: that is a fault. */
export function encodeAt(value: string, start: number, end: number): Uint8Array {
  try {
    return encodeUtf8(value)
  } catch (error) {
    if (!(error instanceof CodecError)) throw error
    throw notationFault(error.message, start, end)
  }
}
