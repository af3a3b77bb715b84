import { CodecError } from './codecs/codec.ts'

// Available in every host of this code, but missing from the type libraries it is checked against.
declare const TextEncoder: new () => { encode(text: string): Uint8Array }
declare const TextDecoder: new (
  label: string,
  options: { fatal: boolean; ignoreBOM: boolean },
) => { decode(bytes: Uint8Array): string }

const encoder = new TextEncoder()
// ignoreBOM keeps a byte order mark in the text: it was part of the message.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The UTF-8 bytes of the text. Throws `CodecError` at a lone surrogate, which UTF-8 cannot represent. */
export function encodeUtf8(text: string): Uint8Array {
  const lone = text.search(/\p{Surrogate}/u)
  if (lone >= 0) {
    const unit = text.charCodeAt(lone).toString(16).toUpperCase()
    throw new CodecError(
      'encode-failed',
      `Half of a character (lone surrogate U+${unit}) cannot be sent as UTF-8`,
      lone,
    )
  }
  return encoder.encode(text)
}

/** The text of UTF-8 bytes, including a byte order mark; undefined when they are invalid. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes)
  } catch (error) {
    if (firstInvalidUtf8(bytes) !== undefined) return undefined
    throw error
  }
}

/** The text of bytes that are known to be ASCII. */
export function asciiText(bytes: Uint8Array): string {
  return decoder.decode(bytes)
}

/** Size of the text in UTF-8, in bytes; a lone surrogate counts as its three-byte replacement. */
export function utf8Length(text: string): number {
  return encoder.encode(text).length
}

/** The offset of the first invalid UTF-8 byte; undefined when all are valid. */
export function firstInvalidUtf8(bytes: Uint8Array): number | undefined {
  let offset = 0
  while (offset < bytes.length) {
    if ((bytes[offset] ?? 0) < 0x80) {
      offset += 1
      continue
    }
    const length = sequenceLength(bytes, offset)
    if (length === 0) return offset
    offset += length
  }
  return undefined
}

/** Length of the well-formed sequence of at least two bytes at `offset` (RFC 3629); 0 when there is none. */
function sequenceLength(bytes: Uint8Array, offset: number): number {
  const lead = bytes[offset] ?? 0
  if (lead < 0xc2 || lead > 0xf4) return 0
  const length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4
  // The second byte's range excludes overlong forms, surrogates, and code points above U+10FFFF.
  const lowest = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80
  const highest = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf
  const second = bytes[offset + 1] ?? 0
  if (second < lowest || second > highest) return 0
  for (let index = 2; index < length; index += 1) {
    if (((bytes[offset + index] ?? 0) & 0xc0) !== 0x80) return 0
  }
  return length
}
