import { cborDialect } from '../cbor/dialect.ts'
import { readCbor } from '../cbor/read.ts'
import { messagePackDialect } from '../messagepack/dialect.ts'
import { readMessagePack } from '../messagepack/read.ts'
import { readValues } from '../wire/frame.ts'
import { FrameReader } from '../wire/reader.ts'
import { printLine } from './print.ts'

const formats = {
  cbor: { read: readCbor, dialect: cborDialect },
  messagepack: { read: readMessagePack, dialect: messagePackDialect },
} as const

/**
 * A frame on one line of notation, truncated with `…`; undefined when it is not of the encoding. Reads no more of a
 * long frame than it shows, so the rest may still be invalid.
 */
export function notationLine(
  bytes: Uint8Array,
  encoding: keyof typeof formats,
  maximumCharacters: number,
): string | undefined {
  if (bytes.length === 0) return undefined
  const { read, dialect } = formats[encoding]
  // Each value takes at least one character.
  const budget = { values: maximumCharacters + 1 }
  const reader = new FrameReader(bytes, budget)
  const { values, fault } = readValues(bytes, read, reader)
  if (fault && budget.values > 0) return undefined
  const line = values.map((value) => printLine(value, dialect, maximumCharacters)).join(', ')
  return line.length <= maximumCharacters ? line : `${wholeCharacters(line, maximumCharacters - 1)}…`
}

/** The first `length` UTF-16 units, without splitting a surrogate pair. */
function wholeCharacters(text: string, length: number): string {
  const last = text.charCodeAt(length - 1)
  return text.slice(0, last >= 0xd800 && last < 0xdc00 ? length - 1 : length)
}
