import { compactHex } from '../codecs/hex.ts'
import type { Frame } from '../message.ts'
import { decodeUtf8, encodeUtf8 } from '../utf8.ts'

/** The longest part of a literal on one line, in characters. */
const lineLength = 88

const isControl = /(?![\t\n\r])\p{Cc}/u
/** A character that can be seen, and stays what it is: the blank is the only space among them. */
const isVisible = /^(?:[^\p{C}\p{Z}]| )$/u
const isAscii = /^[\x20-\x7e]$/

/** The text of a frame that people can read; null for bytes. */
export function readableText(frame: Frame): string | null {
  const text = decodeUtf8(frame)
  return text === undefined || isControl.test(text) ? null : text
}

/** How the characters of a text are written within the quotes of a language. */
export interface Escapes {
  /** Of characters that the language gives a meaning. */
  readonly named: Readonly<Record<string, string>>
  /** A character that cannot be seen, by its code point. */
  readonly hidden: (codePoint: number) => string
  /** Whether only ASCII is written as it is. */
  readonly ascii?: boolean
}

/** What nearly all languages share. */
export const commonEscapes: Readonly<Record<string, string>> = {
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  '"': '\\"',
  '\\': '\\\\',
}

export const hexDigits = (value: number, length: number): string => value.toString(16).padStart(length, '0')

/** `\uXXXX` for each UTF-16 unit of a character. */
export const utf16Escape = (codePoint: number): string =>
  Array.from(String.fromCodePoint(codePoint).split(''), (unit) => `\\u${hexDigits(unit.charCodeAt(0), 4)}`).join('')

export const utf8Bytes = (codePoint: number): Frame => encodeUtf8(String.fromCodePoint(codePoint))

/** The text as it stands within quotes, in parts for a line each: one ends at a line feed, or where it gets too long. */
export function textParts(text: string, { named, hidden, ascii = false }: Escapes): readonly string[] {
  const parts: string[] = []
  let part = ''
  for (const character of text) {
    const isPlain = (ascii ? isAscii : isVisible).test(character)
    part += named[character] ?? (isPlain ? character : hidden(character.codePointAt(0) ?? 0))
    if (part.length < lineLength && character !== '\n') continue
    parts.push(part)
    part = ''
  }
  return part === '' && parts.length > 0 ? parts : [...parts, part]
}

/** The hex digits of bytes, in parts for a line each. */
export const hexParts = (bytes: Frame): readonly string[] => {
  const digits = compactHex(bytes)
  return digits === '' ? [''] : (digits.match(/.{1,80}/g) ?? [])
}

/** The bytes as numbers, `0x00, 0x01,`, in parts for a line each. */
export const numberParts = (bytes: Frame): readonly string[] =>
  (compactHex(bytes).match(/.{1,32}/g) ?? []).map((digits) => `${digits.replace(/../g, '0x$&, ').trimEnd()}`)
