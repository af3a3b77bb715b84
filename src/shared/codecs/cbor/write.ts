import { bitsOfFloat } from '../wire/floats.ts'
import type { FloatWidth, Width, WireValue } from '../wire/value.ts'
import { type ByteWriter, writeText } from '../wire/writer.ts'

const breakByte = 0xff
const infoOfWidth: Readonly<Record<Width, number>> = { 0: 0, 1: 24, 2: 25, 4: 26, 8: 27 }
const floatHeads: Readonly<Record<FloatWidth, number>> = { 2: 0xf9, 4: 0xfa, 8: 0xfb }

/** Writes the value in its own form. */
export function writeCbor(writer: ByteWriter, value: WireValue): void {
  switch (value.kind) {
    case 'integer': {
      const { value: integer, width } = value
      // CBOR encodes a negative integer n as -1 - n.
      if (integer < 0) writeHead(writer, 1, typeof integer === 'number' ? -1 - integer : -1n - integer, width)
      else writeHead(writer, 0, integer, width)
      return
    }
    case 'float':
      writer.uint8(floatHeads[value.width])
      writer.uint(bitsOfFloat(value), value.width)
      return
    case 'simple':
      writeHead(writer, 7, value.value, value.value < 24 ? 0 : 1)
      return
    case 'text':
      writeHead(writer, 3, value.size, value.width)
      writeText(writer, value)
      return
    case 'bytes':
      writeHead(writer, 2, value.bytes.length, value.width)
      writer.put(value.bytes)
      return
    case 'chunks':
      writer.uint8(value.of === 'text' ? 0x7f : 0x5f)
      for (const chunk of value.chunks) writeCbor(writer, chunk)
      writer.uint8(breakByte)
      return
    case 'array':
      writeOpening(writer, 4, value.items.length, value.width)
      for (const item of value.items) writeCbor(writer, item)
      if (value.width === 'indefinite') writer.uint8(breakByte)
      return
    case 'map':
      writeOpening(writer, 5, value.entries.length, value.width)
      for (const { key, value: member } of value.entries) {
        writeCbor(writer, key)
        writeCbor(writer, member)
      }
      if (value.width === 'indefinite') writer.uint8(breakByte)
      return
    case 'tag':
      writeHead(writer, 6, value.tag, value.width)
      writeCbor(writer, value.inner)
      return
    case 'embedded':
      writeHead(writer, 2, value.length, value.width)
      for (const item of value.items) writeCbor(writer, item)
      return
    case 'extension':
    case 'unread':
      throw new Error(`CBOR has no ${value.kind}`)
  }
}

function writeOpening(writer: ByteWriter, major: number, count: number, width: Width | 'indefinite'): void {
  if (width === 'indefinite') writer.uint8((major << 5) | 31)
  else writeHead(writer, major, count, width)
}

function writeHead(writer: ByteWriter, major: number, argument: number | bigint, width: Width): void {
  writer.uint8((major << 5) | (width === 0 ? Number(argument) : infoOfWidth[width]))
  writer.uint(argument, width)
}

/** Encoded size of the value, in bytes. */
function cborSize(value: WireValue): number {
  switch (value.kind) {
    case 'integer':
      return 1 + value.width
    case 'float':
      return 1 + value.width
    case 'simple':
      return value.value < 24 ? 1 : 2
    case 'text':
      return 1 + value.width + value.size
    case 'bytes':
      return 1 + value.width + value.bytes.length
    case 'chunks':
      return 2 + sizeOfAll(value.chunks)
    case 'array':
      return sizeOfOpening(value.width) + sizeOfAll(value.items)
    case 'map':
      return value.entries.reduce(
        (total, { key, value: member }) => total + cborSize(key) + cborSize(member),
        sizeOfOpening(value.width),
      )
    case 'tag':
      return 1 + value.width + cborSize(value.inner)
    case 'embedded':
      return 1 + value.width + value.length
    case 'extension':
    case 'unread':
      throw new Error(`CBOR has no ${value.kind}`)
  }
}

/** Encoded size of the values together, in bytes. */
export function sizeOfAll(values: readonly WireValue[]): number {
  return values.reduce((total, value) => total + cborSize(value), 0)
}

/** Size of the head and, for an indefinite length, the break. */
const sizeOfOpening = (width: Width | 'indefinite'): number => (width === 'indefinite' ? 2 : 1 + width)
