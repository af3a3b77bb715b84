import { floatOfBits } from '../wire/floats.ts'
import type { FrameReader } from '../wire/reader.ts'
import { simpleFalse, simpleNull, simpleTrue } from '../wire/simple.ts'
import type { Width, WireEntry, WireValue } from '../wire/value.ts'
import { readBinary, readExtension, readText } from './strings.ts'

/** Reads one value of any MessagePack kind, or as much of it as there is. At least one byte must remain. */
export function readMessagePack(reader: FrameReader, depth: number): WireValue {
  const start = reader.offset
  if (!reader.admits()) return reader.stopped(start, 'unread')
  const code = reader.uint8()
  if (code < 0x80) return { kind: 'integer', value: code, width: 0, signed: false, start, end: reader.offset }
  if (code < 0x90) return readMap(reader, code & 15, 0, start, depth)
  if (code < 0xa0) return readArray(reader, code & 15, 0, start, depth)
  if (code < 0xc0) return readText(reader, code & 31, 0, start)
  if (code >= 0xe0) return { kind: 'integer', value: code - 0x100, width: 0, signed: true, start, end: reader.offset }
  if (code >= 0xcc && code <= 0xd3) return readInteger(reader, code, start)
  return readOther(reader, code, start, depth)
}

function readInteger(reader: FrameReader, code: number, start: number): WireValue {
  const width = integerWidth(code)
  const signed = code >= 0xd0
  const type = `${signed ? 'int' : 'uint'} ${width * 8}`
  if (!reader.need(width, type)) return reader.stopped(start, type)
  const value = integerValue(reader, code)
  return { kind: 'integer', value, width, signed, start, end: reader.offset }
}

function integerWidth(code: number): Width {
  switch (code & 3) {
    case 0:
      return 1
    case 1:
      return 2
    case 2:
      return 4
    default:
      return 8
  }
}

function integerValue(reader: FrameReader, code: number): number | bigint {
  switch (code) {
    case 0xcc:
      return reader.uint8()
    case 0xcd:
      return reader.uint16()
    case 0xce:
      return reader.uint32()
    case 0xcf:
      return reader.uint64()
    case 0xd0:
      return reader.int8()
    case 0xd1:
      return reader.int16()
    case 0xd2:
      return reader.int32()
    default:
      return reader.int64()
  }
}

function readOther(reader: FrameReader, code: number, start: number, depth: number): WireValue {
  switch (code) {
    case 0xc0:
      return { kind: 'simple', value: simpleNull, start, end: reader.offset }
    case 0xc2:
    case 0xc3:
      return { kind: 'simple', value: code === 0xc2 ? simpleFalse : simpleTrue, start, end: reader.offset }
    case 0xca:
      if (!reader.need(4, 'float 32')) return reader.stopped(start, 'float 32')
      return floatOfBits(reader.uint32(), 4, start, start + 5)
    case 0xcb:
      if (!reader.need(8, 'float 64')) return reader.stopped(start, 'float 64')
      return floatOfBits(reader.uint64(), 8, start, start + 9)
    case 0xd4:
    case 0xd5:
    case 0xd6:
    case 0xd7:
    case 0xd8:
      return readExtension(reader, 1 << (code - 0xd4), 0, start)
    case 0xc1:
      reader.fail(`Byte ${start} is c1, which MessagePack never uses`, start)
      return reader.stopped(start, 'unread')
  }
  const { name, width } = sizedForm(code)
  if (!reader.need(width, `${name} ${nameOfSize(name)}`)) return reader.stopped(start, name)
  const size = width === 1 ? reader.uint8() : width === 2 ? reader.uint16() : reader.uint32()
  if (code <= 0xc6) return readBinary(reader, size, width, start)
  if (code <= 0xc9) return readExtension(reader, size, width, start)
  if (code <= 0xdb) return readText(reader, size, width, start)
  return code <= 0xdd ? readArray(reader, size, width, start, depth) : readMap(reader, size, width, start, depth)
}

/** What a code followed by a length or count stands for. */
function sizedForm(code: number): { name: string; width: Width } {
  if (code <= 0xc6) return form('bin', code - 0xc4)
  if (code <= 0xc9) return form('ext', code - 0xc7)
  if (code <= 0xdb) return form('str', code - 0xd9)
  return code <= 0xdd ? form('array', code - 0xdb) : form('map', code - 0xdd)
}

function form(kind: string, step: number): { name: string; width: Width } {
  const width = step === 0 ? 1 : step === 1 ? 2 : 4
  return { name: `${kind} ${width * 8}`, width }
}

const nameOfSize = (name: string): string => (/^(?:array|map)/.test(name) ? 'count' : 'length')

function readArray(reader: FrameReader, count: number, width: Width, start: number, depth: number): WireValue {
  if (!reader.descends(depth, start)) return reader.stopped(start, 'unread')
  const items: WireValue[] = []
  while (isMore(reader, items.length, count, 'array', start)) {
    items.push(readMessagePack(reader, depth + 1))
    if (reader.fault) break
  }
  if (!reader.fault) return { kind: 'array', items, width, start, end: reader.offset }
  return { kind: 'array', items, width, start, end: reader.offset, cut: true, announced: count }
}

function readMap(reader: FrameReader, count: number, width: Width, start: number, depth: number): WireValue {
  if (!reader.descends(depth, start)) return reader.stopped(start, 'unread')
  const entries: WireEntry[] = []
  while (isMore(reader, entries.length, count, 'map', start)) {
    const key = readMessagePack(reader, depth + 1)
    if (!reader.fault && reader.remaining === 0) reader.cut(`the key at byte ${key.start} has no value`)
    entries.push({ key, value: reader.fault ? reader.missing() : readMessagePack(reader, depth + 1) })
    if (reader.fault) break
  }
  if (!reader.fault) return { kind: 'map', entries, width, start, end: reader.offset }
  return { kind: 'map', entries, width, start, end: reader.offset, cut: true, announced: count }
}

/** Whether a container continues after `found` parts; it is a fault when the bytes end first. */
function isMore(reader: FrameReader, found: number, count: number, container: 'array' | 'map', start: number): boolean {
  if (found >= count) return false
  if (reader.remaining > 0) return true
  const parts = container === 'map' ? 'entries' : 'items'
  reader.cut(`the ${container} at byte ${start} has ${found} of its ${count} ${parts}`)
  return false
}
