import type { FrameReader } from '../wire/reader.ts'
import type { Width } from '../wire/value.ts'

/** The head of a CBOR item: its major type, the five additional bits, and the number they lead to. */
export interface Head {
  readonly start: number
  readonly major: number
  readonly info: number
  /** Bytes that the number takes after the first byte. */
  readonly width: Width
  /** Zero when `info` announces an indefinite length. */
  readonly argument: number | bigint
}

export const indefinite = 31

/** What the head's number is, by major type. */
const numbers = [
  'integer',
  'integer',
  'byte string length',
  'text string length',
  'array count',
  'map count',
  'tag number',
  'simple value',
] as const

/** Reads a head. Numbers that fit are `number`, so that only 64-bit ones cost a bigint. Undefined on a fault. */
export function readHead(reader: FrameReader): Head | undefined {
  const start = reader.offset
  const byte = reader.uint8()
  const major = byte >> 5
  const info = byte & 31
  if (info < 24) return { start, major, info, width: 0, argument: info }
  switch (info) {
    case 24:
      return reader.need(1, numberName(major, info)) ? head(start, major, info, 1, reader.uint8()) : undefined
    case 25:
      return reader.need(2, numberName(major, info)) ? head(start, major, info, 2, reader.uint16()) : undefined
    case 26:
      return reader.need(4, numberName(major, info)) ? head(start, major, info, 4, reader.uint32()) : undefined
    case 27:
      return reader.need(8, numberName(major, info)) ? head(start, major, info, 8, reader.uint64()) : undefined
    case indefinite:
      if (major >= 2 && major !== 6) return { start, major, info, width: 0, argument: 0 }
      break
  }
  const shown = byte.toString(16).padStart(2, '0')
  reader.fail(`Byte ${start} is ${shown}, which CBOR does not use`, start)
  return undefined
}

function head(start: number, major: number, info: number, width: Width, argument: number | bigint): Head {
  return { start, major, info, width, argument }
}

function numberName(major: number, info: number): string {
  if (major === 7 && info > 24) return `float ${8 << (info - 24)}`
  return numbers[major] ?? 'value'
}

/** The kind of item that a first byte starts, when nothing else of it is there. */
export function begunType(byte: number): string {
  return numberName(byte >> 5, byte & 31).replace(/ (?:length|count|number)$/, '')
}

/** The smallest width that can hold the number. */
export function shortestWidth(argument: number | bigint): Width {
  if (argument < 24) return 0
  if (argument < 0x100) return 1
  if (argument < 0x10000) return 2
  return argument < 0x100000000 ? 4 : 8
}
