import type { FrameReader } from '../wire/reader.ts'
import type { WireTag, WireValue } from '../wire/value.ts'
import type { Head } from './head.ts'

/** The tag of a byte string that itself contains CBOR. */
const encodedCbor = 24

/** Reads the value of a tag. The bytes of encoded CBOR are read as well, if they are one complete item. */
export function readTag(
  reader: FrameReader,
  { start, argument, width }: Head,
  depth: number,
  read: (reader: FrameReader, depth: number) => WireValue,
): WireValue {
  if (reader.remaining === 0) reader.cut(`tag ${argument} at byte ${start} has no value`)
  const found = reader.fault ? reader.missing() : read(reader, depth + 1)
  const inner = argument === encodedCbor ? embedded(reader, found, depth + 1, read) : found
  const tag: WireTag = { kind: 'tag', tag: argument, width, inner }
  return { ...tag, start, end: reader.offset, ...(reader.fault ? { cut: true } : {}) }
}

function embedded(
  reader: FrameReader,
  value: WireValue,
  depth: number,
  read: (reader: FrameReader, depth: number) => WireValue,
): WireValue {
  if (value.kind !== 'bytes') return value
  const { bytes, width, start, end } = value
  const inner = reader.inside(bytes.length, end)
  if (bytes.length > 0 && inner.descends(depth, start)) {
    const item = read(inner, depth + 1)
    if (!inner.fault && inner.remaining === 0) {
      return { kind: 'embedded', items: [item], length: bytes.length, width, start, end }
    }
  }
  return { ...value, note: 'not one whole CBOR item' }
}
