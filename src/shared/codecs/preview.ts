import { decodeUtf8, firstInvalidUtf8 } from '../utf8.ts'
import type { CodecOptions, EncodingId } from './codec.ts'
import { compactHex } from './hex.ts'
import { codecs } from './index.ts'

/**
 * A UTF-16 unit takes three bytes at most in UTF-8. With one byte more, enough are left to fill the room
 * even when a last character of four bytes was cut.
 */
const bytesPerUnit = 3

const hiddenCharacters = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

/** How a frame is known to be written. */
export interface PreviewView {
  readonly encoding: EncodingId
  readonly options: CodecOptions
}

/** A structure in a larger frame is not looked for: lists are made of very many frames. */
const maximumStructureBytes = 64 * 1024

/** The frame as the structure that it is known to be; undefined when it is none after all. */
function structureLine(frame: Uint8Array, room: number, view: PreviewView | undefined): string | undefined {
  if (!view || frame.length === 0 || frame.length > maximumStructureBytes || room < 1) return undefined
  return codecs[view.encoding].line?.(frame, room, view.options)?.replace(hiddenCharacters, makeVisible)
}

/**
 * One line that tells frames apart in a list: text as text with its control characters made visible,
 * other bytes as `h'00ff'`, frames joined by ` | `, cut with `…`. A frame whose structure is known, by the person's
 * choice of a view, is shown as that. Looks only at the start of a frame.
 */
export function previewFrames(
  frames: readonly Uint8Array[],
  views: readonly PreviewView[] = [],
  maximumCharacters = 200,
): string {
  let line = ''
  for (const [index, frame] of frames.entries()) {
    if (index > 0) line += ' | '
    const room = maximumCharacters - line.length
    if (room < 0) break
    line += structureLine(frame, room, views[index]) ?? previewFrame(frame, room + 1)
  }
  return line.length > maximumCharacters ? `${wholeCharacters(line, maximumCharacters - 1)}…` : line
}

/** The frame in words; of a long one at least `room` characters. */
function previewFrame(frame: Uint8Array, room: number): string {
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
  // Small binary numbers are valid UTF-8 as well: what is mostly control characters is no text.
  return hidden * 4 > beginning.length ? `h'${compactHex(frame.subarray(0, room))}'` : visible
}

/** The text which the bytes begin, without a last character that was cut in two; undefined when it is not UTF-8. */
function startOfText(bytes: Uint8Array, isCut: boolean): string | undefined {
  // Checked first because a decoder that throws costs many times as much.
  const invalid = firstInvalidUtf8(bytes)
  if (invalid === undefined) return decodeUtf8(bytes)
  const isCutCharacter = isCut && bytes.length - invalid < 4
  return isCutCharacter ? decodeUtf8(bytes.subarray(0, invalid)) : undefined
}

function makeVisible(character: string): string {
  if (character === '\n') return '⏎'
  const point = character.charCodeAt(0)
  // Unicode has a picture of each C0 control, in their order.
  if (point < 0x20) return String.fromCharCode(0x2400 + point)
  if (point === 0x7f) return '␡'
  return `\\u${point.toString(16).padStart(4, '0')}`
}

/** The first `length` UTF-16 units, less one where they would end within a pair. */
function wholeCharacters(text: string, length: number): string {
  const last = text.charCodeAt(length - 1)
  return text.slice(0, last >= 0xd800 && last < 0xdc00 ? length - 1 : length)
}
