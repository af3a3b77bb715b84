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

/** The first offset at or after `offset` that is neither white space nor inside a comment. */
export function skipBlank(text: string, offset: number): number {
  let next = offset
  for (;;) {
    const unit = text.charCodeAt(next)
    if (blankUnits.has(unit)) {
      next += 1
    } else if (unit === 0x23) {
      const lineEnd = text.indexOf('\n', next)
      next = lineEnd < 0 ? text.length : lineEnd + 1
    } else if (unit === 0x2f) {
      const close = text.indexOf('/', next + 1)
      if (close < 0) throw notationFault("This comment has no closing '/'", next, text.length)
      next = close + 1
    } else {
      return next
    }
  }
}

const suffix = /_[\p{L}\p{N}_]*/uy

/** The suffix at an offset, including its underscore; undefined without one. */
export function suffixAt(text: string, offset: number): string | undefined {
  if (text[offset] !== '_') return undefined
  suffix.lastIndex = offset
  return suffix.exec(text)?.[0]
}
