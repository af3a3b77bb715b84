import type { JsonValue } from '../json/value.ts'
import { exactNumber } from '../wire/numbers.ts'
import { stringBytes } from '../wire/string-bytes.ts'
import type { ByteWriter } from '../wire/writer.ts'
import { bignumBytes } from './bignum.ts'

/** Writes the value with the shortest heads CBOR has; decimals as 64-bit floats, integers beyond 64 bits as bignums. */
export function writeCbor(writer: ByteWriter, value: JsonValue): void {
  switch (value.kind) {
    case 'null':
      writer.uint8(0xf6)
      return
    case 'boolean':
      writer.uint8(value.value ? 0xf5 : 0xf4)
      return
    case 'number': {
      const number = exactNumber(value)
      if (typeof number === 'bigint') {
        writeInteger(writer, number)
      } else {
        writer.uint8(0xfb)
        writer.float64(number)
      }
      return
    }
    case 'string': {
      const bytes = stringBytes(value)
      writeHead(writer, 3, bytes.length)
      writer.put(bytes)
      return
    }
    case 'array':
      writeHead(writer, 4, value.items.length)
      for (const item of value.items) writeCbor(writer, item)
      return
    case 'object':
      writeHead(writer, 5, value.members.length)
      for (const { key, value: member } of value.members) {
        writeCbor(writer, key)
        writeCbor(writer, member)
      }
  }
}

function writeInteger(writer: ByteWriter, value: bigint): void {
  const negative = value < 0n
  // CBOR counts negative numbers from minus one.
  const magnitude = negative ? -1n - value : value
  if (magnitude < 1n << 64n) {
    writeHead(writer, negative ? 1 : 0, magnitude)
    return
  }
  const bytes = bignumBytes(magnitude)
  writeHead(writer, 6, negative ? 3 : 2)
  writeHead(writer, 2, bytes.length)
  writer.put(bytes)
}

function writeHead(writer: ByteWriter, major: number, argument: number | bigint): void {
  const start = major << 5
  if (argument < 24) {
    writer.uint8(start | Number(argument))
  } else if (argument < 0x100) {
    writer.uint8(start | 24)
    writer.uint8(Number(argument))
  } else if (argument < 0x10000) {
    writer.uint8(start | 25)
    writer.uint16(Number(argument))
  } else if (argument < 0x100000000) {
    writer.uint8(start | 26)
    writer.uint32(Number(argument))
  } else {
    writer.uint8(start | 27)
    writer.uint64(BigInt(argument))
  }
}
