import type { Frame } from '../message.ts'
import { commonEscapes, type Escapes, hexParts, readableText, textParts, utf8Bytes } from './literals.ts'

/**
 * Three octal digits never go on, unlike a hex escape, whatever follows them. Characters beyond ASCII are escaped too:
 * compilers differ in what they take a file for.
 */
const octal = (codePoint: number): string =>
  Array.from(utf8Bytes(codePoint), (byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('')

/** A question mark is escaped, because two of them may begin a trigraph. */
export const cEscapes: Escapes = { named: { ...commonEscapes, '?': '\\?' }, hidden: octal, ascii: true }

/** The bytes within quotes, in parts for a line each: a text as it is, other bytes as hex escapes. */
export function cParts(frame: Frame): readonly string[] {
  const text = readableText(frame)
  if (text !== null) return textParts(text, cEscapes)
  // Nothing but escapes: each ends where the next begins.
  return hexParts(frame).map((digits) => digits.replace(/../g, '\\x$&'))
}

export const cText = (text: string): string => `"${textParts(text, cEscapes).join('')}"`
