import { decodeUtf8, firstInvalidUtf8 } from '../utf8.ts'
import type { CodecOptions, ViewId } from './codec.ts'
import { compactHex } from './hex.ts'
import { viewOf } from './index.ts'

/**
 * A UTF-16 unit takes at most three bytes in UTF-8. One more byte is enough to fill the room even when a last four-byte
 * character was cut.
 */
const bytesPerUnit = 3

const hiddenCharacters = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

/** The known encoding of a frame. */
export interface PreviewView {
  readonly encoding: ViewId
  readonly options: CodecOptions
}

/** Larger frames are not parsed for a preview: lists show very many frames. */
const maximumStructureBytes = 64 * 1024

/** The frame in its known structure; undefined when it does not have it after all. */
function structureLine(frame: Uint8Array, room: number, view: PreviewView | undefined): string | undefined {
  if (!view || frame.length === 0 || frame.length > maximumStructureBytes || room < 1) return undefined
  return viewOf(view.encoding).line?.(frame, room, view.options)?.replace(hiddenCharacters, makeVisible)
}

/**
 * One line that identifies frames in a list: text with visible control characters, other bytes as `h'00ff'`, frames
 * joined by ` | `, truncated with `…`. A frame with a known structure, from the person's choice of view, is shown as
 * that. Reads only the start of a frame.
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

/** The frame as text; at least `room` characters of a long one. */
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

function makeVisible(character: string): string {
  if (character === '\n') return '⏎'
  const point = character.charCodeAt(0)
  // Unicode has a control picture for each C0 control, in the same order.
  if (point < 0x20) return String.fromCharCode(0x2400 + point)
  if (point === 0x7f) return '␡'
  return `\\u${point.toString(16).padStart(4, '0')}`
}

/** The first `length` UTF-16 units, without splitting a surrogate pair. */
function wholeCharacters(text: string, length: number): string {
  const last = text.charCodeAt(length - 1)
  return text.slice(0, last >= 0xd800 && last < 0xdc00 ? length - 1 : length)
}
