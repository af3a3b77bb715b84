import { decodeUtf8 } from '../../utf8.ts'
import type { ItemContent } from './items.ts'
import { latin1Text } from './python-text.ts'

const ascii = /^[\0-\x7f]*$/
const pythonEscape = /\\(?:x([\da-fA-F]{2})|([0-7]{1,3})|(\n)|([abfnrtv\\'"]))/g
const unicodeEscape = /\\u([\da-fA-F]{4})|\\U([\da-fA-F]{8})/g

/** What the letters of escapes stand for, where it is not the letter itself. */
const controls: ReadonlyMap<string, string> = new Map([
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
])

const lastCodePoint = 0x10ffff

/** A text in UTF-8. */
export function textOfUtf8(bytes: Uint8Array): ItemContent {
  return { kind: 'str', text: decodeUtf8(bytes), bytes }
}

/** A str of Python 2, which is bytes: shown as text if all are ASCII. */
export function textOfPython2(bytes: Uint8Array): ItemContent {
  const text = latin1Text(bytes)
  return ascii.test(text) ? { kind: 'str', text, bytes } : { kind: 'str', text: undefined, bytes }
}

/** The bytes of a literal in quotes; undefined when the line is none. */
export function bytesOfLiteral(line: Uint8Array): Uint8Array | undefined {
  const [, , inside] = /^(['"])(.*)\1$/s.exec(latin1Text(line).trim()) ?? []
  if (inside === undefined) return undefined
  const text = inside.replace(pythonEscape, (_, hex?: string, octal?: string, broken?: string, letter = '') => {
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16))
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 0xff)
    return broken === undefined ? (controls.get(letter) ?? letter) : ''
  })
  return bytesOfLatin1(text)
}

/** The text of a line in Latin-1 with escapes for other characters. */
export function textOfEscapes(line: Uint8Array): ItemContent {
  const text = latin1Text(line).replace(unicodeEscape, (whole, short?: string, long?: string) => {
    const point = Number.parseInt(short ?? long ?? '', 16)
    return point <= lastCodePoint ? String.fromCodePoint(point) : whole
  })
  return { kind: 'str', text, bytes: line }
}

/** One byte for each character; those beyond Latin-1 lose their upper bits. */
export function bytesOfLatin1(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length)
  for (let index = 0; index < text.length; index += 1) bytes[index] = text.charCodeAt(index)
  return bytes
}
