import { bitsOfFloat } from '../wire/floats.ts'
import { simpleFalse, simpleNull } from '../wire/simple.ts'
import type { Width, WireInteger, WireValue } from '../wire/value.ts'
import { type ByteWriter, writeText } from '../wire/writer.ts'

/** Writes the value in its own form. */
export function writeMessagePack(writer: ByteWriter, value: WireValue): void {
  switch (value.kind) {
    case 'integer':
      writeInteger(writer, value)
      return
    case 'float':
      writer.uint8(value.width === 4 ? 0xca : 0xcb)
      writer.uint(bitsOfFloat(value), value.width)
      return
    case 'simple':
      writer.uint8(value.value === simpleNull ? 0xc0 : value.value === simpleFalse ? 0xc2 : 0xc3)
      return
    case 'text':
      writeHead(writer, value.size, value.width, 0xa0, 0xd9)
      writeText(writer, value)
      return
    case 'bytes':
      writeHead(writer, value.bytes.length, value.width, 0, 0xc4)
      writer.put(value.bytes)
      return
    case 'extension':
      if (value.width === 0) writer.uint8(0xd4 + Math.log2(value.bytes.length))
      else writeHead(writer, value.bytes.length, value.width, 0, 0xc7)
      writer.uint8(value.type)
      writer.put(value.bytes)
      return
    case 'array':
      // Containers have no code for one-byte counts: their two codes start where that third one would.
      writeHead(writer, value.items.length, value.width, 0x90, 0xdb)
      for (const item of value.items) writeMessagePack(writer, item)
      return
    case 'map':
      writeHead(writer, value.entries.length, value.width, 0x80, 0xdd)
      for (const { key, value: member } of value.entries) {
        writeMessagePack(writer, key)
        writeMessagePack(writer, member)
      }
      return
    case 'chunks':
    case 'tag':
    case 'embedded':
    case 'unread':
      throw new Error(`MessagePack has no ${value.kind}`)
  }
}

function writeInteger(writer: ByteWriter, { value, width, signed }: WireInteger): void {
  if (width === 0) {
    writer.uint8(Number(value) & 0xff)
    return
  }
  writer.uint8((signed ? 0xd0 : 0xcc) + stepOf(width))
  writer.uint(value, width)
}

/**
 * Writes a head whose size is in the first byte (added to `short`) or after it; `first` is the code for a one-byte
 * size.
 */
function writeHead(writer: ByteWriter, size: number, width: Width | 'indefinite', short: number, first: number): void {
  if (width === 'indefinite') throw new Error('MessagePack has no indefinite lengths')
  writer.uint8(width === 0 ? short | size : first + stepOf(width))
  writer.uint(size, width)
}

/** The codes for 1, 2, 4 and 8 bytes are consecutive. */
const stepOf = (width: Width): number => Math.log2(width)
