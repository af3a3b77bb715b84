import { quoteCharacter } from '../characters.ts'
import { CodecError } from '../codec.ts'

/** A fault in notation, from `start` to `end`. */
export function notationFault(message: string, start: number, end: number): CodecError {
  return new CodecError('encode-failed', message, start, end - start)
}

/** Says what was expected at a place, and what was found. */
export function expected(text: string, offset: number, what: string): CodecError {
  if (offset >= text.length) return notationFault(`Expected ${what}, but the text ends`, text.length, text.length)
  const { quoted, length } = quoteCharacter(text, offset)
  return notationFault(`Expected ${what}, found ${quoted}`, offset, offset + length)
}

/** Keeps a message readable when the quoted text is long. */
export function shorten(written: string): string {
  return written.length > 40 ? `${[...written.slice(0, 48)].slice(0, 40).join('')}…` : written
}

const blankUnits = new Set([0x20, 0x09, 0x0a, 0x0d])

/** What encloses a comment. Longer openings come first. */
const comments = [
  { opening: '/*', closing: '*/', mustClose: true },
  { opening: '//', closing: '\n', mustClose: false },
  { opening: '/', closing: '/', mustClose: true },
  { opening: '#', closing: '\n', mustClose: false },
] as const

/** The first offset from `offset` up to `end` that is neither white space nor inside a comment. */
export function skipBlank(text: string, offset: number, end = text.length): number {
  let next = offset
  while (next < end) {
    const unit = text.charCodeAt(next)
    if (blankUnits.has(unit)) next += 1
    else if (unit === 0x23 || unit === 0x2f) next = afterComment(text, next, end)
    else break
  }
  return next
}

/** The offset after the comment at `start`, which does not go beyond `end`. */
function afterComment(text: string, start: number, end: number): number {
  const comment = comments.find(({ opening }) => text.startsWith(opening, start))
  if (!comment) return start
  const inside = start + comment.opening.length
  // Only this part is searched: many short strings with comments must not each look through the whole text.
  const close = text.slice(inside, end).indexOf(comment.closing)
  if (close >= 0) return inside + close + comment.closing.length
  if (comment.mustClose) throw notationFault(`This comment has no closing '${comment.closing}'`, start, end)
  return end
}

const suffix = /_[\p{L}\p{N}_]*/uy

/** The suffix at an offset, including its underscore; undefined without one. */
export function suffixAt(text: string, offset: number): string | undefined {
  if (text[offset] !== '_') return undefined
  suffix.lastIndex = offset
  return suffix.exec(text)?.[0]
}
