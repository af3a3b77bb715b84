import type { JsonValue } from '../json/value.ts'
import { exactNumber, numberError } from '../wire/numbers.ts'
import { stringBytes } from '../wire/string-bytes.ts'
import type { ByteWriter } from '../wire/writer.ts'

/** Writes the value in the shortest form MessagePack has for it; decimals as 64-bit floats. */
export function writeMessagePack(writer: ByteWriter, value: JsonValue): void {
  switch (value.kind) {
    case 'null':
      writer.uint8(0xc0)
      return
    case 'boolean':
      writer.uint8(value.value ? 0xc3 : 0xc2)
      return
    case 'number': {
      const number = exactNumber(value)
      if (typeof number === 'bigint') {
        if (!writeInteger(writer, number)) throw numberError(value, 'does not fit in 64 bits')
      } else {
        writer.uint8(0xcb)
        writer.float64(number)
      }
      return
    }
    case 'string': {
      const bytes = stringBytes(value)
      writeStringHead(writer, bytes.length)
      writer.put(bytes)
      return
    }
    case 'array':
      writeContainerHead(writer, value.items.length, 0x90, 0xdc)
      for (const item of value.items) writeMessagePack(writer, item)
      return
    case 'object':
      writeContainerHead(writer, value.members.length, 0x80, 0xde)
      for (const { key, value: member } of value.members) {
        writeMessagePack(writer, key)
        writeMessagePack(writer, member)
      }
  }
}

function writeInteger(writer: ByteWriter, value: bigint): boolean {
  if (value >= -0x20n && value < 0x80n) {
    writer.uint8(Number(value) & 0xff)
  } else if (value > 0n) {
    if (value < 0x100n) {
      writer.uint8(0xcc)
      writer.uint8(Number(value))
    } else if (value < 0x10000n) {
      writer.uint8(0xcd)
      writer.uint16(Number(value))
    } else if (value < 0x100000000n) {
      writer.uint8(0xce)
      writer.uint32(Number(value))
    } else if (value < 1n << 64n) {
      writer.uint8(0xcf)
      writer.uint64(value)
    } else {
      return false
    }
  } else if (value >= -0x80n) {
    writer.uint8(0xd0)
    writer.uint8(Number(value))
  } else if (value >= -0x8000n) {
    writer.uint8(0xd1)
    writer.uint16(Number(value))
  } else if (value >= -0x80000000n) {
    writer.uint8(0xd2)
    writer.uint32(Number(value))
  } else if (value >= -(1n << 63n)) {
    writer.uint8(0xd3)
    writer.uint64(value)
  } else {
    return false
  }
  return true
}

function writeStringHead(writer: ByteWriter, length: number): void {
  if (length < 32) {
    writer.uint8(0xa0 | length)
  } else if (length < 0x100) {
    writer.uint8(0xd9)
    writer.uint8(length)
  } else if (length < 0x10000) {
    writer.uint8(0xda)
    writer.uint16(length)
  } else {
    writer.uint8(0xdb)
    writer.uint32(length)
  }
}

/** The head of an array or map; the code for 32-bit counts follows the one for 16-bit counts. */
function writeContainerHead(writer: ByteWriter, count: number, short: number, long: number): void {
  if (count < 16) {
    writer.uint8(short | count)
  } else if (count < 0x10000) {
    writer.uint8(long)
    writer.uint16(count)
  } else {
    writer.uint8(long + 1)
    writer.uint32(count)
  }
}
