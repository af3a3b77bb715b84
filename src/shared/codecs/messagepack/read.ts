import { CodecError } from '../codec.ts'
import { checkDepth } from '../wire/decode.ts'
import { floatContent, integerContent } from '../wire/numbers.ts'
import type { ByteReader } from '../wire/reader.ts'
import { textContent } from '../wire/text.ts'
import type { WireContent, WireEntry, WireValue } from '../wire/value.ts'
import { timestampOf } from './timestamp.ts'

interface Typed {
  readonly type: string
  readonly content: WireContent
}

/** Reads one value of any kind MessagePack has. */
export function readMessagePack(reader: ByteReader, depth: number): WireValue {
  const offset = reader.offset
  const { type, content } = readTyped(reader, reader.uint8(), offset, depth)
  return { type, offset, length: reader.offset - offset, content }
}

function readTyped(reader: ByteReader, code: number, offset: number, depth: number): Typed {
  if (code < 0x80) return { type: 'fixint', content: integerContent(code) }
  if (code < 0x90) return readMap(reader, code & 15, offset, depth)
  if (code < 0xa0) return readArray(reader, code & 15, offset, depth)
  if (code < 0xc0) return readText(reader, code & 31)
  if (code >= 0xe0) return { type: 'fixint', content: integerContent(code - 0x100) }
  switch (code) {
    case 0xc0:
      return { type: 'nil', content: { kind: 'scalar', json: 'null' } }
    case 0xc2:
      return { type: 'boolean', content: { kind: 'scalar', json: 'false' } }
    case 0xc3:
      return { type: 'boolean', content: { kind: 'scalar', json: 'true' } }
    case 0xc4:
      return readBinary(reader, reader.uint8())
    case 0xc5:
      return readBinary(reader, reader.uint16())
    case 0xc6:
      return readBinary(reader, reader.uint32())
    case 0xc7:
      return readExtension(reader, reader.uint8())
    case 0xc8:
      return readExtension(reader, reader.uint16())
    case 0xc9:
      return readExtension(reader, reader.uint32())
    case 0xca:
      return { type: 'float 32', content: floatContent(reader.float32()) }
    case 0xcb:
      return { type: 'float 64', content: floatContent(reader.float64()) }
    case 0xcc:
      return { type: 'uint 8', content: integerContent(reader.uint8()) }
    case 0xcd:
      return { type: 'uint 16', content: integerContent(reader.uint16()) }
    case 0xce:
      return { type: 'uint 32', content: integerContent(reader.uint32()) }
    case 0xcf:
      return { type: 'uint 64', content: integerContent(reader.uint64()) }
    case 0xd0:
      return { type: 'int 8', content: integerContent(reader.int8()) }
    case 0xd1:
      return { type: 'int 16', content: integerContent(reader.int16()) }
    case 0xd2:
      return { type: 'int 32', content: integerContent(reader.int32()) }
    case 0xd3:
      return { type: 'int 64', content: integerContent(reader.int64()) }
    case 0xd4:
    case 0xd5:
    case 0xd6:
    case 0xd7:
    case 0xd8:
      return readExtension(reader, 1 << (code - 0xd4))
    case 0xd9:
      return readText(reader, reader.uint8())
    case 0xda:
      return readText(reader, reader.uint16())
    case 0xdb:
      return readText(reader, reader.uint32())
    case 0xdc:
      return readArray(reader, reader.uint16(), offset, depth)
    case 0xdd:
      return readArray(reader, reader.uint32(), offset, depth)
    case 0xde:
      return readMap(reader, reader.uint16(), offset, depth)
    case 0xdf:
      return readMap(reader, reader.uint32(), offset, depth)
    default:
      throw new CodecError('decode-failed', `Byte ${offset} is c1, which MessagePack never uses`, offset)
  }
}

function readText(reader: ByteReader, length: number): Typed {
  return { type: 'string', content: textContent(reader.take(length)) }
}

function readBinary(reader: ByteReader, length: number): Typed {
  return { type: 'binary', content: { kind: 'bytes', bytes: reader.take(length), noun: 'a byte string' } }
}

function readExtension(reader: ByteReader, length: number): Typed {
  const type = reader.int8()
  const bytes = reader.take(length)
  const time = type === -1 ? timestampOf(bytes) : undefined
  if (time !== undefined) return { type: 'timestamp', content: { kind: 'foreign', shown: time, noun: 'a timestamp' } }
  return { type: `ext ${type}`, content: { kind: 'bytes', bytes, noun: `a value of extension type ${type}` } }
}

function readArray(reader: ByteReader, count: number, offset: number, depth: number): Typed {
  checkDepth(depth, offset)
  reader.expectRoom(count, 1, offset)
  const items: WireValue[] = []
  for (let index = 0; index < count; index += 1) items.push(readMessagePack(reader, depth + 1))
  return { type: 'array', content: { kind: 'array', items } }
}

function readMap(reader: ByteReader, count: number, offset: number, depth: number): Typed {
  checkDepth(depth, offset)
  reader.expectRoom(count, 2, offset)
  const entries: WireEntry[] = []
  for (let index = 0; index < count; index += 1) {
    const key = readMessagePack(reader, depth + 1)
    entries.push({ key, value: readMessagePack(reader, depth + 1) })
  }
  return { type: 'map', content: { kind: 'map', entries } }
}
