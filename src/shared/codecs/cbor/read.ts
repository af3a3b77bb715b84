import { CodecError } from '../codec.ts'
import { checkDepth } from '../wire/decode.ts'
import { floatContent, integerContent } from '../wire/numbers.ts'
import type { ByteReader } from '../wire/reader.ts'
import type { WireContent, WireEntry, WireValue } from '../wire/value.ts'
import { doubleFloat, halfFloat, singleFloat } from './floats.ts'
import { excess, type Head, indefinite, readHead } from './head.ts'
import { readString } from './strings.ts'
import { tagged } from './tags.ts'

interface Typed {
  readonly type: string
  readonly content: WireContent
}

/** Reads one data item of any kind CBOR has. */
export function readCbor(reader: ByteReader, depth: number): WireValue {
  return readItem(reader, readHead(reader), depth)
}

function readItem(reader: ByteReader, head: Head, depth: number): WireValue {
  const { type, content } = readTyped(reader, head, depth)
  return { type, offset: head.offset, length: reader.offset - head.offset, content }
}

function readTyped(reader: ByteReader, head: Head, depth: number): Typed {
  switch (head.major) {
    case 0:
      return { type: `integer${excess(head)}`, content: integerContent(head.argument) }
    case 1:
      return { type: `integer${excess(head)}`, content: integerContent(-1n - BigInt(head.argument)) }
    case 2:
    case 3:
      return readString(reader, head)
    case 4:
      return readArray(reader, head, depth)
    case 5:
      return readMap(reader, head, depth)
    case 6:
      checkDepth(depth, head.offset)
      return tagged(head.argument, readCbor(reader, depth + 1))
    default:
      return readSimple(head)
  }
}

function readArray(reader: ByteReader, head: Head, depth: number): Typed {
  checkDepth(depth, head.offset)
  const items: WireValue[] = []
  if (head.info === indefinite) {
    for (let next = readHead(reader); !isBreak(next); next = readHead(reader)) {
      items.push(readItem(reader, next, depth + 1))
    }
    return { type: 'array (indefinite length)', content: { kind: 'array', items } }
  }
  reader.expectRoom(head.argument, 1, head.offset)
  for (let index = 0; index < head.argument; index += 1) items.push(readCbor(reader, depth + 1))
  return { type: 'array', content: { kind: 'array', items } }
}

function readMap(reader: ByteReader, head: Head, depth: number): Typed {
  checkDepth(depth, head.offset)
  const entries: WireEntry[] = []
  if (head.info === indefinite) {
    for (let next = readHead(reader); !isBreak(next); next = readHead(reader)) {
      const key = readItem(reader, next, depth + 1)
      entries.push({ key, value: readCbor(reader, depth + 1) })
    }
    return { type: 'map (indefinite length)', content: { kind: 'map', entries } }
  }
  reader.expectRoom(head.argument, 2, head.offset)
  for (let index = 0; index < head.argument; index += 1) {
    const key = readCbor(reader, depth + 1)
    entries.push({ key, value: readCbor(reader, depth + 1) })
  }
  return { type: 'map', content: { kind: 'map', entries } }
}

function isBreak({ major, info }: Head): boolean {
  return major === 7 && info === indefinite
}

/** Reads what major type 7 holds: simple values and floats, whose bits are the head's number. */
function readSimple({ info, argument, offset }: Head): Typed {
  switch (info) {
    case 20:
      return { type: 'boolean', content: { kind: 'scalar', json: 'false' } }
    case 21:
      return { type: 'boolean', content: { kind: 'scalar', json: 'true' } }
    case 22:
      return { type: 'null', content: { kind: 'scalar', json: 'null' } }
    case 23:
      return { type: 'undefined', content: { kind: 'foreign', shown: 'undefined', noun: 'the value undefined' } }
    case 25:
      return { type: 'float 16', content: floatContent(halfFloat(Number(argument))) }
    case 26:
      return { type: 'float 32', content: floatContent(singleFloat(Number(argument))) }
    case 27:
      return { type: 'float 64', content: floatContent(doubleFloat(BigInt(argument))) }
    case indefinite:
      throw new CodecError('decode-failed', `Byte ${offset} is a break (ff) outside an indefinite length`, offset)
  }
  if (info === 24 && argument < 32) {
    throw new CodecError('decode-failed', `Byte ${offset} begins a simple value in a form CBOR forbids`, offset, 2)
  }
  const content: WireContent = { kind: 'foreign', shown: `simple(${argument})`, noun: `the simple value ${argument}` }
  return { type: 'simple value', content }
}
