import { asciiText } from '../utf8.ts'
import { quoteCharacter } from './characters.ts'
import { type Codec, CodecError } from './codec.ts'
import { encodingFacts } from './facts.ts'
import { readHexDump } from './hex-dump.ts'
import { readPythonBytes } from './python-bytes.ts'

const bytesPerLine = 16
const digits = Uint8Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0))
const space = 0x20
const lineFeed = 0x0a

const separator = 0xfe
const invalid = 0xff
/** For each ASCII character, its value as a digit or its class. */
const meaning = new Uint8Array(128).fill(invalid)
for (const character of ' \t\r\n:,-') meaning[character.charCodeAt(0)] = separator
for (const [value, digit] of [...'0123456789abcdef'].entries()) {
  meaning[digit.charCodeAt(0)] = value
  meaning[digit.toUpperCase().charCodeAt(0)] = value
}

/** An array of C, or the inside of one: what stands before its brace is not looked at but for its length. */
const array = /^([^{}]*)\{([^{}]*)\}[\s;]*(?:(?:const size_t|unsigned int) \w+ = (\d+);\s*)?$/

/** A list of other languages, alone. */
const list = /^(\s*)[[(]([^[\](){}]*)[\])]\s*;?\s*$/

/**
 * Hex digits in groups of whole bytes: `0xdeadbeef`, `de ad be ef`, `DE:AD`, `DE-AD`, `0xde, 0xad`, `\xde\xad`, and the
 * same in braces or brackets; also a literal of Python, and what xxd and `hexdump -C` write. A group with an odd number of digits is
 * rejected, since `1 2` could mean 01 02 or 12.
 */
export const hex: Codec = {
  ...encodingFacts.hex,
  encode: encodeHex,
  decode: decodeHex,
}

function encodeHex(text: string): Uint8Array {
  const pasted = readPythonBytes(text) ?? readHexDump(text)
  if (pasted) return pasted
  const [, before = '', inside, count] = (text.includes('{') ? array : list).exec(text) ?? []
  if (inside === undefined) return encodeDigits(text, 0, text.length)
  // C has no empty array: one byte stands for none.
  return count === '0' ? new Uint8Array() : encodeDigits(text, before.length + 1, before.length + 1 + inside.length)
}

function encodeDigits(text: string, start: number, end: number): Uint8Array {
  const bytes = new Uint8Array((end - start) >> 1)
  let length = 0
  let offset = start
  while (offset < end) {
    const first = meaningAt(text, offset)
    const second = meaningAt(text, offset + 1)
    if (first < 16 && second < 16) {
      bytes[length] = (first << 4) | second
      length += 1
      offset += 2
    } else if (first === separator) {
      offset += 1
    } else if (startsPrefix(text, offset)) {
      offset += 2
      if (meaningAt(text, offset) >= 16) {
        throw new CodecError(
          'encode-failed',
          `Hex digits are missing after ${text.slice(offset - 2, offset)}`,
          offset - 2,
          2,
        )
      }
    } else {
      throw badPair(text, offset, first)
    }
  }
  return bytes.slice(0, length)
}

/** Whether a `0x` or a `\x` starts a group here; inside a group `0x` is an error. */
function startsPrefix(text: string, offset: number): boolean {
  if (text[offset] === '\\' && text[offset + 1] === 'x') return true
  if (text[offset] !== '0' || (text[offset + 1] !== 'x' && text[offset + 1] !== 'X')) return false
  const before = offset === 0 ? separator : meaningAt(text, offset - 1)
  return before === separator || '{[('.includes(text.charAt(offset - 1))
}

function meaningAt(text: string, offset: number): number {
  return meaning[text.charCodeAt(offset)] ?? invalid
}

function badPair(text: string, offset: number, first: number): CodecError {
  const isHalf = first < 16 && (offset + 1 >= text.length || meaningAt(text, offset + 1) === separator)
  if (isHalf) {
    const message = `Half a byte: hex digits come in pairs, such as 0${text.charAt(offset)}`
    return new CodecError('encode-failed', message, offset)
  }
  const place = first < 16 ? offset + 1 : offset
  const { quoted, length } = quoteCharacter(text, place)
  return new CodecError('encode-failed', `Not a hex digit: ${quoted}`, place, length)
}

function decodeHex(bytes: Uint8Array): string {
  const characters = new Uint8Array(Math.max(0, bytes.length * 3 - 1))
  let length = 0
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index] ?? 0
    if (index > 0) {
      characters[length] = index % bytesPerLine === 0 ? lineFeed : space
      length += 1
    }
    characters[length] = digits[byte >> 4] ?? 0
    characters[length + 1] = digits[byte & 15] ?? 0
    length += 2
  }
  return asciiText(characters)
}

/** The bytes as hex digits without separators, for use inside other text. */
export function compactHex(bytes: Uint8Array): string {
  const characters = new Uint8Array(bytes.length * 2)
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index] ?? 0
    characters[index * 2] = digits[byte >> 4] ?? 0
    characters[index * 2 + 1] = digits[byte & 15] ?? 0
  }
  return asciiText(characters)
}
