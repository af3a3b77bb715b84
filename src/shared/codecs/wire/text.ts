import { decodeUtf8, encodeUtf8, firstInvalidUtf8 } from '../../utf8.ts'
import { compactHex } from '../hex.ts'
import type { WireText, WireUnread } from './value.ts'

/** Longer texts stay bytes until they are shown. */
export const longestEagerText = 4096

/** Up to this length, joining characters beats calling a decoder. */
const shortText = 24

/** The text of a few bytes that are all ASCII; undefined when there are more, or others. */
export function shortAscii(bytes: Uint8Array, start: number, size: number): string | undefined {
  if (size > shortText) return undefined
  let text = ''
  for (let index = start; index < start + size; index += 1) {
    const byte = bytes[index] ?? 0
    if (byte >= 0x80) return undefined
    text += String.fromCharCode(byte)
  }
  return text
}

/** The text; undefined when its bytes are not UTF-8. */
export function textOf({ content }: WireText): string | undefined {
  return typeof content === 'string' ? content : decodeUtf8(content)
}

/** The bytes of the text. */
export function bytesOfText({ content }: WireText): Uint8Array {
  return typeof content === 'string' ? encodeUtf8(content) : content
}

/** Size of the text in UTF-8, in bytes; undefined when it contains lone surrogates. */
export function sizeOfText(text: string): number | undefined {
  let size = text.length
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index)
    if (unit < 0x80) continue
    if (unit < 0x800) {
      size += 1
    } else if (unit < 0xd800 || unit > 0xdfff) {
      size += 2
    } else {
      const next = text.charCodeAt(index + 1)
      if (unit > 0xdbff || !(next >= 0xdc00 && next <= 0xdfff)) return undefined
      // The two halves already count as two, and take four.
      size += 2
      index += 1
    }
  }
  return size
}

/** The text at the start of truncated bytes, without a partial last character; undefined when it is not UTF-8. */
export function startOfText(bytes: Uint8Array): string | undefined {
  const invalid = firstInvalidUtf8(bytes)
  if (invalid === undefined) return decodeUtf8(bytes)
  return isBegunCharacter(bytes.subarray(invalid)) ? decodeUtf8(bytes.subarray(0, invalid)) : undefined
}

/** Whether the bytes are the start of a longer character. */
function isBegunCharacter(bytes: Uint8Array): boolean {
  const [lead = 0, ...rest] = bytes.subarray(0, 4)
  if (lead < 0xc2 || lead > 0xf4 || rest.some((byte) => (byte & 0xc0) !== 0x80)) return false
  return bytes.length < (lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4)
}

/** The available part of a value that could not be read. */
export function shownPart({ bytes, isText }: WireUnread): string {
  if (bytes === undefined) return ''
  const text = isText ? startOfText(bytes) : undefined
  // A partial first character is better shown as bytes than not at all.
  const isHidden = text === undefined || (text === '' && bytes.length > 0)
  return isHidden ? `h'${compactHex(bytes)}'` : JSON.stringify(text)
}
