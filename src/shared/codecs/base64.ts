import { asciiText } from '../utf8.ts'
import { quoteCharacter } from './characters.ts'
import { type Codec, CodecError } from './codec.ts'
import { encodingFacts } from './facts.ts'

const alphabet = Uint8Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/', (character) =>
  character.charCodeAt(0),
)
const paddingCharacter = 0x3d

const whiteSpace = 0xfd
const padding = 0xfe
const invalid = 0xff
/** For each ASCII character, its six bits or its class. */
const meaning = new Uint8Array(128).fill(invalid)
for (const character of ' \t\r\n') meaning[character.charCodeAt(0)] = whiteSpace
for (const [value, character] of alphabet.entries()) meaning[character] = value
meaning['-'.charCodeAt(0)] = 62
meaning['_'.charCodeAt(0)] = 63
meaning[paddingCharacter] = padding

/**
 * Base64 (RFC 4648). Writes the standard alphabet with padding; also reads the URL-safe one, with or without padding,
 * and ignores white space.
 */
export const base64: Codec = {
  ...encodingFacts.base64,
  encode: encodeBase64,
  decode: decodeBase64,
}

function encodeBase64(text: string): Uint8Array {
  const bytes = new Uint8Array(Math.ceil((text.length * 3) / 4))
  let length = 0
  let group = 0
  let digits = 0
  let lastDigit = 0
  let offset = 0
  for (; offset < text.length; offset += 1) {
    const value = meaning[text.charCodeAt(offset)] ?? invalid
    if (value === whiteSpace) continue
    if (value === padding) break
    if (value === invalid) throw badCharacter(text, offset)
    group = (group << 6) | value
    digits += 1
    lastDigit = offset
    if (digits % 4 === 0) {
      bytes[length] = group >> 16
      bytes[length + 1] = group >> 8
      bytes[length + 2] = group
      length += 3
      group = 0
    }
  }
  const rest = digits % 4
  if (rest === 1) {
    throw new CodecError('encode-failed', 'The last group has one character; a byte takes at least two', lastDigit)
  }
  checkPadding(text, offset, rest)
  const spareBits = rest * 6 - (rest - 1) * 8
  if (rest > 0 && (group & ((1 << spareBits) - 1)) !== 0) {
    throw new CodecError('encode-failed', 'The last character has extra bits: the text may be cut short', lastDigit)
  }
  if (rest >= 2) {
    bytes[length] = group >> (rest * 6 - 8)
    length += 1
  }
  if (rest === 3) {
    bytes[length] = group >> 2
    length += 1
  }
  return bytes.slice(0, length)
}

/** Checks that only padding follows `start`: either none, or as much as a last group of `rest` characters needs. */
function checkPadding(text: string, start: number, rest: number): void {
  let found = 0
  for (let offset = start; offset < text.length; offset += 1) {
    const value = meaning[text.charCodeAt(offset)] ?? invalid
    if (value === whiteSpace) continue
    if (value === invalid) throw badCharacter(text, offset)
    if (value !== padding) {
      throw new CodecError('encode-failed', "Base64 ends at '=', but more characters follow", offset)
    }
    found += 1
    if (rest === 0 || found > 4 - rest) throw new CodecError('encode-failed', "Too many '=' at the end", offset)
  }
  if (found > 0 && found < 4 - rest) {
    throw new CodecError('encode-failed', "One more '=' is needed at the end, or none at all", start)
  }
}

function badCharacter(text: string, offset: number): CodecError {
  const { quoted, length } = quoteCharacter(text, offset)
  return new CodecError('encode-failed', `Not a Base64 character: ${quoted}`, offset, length)
}

function decodeBase64(bytes: Uint8Array): string {
  const characters = new Uint8Array(Math.ceil(bytes.length / 3) * 4).fill(paddingCharacter)
  let length = 0
  for (let offset = 0; offset < bytes.length; offset += 3) {
    const present = Math.min(3, bytes.length - offset)
    const group = ((bytes[offset] ?? 0) << 16) | ((bytes[offset + 1] ?? 0) << 8) | (bytes[offset + 2] ?? 0)
    for (let digit = 0; digit <= present; digit += 1) {
      characters[length + digit] = alphabet[(group >> (18 - digit * 6)) & 63] ?? 0
    }
    length += 4
  }
  return asciiText(characters)
}
