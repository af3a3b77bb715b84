import { quoteCharacter } from '../characters.ts'
import type { CodecError } from '../codec.ts'
import { afterEscape, controlCharacter } from '../json/tokens.ts'
import { notationFault } from './words.ts'

/** A string's text as written, and the offset after its closing quote. */
export interface WrittenText {
  readonly text: string
  readonly end: number
}

/** The part of the text between the quotes, and the offset after the closing one. */
export interface QuotedSpan {
  readonly from: number
  readonly to: number
  readonly end: number
}

/** What the escapes with one letter stand for; `\u` has digits. */
const escapes: ReadonlyMap<string, string> = new Map([
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
])

const backslash = 0x5c
const lastCodePoint = 0x10ffff
const anyEscape = /\\(?:u\{([0-9a-fA-F]+)\}|u([0-9a-fA-F]{4})|(.))/g
const braces = /\\u\{([0-9a-fA-F]+)\}/y
const backquotes = /`+/y

/** Reads the text whose double or single quote is at `start`. */
export function readQuotedText(text: string, start: number): WrittenText {
  const quote = text[start] ?? ''
  const closing = quote.charCodeAt(0)
  let isEscaped = false
  let isJson = quote === '"'
  let offset = start + 1
  for (let unit = text.charCodeAt(offset); unit !== closing; unit = text.charCodeAt(offset)) {
    if (Number.isNaN(unit)) throw unclosed(text, start)
    if (unit < 0x20) throw controlCharacter(text, offset)
    if (unit !== backslash) {
      offset += 1
      continue
    }
    isEscaped = true
    isJson &&= !text.startsWith('u{', offset + 1)
    offset = afterAnyEscape(text, offset, quote)
  }
  const end = offset + 1
  const written = text.slice(start + 1, offset)
  if (!isEscaped) return { text: written, end }
  // The escapes were checked above. A text with very many of them is read several times as fast as JSON.
  return { text: isJson ? String(JSON.parse(text.slice(start, end))) : written.replace(anyEscape, characterOf), end }
}

/** The offset after the escape at `start`, which must be one. */
function afterAnyEscape(text: string, start: number, quote: string): number {
  if (quote === "'" && text[start + 1] === quote) return start + 2
  return text.startsWith('u{', start + 1) ? afterBraces(text, start) : afterEscape(text, start)
}

/** The same for `\u{1f600}`: a character by its number in hex digits. */
function afterBraces(text: string, start: number): number {
  braces.lastIndex = start
  const digits = braces.exec(text)?.[1]
  if (digits === undefined) throw notationFault("Hex digits and a '}' must follow \\u{", start, start + 3)
  const end = start + digits.length + 4
  const point = Number.parseInt(digits, 16)
  if (point > lastCodePoint) throw notationFault('The last character is \\u{10ffff}', start, end)
  if (point >= 0xd800 && point <= 0xdfff) throw notationFault('Half of a character cannot be sent as UTF-8', start, end)
  return end
}

/** What a checked escape stands for, by the parts of `anyEscape`. */
function characterOf(_: string, point: string | undefined, unit: string | undefined, letter = ''): string {
  if (point !== undefined) return String.fromCodePoint(Number.parseInt(point, 16))
  if (unit !== undefined) return String.fromCharCode(Number.parseInt(unit, 16))
  return escapes.get(letter) ?? letter
}

/**
 * Finds the raw string whose first backquote is at `start`. As many backquotes end it; more of them belong to its end.
 * A line break right after the opening is left out.
 */
function rawSpan(text: string, start: number): QuotedSpan {
  const width = runOfBackquotes(text, start)
  let from = start + width
  if (text.startsWith('\r\n', from)) from += 2
  else if (text[from] === '\n') from += 1
  const delimiter = '`'.repeat(width)
  const close = text.indexOf(delimiter, from)
  if (close < 0) throw unclosed(text, start)
  const end = close + runOfBackquotes(text, close)
  return { from, to: end - width, end }
}

function runOfBackquotes(text: string, start: number): number {
  backquotes.lastIndex = start
  return backquotes.exec(text)?.[0].length ?? 0
}

/** Reads a raw string, in which a backslash is a backslash. Carriage returns are left out, as the draft has it. */
export function readRawText(text: string, start: number): WrittenText {
  const { from, to, end } = rawSpan(text, start)
  for (let offset = from; offset < to; offset += 1) {
    const unit = text.charCodeAt(offset)
    if (unit < 0x20 && unit !== 0x0a && unit !== 0x0d) throw controlInRaw(text, offset)
  }
  return { text: text.slice(from, to).replaceAll('\r', ''), end }
}

function controlInRaw(text: string, offset: number): CodecError {
  const { quoted, length } = quoteCharacter(text, offset)
  const message = `Not allowed inside a raw string: ${quoted}. Write the string in double quotes`
  return notationFault(message, offset, offset + length)
}

/** Finds what is inside the single quotes or backquotes at `quote`, without reading it. `start` is for the fault. */
export function quotedSpan(text: string, start: number, quote: number): QuotedSpan {
  if (text[quote] === '`') return rawSpan(text, quote)
  for (let offset = quote + 1; offset < text.length; offset += 1) {
    const unit = text.charCodeAt(offset)
    if (unit === 0x27) return { from: quote + 1, to: offset, end: offset + 1 }
    if (unit === backslash) offset += 1
  }
  throw unclosed(text, start)
}

function unclosed(text: string, start: number): CodecError {
  return notationFault('This string has no closing quote', start, text.length)
}
