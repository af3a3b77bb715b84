import { floatOfBits } from '../wire/floats.ts'
import type { WireValue } from '../wire/value.ts'

/** As many elements are named; the rest is counted. */
const named = 100

const half = (bits: number): number => floatOfBits(bits, 2, 0, 0).value

/** Reads the elements of bytes that are one number behind the other. */
type Read = (view: DataView, offset: number, isLittle: boolean) => number | bigint

interface Elements {
  readonly size: 1 | 2 | 4 | 8
  readonly read: Read
}

const unsigned: readonly Elements[] = [
  { size: 1, read: (view, offset) => view.getUint8(offset) },
  { size: 2, read: (view, offset, isLittle) => view.getUint16(offset, isLittle) },
  { size: 4, read: (view, offset, isLittle) => view.getUint32(offset, isLittle) },
  { size: 8, read: (view, offset, isLittle) => view.getBigUint64(offset, isLittle) },
]
const signed: readonly Elements[] = [
  { size: 1, read: (view, offset) => view.getInt8(offset) },
  { size: 2, read: (view, offset, isLittle) => view.getInt16(offset, isLittle) },
  { size: 4, read: (view, offset, isLittle) => view.getInt32(offset, isLittle) },
  { size: 8, read: (view, offset, isLittle) => view.getBigInt64(offset, isLittle) },
]
/** Of 128 bits there are none: JavaScript has no such number. */
const floats: readonly Elements[] = [
  { size: 2, read: (view, offset, isLittle) => half(view.getUint16(offset, isLittle)) },
  { size: 4, read: (view, offset, isLittle) => view.getFloat32(offset, isLittle) },
  { size: 8, read: (view, offset, isLittle) => view.getFloat64(offset, isLittle) },
]

const [firstTag, lastTag] = [64, 87]
/** Bytes have no order: this tag is kept free. */
const reservedTag = 76

/**
 * Tags 64 to 87, as RFC 8746 builds them: `010` f s e ll, for float, signed, little endian and size. Its elements in
 * brackets; undefined when the bytes are no whole number of them.
 */
export function typedArray(tag: number, inner: WireValue): string | undefined {
  if (tag < firstTag || tag > lastTag || tag === reservedTag || inner.kind !== 'bytes') return undefined
  const kinds = tag & 0x10 ? floats : tag & 0x08 ? signed : unsigned
  const elements = kinds[tag & 0x03]
  if (!elements || inner.bytes.length % elements.size !== 0) return undefined
  const isLittle = (tag & 0x04) !== 0
  const { buffer, byteOffset, byteLength } = inner.bytes
  const view = new DataView(buffer, byteOffset, byteLength)
  const count = byteLength / elements.size
  const texts = Array.from({ length: Math.min(count, named) }, (_, index) =>
    numberText(elements.read(view, index * elements.size, isLittle)),
  )
  return `[${texts.join(', ')}${count > named ? `, … ${count - named} more` : ''}]`
}

const numberText = (value: number | bigint): string => (Object.is(value, -0) ? '-0' : String(value))
