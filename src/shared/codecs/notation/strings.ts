import { decodeUtf8, encodeUtf8 } from '../../utf8.ts'
import { CodecError } from '../codec.ts'
import { sizeOfText } from '../wire/text.ts'
import { byteNotations } from './digits.ts'
import { quotedSpan, readQuotedText, readRawText } from './quoted.ts'
import { expected, notationFault, skipBlank } from './words.ts'

/** A text or a byte string as written, and the offset where it ends. */
export type Written = WrittenBytes | { readonly kind: 'text'; readonly text: string; readonly end: number }

interface WrittenBytes {
  readonly kind: 'bytes'
  readonly bytes: Uint8Array
  readonly end: number
}

const prefix = /[a-z]\w*/y

/** Reads the string literal at `start`; undefined when none begins there. */
function stringAt(text: string, start: number): Written | undefined {
  switch (text[start]) {
    case '"':
      return { kind: 'text', ...readQuotedText(text, start) }
    case '`':
      return { kind: 'text', ...readRawText(text, start) }
    case "'": {
      const { text: value, end } = readQuotedText(text, start)
      return { kind: 'bytes', bytes: encodeAt(value, start, end), end }
    }
  }
  prefix.lastIndex = start
  const name = prefix.exec(text)?.[0]
  const read = name === undefined ? undefined : byteNotations.get(name)
  if (name === undefined || read === undefined) return undefined
  const quote = start + name.length
  if (text[quote] !== "'" && text[quote] !== '`') return undefined
  const span = quotedSpan(text, start, quote)
  return { kind: 'bytes', bytes: read(text, start, span), end: span.end }
}

/**
 * Reads the strings at `start`, which are one string when only white space, comments or a `+` stand between them. The
 * first says whether it is text or bytes; undefined when no string begins there.
 */
export function readStrings(text: string, start: number): Written | undefined {
  const first = stringAt(text, start)
  if (!first) return undefined
  const parts = [first]
  let end = first.end
  for (let part = nextPart(text, end); part; part = nextPart(text, end)) {
    if (first.kind === 'bytes' && part.kind === 'text') {
      const message = 'Text cannot be added to bytes: write the text in single quotes'
      throw notationFault(message, part.start, part.end)
    }
    parts.push(part)
    end = part.end
  }
  if (parts.length === 1) return first
  return first.kind === 'bytes' ? { kind: 'bytes', bytes: joined(parts, start), end } : joinedText(parts, start, end)
}

/** The string that continues the one that ends at `end`. */
export function nextPart(text: string, end: number): (Written & { readonly start: number }) | undefined {
  let start = skipBlank(text, end)
  const isAdded = text[start] === '+'
  // Strings that touch each other are more likely a quote too many.
  if (start === end && !isAdded) return undefined
  if (isAdded) start = skipBlank(text, start + 1)
  const part = stringAt(text, start)
  if (part) return { ...part, start }
  if (isAdded) throw expected(text, start, "a string after the '+'")
  return undefined
}

function joinedText(parts: readonly Written[], start: number, end: number): Written {
  const texts = parts.map((part) => (part.kind === 'text' ? part.text : undefined))
  if (texts.every((text) => text !== undefined && sizeOfText(text) !== undefined)) {
    return { kind: 'text', text: texts.join(''), end }
  }
  const text = decodeUtf8(joined(parts, start))
  if (text !== undefined) return { kind: 'text', text, end }
  throw notationFault("Together these parts are not UTF-8: write text(h'…') for such a string", start, end)
}

function joined(parts: readonly Written[], start: number): Uint8Array {
  const pieces = parts.map((part) => (part.kind === 'bytes' ? part.bytes : encodeAt(part.text, start, part.end)))
  const whole = new Uint8Array(pieces.reduce((total, { length }) => total + length, 0))
  let offset = 0
  for (const piece of pieces) {
    whole.set(piece, offset)
    offset += piece.length
  }
  return whole
}

/** The text in UTF-8. A lone surrogate, such as from the escape `\ud800`, has no bytes: that is a fault. */
export function encodeAt(value: string, start: number, end: number): Uint8Array {
  try {
    return encodeUtf8(value)
  } catch (error) {
    if (!(error instanceof CodecError)) throw error
    throw notationFault(error.message, start, end)
  }
}
