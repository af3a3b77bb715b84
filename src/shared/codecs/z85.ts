import { asciiText } from '../utf8.ts'
import { quoteCharacter } from './characters.ts'
import { type Codec, CodecError } from './codec.ts'
import { encodingFacts } from './facts.ts'

const alphabet = Uint8Array.from(
  '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#',
  (character) => character.charCodeAt(0),
)
const invalid = 0xff
const meaning = new Uint8Array(128).fill(invalid)
for (const [value, character] of alphabet.entries()) meaning[character] = value

/** Z85 (ZeroMQ RFC 32): five characters for four bytes, as CURVE keys are written. No white space or padding. */
export const z85: Codec = {
  ...encodingFacts.z85,
  encode: encodeZ85,
  decode: decodeZ85,
}

function encodeZ85(text: string): Uint8Array {
  const bytes = new Uint8Array(Math.floor(text.length / 5) * 4)
  let group = 0
  for (let offset = 0; offset < text.length; offset += 1) {
    const value = meaning[text.charCodeAt(offset)] ?? invalid
    if (value === invalid) throw badCharacter(text, offset)
    group = group * 85 + value
    if (offset % 5 < 4) continue
    if (group > 0xffffffff) {
      const start = offset - 4
      const characters = text.slice(start, offset + 1)
      throw new CodecError('encode-failed', `'${characters}' is more than four bytes can hold`, start, 5)
    }
    const place = ((offset - 4) / 5) * 4
    bytes[place] = group >>> 24
    bytes[place + 1] = group >>> 16
    bytes[place + 2] = group >>> 8
    bytes[place + 3] = group
    group = 0
  }
  const rest = text.length % 5
  if (rest > 0) {
    throw new CodecError(
      'encode-failed',
      `Z85 takes groups of 5 characters, but the last group has ${rest}`,
      text.length - rest,
      rest,
    )
  }
  return bytes
}

function badCharacter(text: string, offset: number): CodecError {
  const { quoted, length } = quoteCharacter(text, offset)
  return new CodecError('encode-failed', `Not a Z85 character: ${quoted}`, offset, length)
}

function decodeZ85(bytes: Uint8Array): string {
  const rest = bytes.length % 4
  if (rest > 0) {
    throw new CodecError(
      'decode-failed',
      `Z85 needs groups of 4 bytes, and ${bytes.length} is not a multiple of 4`,
      bytes.length - rest,
      rest,
    )
  }
  const characters = new Uint8Array((bytes.length / 4) * 5)
  for (let offset = 0; offset < bytes.length; offset += 4) {
    let group =
      (bytes[offset] ?? 0) * 0x1000000 +
      (((bytes[offset + 1] ?? 0) << 16) | ((bytes[offset + 2] ?? 0) << 8) | (bytes[offset + 3] ?? 0))
    const place = (offset / 4) * 5
    for (let digit = 4; digit >= 0; digit -= 1) {
      characters[place + digit] = alphabet[group % 85] ?? 0
      group = Math.floor(group / 85)
    }
  }
  return asciiText(characters)
}
