import { compactHex } from '../hex.ts'
import type { Place } from './fit.ts'
import { type WireField, type WireType, wireTypes } from './scan.ts'
import type { FieldType } from './schema.ts'
import { fromZigzag, readVarint, varintEnd } from './varint.ts'

/** A number or boolean of a declared type. Integers are bigints, whatever their size. */
export type NumberValue = bigint | number | boolean

/** The wire type of a declared type when it is not packed. */
export function wireTypeOf(type: FieldType): WireType {
  switch (type) {
    case 'double':
    case 'fixed64':
    case 'sfixed64':
      return wireTypes.fixed64
    case 'float':
    case 'fixed32':
    case 'sfixed32':
      return wireTypes.fixed32
    case 'string':
    case 'bytes':
    case 'message':
      return wireTypes.lengthDelimited
    case 'group':
      return wireTypes.group
    default:
      return wireTypes.varint
  }
}

/** Whether values of the type can be packed into one field without tags. */
export function isPackable(type: FieldType): boolean {
  const wireType = wireTypeOf(type)
  return wireType !== wireTypes.lengthDelimited && wireType !== wireTypes.group
}

/** The number in a complete field whose wire type matches the declared type. */
export function readNumber(
  bytes: Uint8Array,
  field: { valueStart: number; end: number },
  type: FieldType,
): NumberValue {
  const { valueStart, end } = field
  switch (wireTypeOf(type)) {
    case wireTypes.fixed32:
    case wireTypes.fixed64:
      return readFixed(new DataView(bytes.buffer, bytes.byteOffset + valueStart, end - valueStart), type)
    default:
      return ofVarint(readVarint(bytes, valueStart, end)?.value ?? 0n, type)
  }
}

function readFixed(view: DataView, type: FieldType): NumberValue {
  switch (type) {
    case 'double':
      return view.getFloat64(0, true)
    case 'float':
      return view.getFloat32(0, true)
    case 'fixed32':
      return BigInt(view.getUint32(0, true))
    case 'sfixed32':
      return BigInt(view.getInt32(0, true))
    case 'fixed64':
      return view.getBigUint64(0, true)
    default:
      return view.getBigInt64(0, true)
  }
}

/** The meaning of a varint's low 64 bits for the type; smaller types use the low 32 bits. */
function ofVarint(value: bigint, type: FieldType): NumberValue {
  switch (type) {
    case 'bool':
      return value !== 0n
    case 'uint32':
      return BigInt.asUintN(32, value)
    case 'uint64':
      return value
    case 'sint32':
      return fromZigzag(BigInt.asUintN(32, value))
    case 'sint64':
      return fromZigzag(value)
    case 'int64':
      return BigInt.asIntN(64, value)
    default:
      return BigInt.asIntN(32, value)
  }
}

/** The values of a packed field; undefined when they do not fill its content exactly. */
export function unpack(bytes: Uint8Array, field: WireField, type: FieldType): Place[] | undefined {
  const parts: Place[] = []
  const wireType = wireTypeOf(type)
  const size = wireType === wireTypes.fixed64 ? 8 : wireType === wireTypes.fixed32 ? 4 : undefined
  let valueStart = field.contentStart
  while (valueStart < field.contentEnd) {
    const end = size === undefined ? varintEnd(bytes, valueStart, field.contentEnd) : valueStart + size
    if (end === undefined || end > field.contentEnd) return undefined
    parts.push({ valueStart, end, contentStart: valueStart, contentEnd: end })
    valueStart = end
  }
  return parts
}

/** The number as JSON text, although JSON has no -0, NaN or infinities. Loses nothing but the bits of a NaN. */
export function numberText(value: NumberValue, type: FieldType): string {
  if (typeof value !== 'number') return String(value)
  if (Object.is(value, -0)) return '-0'
  return type === 'float' ? shortFloat(value) : String(value)
}

/** The fewest decimal digits that identify this 32-bit float. */
function shortFloat(value: number): string {
  if (!Number.isFinite(value)) return String(value)
  for (let digits = 1; digits < 9; digits += 1) {
    const rounded = Number(value.toPrecision(digits))
    if (Math.fround(rounded) === value) return String(rounded)
  }
  return String(Number(value.toPrecision(9)))
}

/** Bytes in the notation of the trees. */
export function bytesText(bytes: Uint8Array): string {
  return `h'${compactHex(bytes)}'`
}
