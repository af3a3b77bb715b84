import { decodeUtf8, firstInvalidUtf8 } from '../../utf8.ts'
import { shortAscii } from '../wire/text.ts'

/** Half of a character that stands for an invalid byte, by the byte: text that was decoded has no halves of its own. */
const escapeBase = 0xdc00

/** Bytes as text in which every byte that is not UTF-8 has its place, and where that first is. */
export interface EscapedText {
  readonly text: string
  /** The byte offset of a UTF-16 unit. */
  byteAt(index: number): number
  readonly firstInvalid: number | undefined
}

/** The text of bytes, which need not be UTF-8. */
export function escapeInvalid(bytes: Uint8Array): EscapedText {
  const firstInvalid = firstInvalidUtf8(bytes)
  const text = firstInvalid === undefined ? decodeUtf8(bytes) : undefined
  if (text !== undefined) return { text, byteAt: byteOffsets(text, bytes.length), firstInvalid: undefined }
  const pieces: string[] = []
  for (let offset = 0; offset < bytes.length; offset += 1) {
    const valid = firstInvalidUtf8(bytes.subarray(offset)) ?? bytes.length - offset
    if (valid > 0) pieces.push(validText(bytes, offset, valid))
    offset += valid
    if (offset < bytes.length) pieces.push(String.fromCharCode(escapeBase + (bytes[offset] ?? 0)))
  }
  const escaped = pieces.join('')
  return { text: escaped, byteAt: byteOffsets(escaped, bytes.length), firstInvalid }
}

function validText(bytes: Uint8Array, start: number, size: number): string {
  return shortAscii(bytes, start, size) ?? decodeUtf8(bytes.subarray(start, start + size)) ?? ''
}

/** Whether a part of the text has bytes in it that are not UTF-8. */
export function hasInvalid(part: string): boolean {
  return /\p{Surrogate}/u.test(part)
}

/** Where each UTF-16 unit begins in the bytes. */
function byteOffsets(text: string, bytes: number): (index: number) => number {
  if (bytes === text.length && !hasInvalid(text)) return (index) => index
  const offsets = new Uint32Array(text.length + 1)
  let offset = 0
  let isAfterHigh = false
  for (let index = 0; index < text.length; index += 1) {
    offsets[index] = offset
    const unit = text.charCodeAt(index)
    const isLow = unit >= 0xdc00 && unit <= 0xdfff
    // The two halves of a character have two bytes each; the half that stands for a byte comes alone.
    offset += isLow ? (isAfterHigh ? 2 : 1) : unitBytes(unit)
    isAfterHigh = unit >= 0xd800 && unit < 0xdc00
  }
  offsets[text.length] = offset
  return (index) => offsets[index] ?? offset
}

function unitBytes(unit: number): number {
  if (unit < 0x80) return 1
  return unit < 0x800 || (unit >= 0xd800 && unit < 0xdc00) ? 2 : 3
}
