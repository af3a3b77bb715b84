import { decodeUtf8, firstInvalidUtf8 } from '../utf8.ts'
import { compactHex } from './hex.ts'

/**
 * A UTF-16 unit takes at most three bytes in UTF-8. One more byte is enough to fill the room even when a last four-byte
 * character was cut.
 */
const bytesPerUnit = 3

/** Characters that cannot be seen in a line, or change how others look. */
export const hiddenCharacters = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

/** The frame as text, or else as `h'00ff'`; at least `room` characters of a long one. Reads only its start. */
export function previewFrame(frame: Uint8Array, room: number): string {
  if (frame.length === 0) return '(empty)'
  const start = frame.subarray(0, room * bytesPerUnit + 1)
  const text = startOfText(start, start.length < frame.length)
  if (text === undefined) return `h'${compactHex(frame.subarray(0, room))}'`
  let hidden = 0
  const beginning = text.slice(0, room)
  const visible = beginning.replace(hiddenCharacters, (character) => {
    if (character !== '\n' && character !== '\r' && character !== '\t') hidden += 1
    return makeVisible(character)
  })
  // Small binary numbers are valid UTF-8 too: what is mostly control characters is not text.
  return hidden * 4 > beginning.length ? `h'${compactHex(frame.subarray(0, room))}'` : visible
}

/** The text at the start of the bytes, without a last character that was cut; undefined when it is not UTF-8. */
function startOfText(bytes: Uint8Array, isCut: boolean): string | undefined {
  // Checked first because a throwing decoder costs many times as much.
  const invalid = firstInvalidUtf8(bytes)
  if (invalid === undefined) return decodeUtf8(bytes)
  const isCutCharacter = isCut && bytes.length - invalid < 4
  return isCutCharacter ? decodeUtf8(bytes.subarray(0, invalid)) : undefined
}

/** A character that cannot be seen, as one that can. */
export function makeVisible(character: string): string {
  if (character === '\n') return '⏎'
  const point = character.charCodeAt(0)
  // Unicode has a control picture for each C0 control, in the same order.
  if (point < 0x20) return String.fromCharCode(0x2400 + point)
  if (point === 0x7f) return '␡'
  return `\\u${point.toString(16).padStart(4, '0')}`
}

/** The first `length` UTF-16 units, without splitting a surrogate pair. */
export function wholeCharacters(text: string, length: number): string {
  const last = text.charCodeAt(length - 1)
  return text.slice(0, last >= 0xd800 && last < 0xdc00 ? length - 1 : length)
}
