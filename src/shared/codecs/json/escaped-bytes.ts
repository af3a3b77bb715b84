import { decodeUtf8, firstInvalidUtf8 } from '../../utf8.ts'
import { shortAscii } from '../wire/text.ts'

/** Base of the lone surrogates that stand for invalid bytes: decoded text contains no lone surrogates of its own. */
const escapeBase = 0xdc00

/** Bytes as text in which every byte that is not UTF-8 has a placeholder, and the offset of the first. */
export interface EscapedText {
  readonly text: string
  /** The byte offset of a UTF-16 unit. */
  byteAt(index: number): number
  readonly firstInvalid: number | undefined
}

/** Decodes bytes that need not be UTF-8. */
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

/** Whether a part of the text contains bytes that are not UTF-8. */
export function hasInvalid(part: string): boolean {
  return /\p{Surrogate}/u.test(part)
}

/** The byte offset of each UTF-16 unit. */
function byteOffsets(text: string, bytes: number): (index: number) => number {
  if (bytes === text.length && !hasInvalid(text)) return (index) => index
  const offsets = new Uint32Array(text.length + 1)
  let offset = 0
  let isAfterHigh = false
  for (let index = 0; index < text.length; index += 1) {
    offsets[index] = offset
    const unit = text.charCodeAt(index)
    const isLow = unit >= 0xdc00 && unit <= 0xdfff
    // The two halves of a pair count two bytes each; a placeholder's surrogate comes alone.
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
