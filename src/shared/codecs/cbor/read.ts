import { floatOfBits } from '../wire/floats.ts'
import type { FrameReader } from '../wire/reader.ts'
import type { WireEntry, WireValue } from '../wire/value.ts'
import { begunType, type Head, indefinite, readHead } from './head.ts'
import { readString } from './strings.ts'
import { readTag } from './tags.ts'

const breakByte = 0xff

/** Reads one data item of any CBOR kind, or as much of it as there is. At least one byte must remain. */
export function readCbor(reader: FrameReader, depth: number): WireValue {
  const start = reader.offset
  if (!reader.admits()) return reader.stopped(start, 'unread')
  const first = reader.peek()
  const head = readHead(reader)
  if (!head) return reader.stopped(start, begunType(first))
  const { major, argument, width } = head
  switch (major) {
    case 0:
      return { kind: 'integer', value: argument, width, signed: false, start, end: reader.offset }
    case 1: {
      const value = typeof argument === 'number' ? -1 - argument : -1n - argument
      return { kind: 'integer', value, width, signed: false, start, end: reader.offset }
    }
    case 2:
    case 3:
      return readString(reader, head)
    case 7:
      return readSimple(reader, head)
  }
  if (!reader.descends(depth, start)) return reader.stopped(start, 'unread')
  if (major === 4) return readArray(reader, head, depth)
  return major === 5 ? readMap(reader, head, depth) : readTag(reader, head, depth, readCbor)
}

function readArray(reader: FrameReader, head: Head, depth: number): WireValue {
  const { start, argument } = head
  const items: WireValue[] = []
  while (isMore(reader, head, items.length, 'array', 'items')) {
    items.push(readCbor(reader, depth + 1))
    if (reader.fault) break
  }
  const width = head.info === indefinite ? 'indefinite' : head.width
  if (!reader.fault) return { kind: 'array', items, width, start, end: reader.offset }
  return { kind: 'array', items, width, start, end: reader.offset, ...cutAt(head, argument) }
}

function readMap(reader: FrameReader, head: Head, depth: number): WireValue {
  const { start, info, argument } = head
  const entries: WireEntry[] = []
  while (isMore(reader, head, entries.length, 'map', 'entries')) {
    const key = readCbor(reader, depth + 1)
    entries.push({ key, value: readEntryValue(reader, key, info, depth) })
    if (reader.fault) break
  }
  const width = info === indefinite ? 'indefinite' : head.width
  if (!reader.fault) return { kind: 'map', entries, width, start, end: reader.offset }
  return { kind: 'map', entries, width, start, end: reader.offset, ...cutAt(head, argument) }
}

function readEntryValue(reader: FrameReader, key: WireValue, info: number, depth: number): WireValue {
  if (!reader.fault && reader.remaining === 0) reader.cut(`the key at byte ${key.start} has no value`)
  if (reader.fault) return reader.missing()
  if (info !== indefinite || reader.peek() !== breakByte) return readCbor(reader, depth + 1)
  reader.fail(`The key at byte ${key.start} has no value: the map ends after it`, key.start, key.end - key.start)
  return reader.stopped(reader.offset, 'unread')
}

function cutAt({ info }: Head, argument: number | bigint): { cut: true; announced?: number | bigint } {
  return info === indefinite ? { cut: true } : { cut: true, announced: argument }
}

/** Whether a container continues after `count` parts. Consumes the break that ends it; a missing break is a fault. */
function isMore(reader: FrameReader, head: Head, count: number, container: string, parts: string): boolean {
  const { start, info, argument } = head
  if (info === indefinite) {
    if (reader.remaining === 0) {
      reader.cut(`the ${container} at byte ${start} has no break (ff) at its end`)
      return false
    }
    if (reader.peek() !== breakByte) return true
    reader.uint8()
    return false
  }
  if (count >= argument) return false
  if (reader.remaining > 0) return true
  reader.cut(`the ${container} at byte ${start} has ${count} of its ${argument} ${parts}`)
  return false
}

/** Reads major type 7: simple values and floats, whose bits are the head's number. */
function readSimple(reader: FrameReader, { info, argument, start }: Head): WireValue {
  const end = reader.offset
  switch (info) {
    case 25:
      return floatOfBits(argument, 2, start, end)
    case 26:
      return floatOfBits(argument, 4, start, end)
    case 27:
      return floatOfBits(argument, 8, start, end)
    case indefinite:
      reader.fail(`Byte ${start} is a break (ff) outside an indefinite length`, start)
      return reader.stopped(start, 'unread')
  }
  if (info === 24 && argument < 32) {
    reader.fail(`Byte ${start} starts a simple value in a form CBOR forbids`, start, 2)
    return reader.stopped(start, 'unread')
  }
  return { kind: 'simple', value: Number(argument), start, end }
}
