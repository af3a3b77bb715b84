import { encodeUtf8 } from '../../utf8.ts'
import { base64 } from '../base64.ts'
import { CodecError } from '../codec.ts'
import type { JsonValue } from '../json/value.ts'
import { nearest } from './nearest.ts'
import type { FieldType, ProtobufSchema } from './schema.ts'
import { toZigzag } from './varint.ts'
import { nullValue } from './well-known.ts'
import type { ByteWriter } from './writer.ts'

/** A non-message value, ready to be written. */
export type ScalarValue = bigint | number | boolean | Uint8Array

const ranges: Readonly<Record<string, readonly [bigint, bigint]>> = {
  int32: [-(2n ** 31n), 2n ** 31n - 1n],
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
  uint32: [0n, 2n ** 32n - 1n],
  uint64: [0n, 2n ** 64n - 1n],
}
const rangeOf: Readonly<Record<string, readonly [bigint, bigint] | undefined>> = {
  ...ranges,
  sint32: ranges.int32,
  sfixed32: ranges.int32,
  enum: ranges.int32,
  sint64: ranges.int64,
  sfixed64: ranges.int64,
  fixed32: ranges.uint32,
  fixed64: ranges.uint64,
}

const number = /^(-?)(0|[1-9]\d*)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/
/** No integer type has more digits. */
const maximumDigits = 20
/** Longer numbers take too long to parse. */
const maximumSource = 1000
const infinities: ReadonlyMap<string, number> = new Map([
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
])

/** The type of a value: a field's, or the key of a map. */
export interface Wanted {
  readonly type: FieldType
  readonly typeName: string | null
  /** How messages refer to it: `'id'`. */
  readonly what: string
}

/** The value of a non-message field. Throws `CodecError` with its place when it does not fit the type. */
export function scalarOf(schema: ProtobufSchema, wanted: Wanted, value: JsonValue): ScalarValue {
  switch (wanted.type) {
    case 'bool':
      if (value.kind === 'boolean') return value.value
      throw mismatch(wanted, 'true or false', value)
    case 'string':
      if (value.kind === 'string') return inPlace(value, () => encodeUtf8(value.value))
      throw mismatch(wanted, 'text', value)
    case 'bytes':
      if (value.kind === 'string') return inPlace(value, () => base64.encode(value.value))
      throw mismatch(wanted, 'bytes as Base64 text', value)
    case 'enum':
      return enumNumber(schema, wanted, value)
    case 'double':
    case 'float':
      return float(wanted, value)
    default:
      return integer(wanted, value)
  }
}

/** The key of a map entry; JSON has it as text, whatever its type. */
export function mapKey(
  schema: ProtobufSchema,
  wanted: Wanted,
  key: Extract<JsonValue, { kind: 'string' }>,
): ScalarValue {
  if (wanted.type !== 'bool') return scalarOf(schema, wanted, key)
  if (key.value === 'true' || key.value === 'false') return key.value === 'true'
  throw mismatch(wanted, '"true" or "false"', key)
}

/** Whether a field without presence is omitted for this value. Of the two zeros, only the positive one is. */
export function isZero(value: ScalarValue): boolean {
  if (typeof value === 'object') return value.length === 0
  return value === 0n || value === false || Object.is(value, 0)
}

/** Writes the value without a tag, but with its length. */
export function writeScalar(writer: ByteWriter, type: FieldType, value: ScalarValue): void {
  if (typeof value === 'object') {
    writer.varint(BigInt(value.length))
    writer.bytes(value)
  } else if (typeof value === 'boolean') {
    writer.varint(value ? 1n : 0n)
  } else if (typeof value === 'number') {
    if (type === 'float') writer.float(value)
    else writer.double(value)
  } else if (type === 'fixed32' || type === 'sfixed32') {
    writer.fixed32(value)
  } else if (type === 'fixed64' || type === 'sfixed64') {
    writer.fixed64(value)
  } else {
    writer.varint(type === 'sint32' || type === 'sint64' ? toZigzag(value) : value)
  }
}

function enumNumber(schema: ProtobufSchema, wanted: Wanted, value: JsonValue): bigint {
  const name = wanted.typeName ?? ''
  if (value.kind === 'null' && name === nullValue) return 0n
  if (value.kind === 'number') return integer(wanted, value)
  if (value.kind !== 'string') throw mismatch(wanted, `a name or number of ${name}`, value)
  const values = schema.enums[name]?.values ?? []
  const found = values.find((one) => one.name === value.value)
  if (found !== undefined) return BigInt(found.number)
  const similar = nearest(
    value.value,
    values.map((one) => one.name),
  )
  throw faultAt(value, `${name} has no value '${shorten(value.value)}': expected ${similar}`)
}

function integer(wanted: Wanted, value: JsonValue): bigint {
  const source = value.kind === 'number' ? value.source : value.kind === 'string' ? value.value : ''
  const [, sign, whole, fraction = '', exponent = '0'] = number.exec(source.length > maximumSource ? '' : source) ?? []
  if (whole === undefined) throw mismatch(wanted, 'a whole number', value)
  const [lowest, highest] = rangeOf[wanted.type] ?? [0n, 0n]
  const outside = `Out of range for ${wanted.type}: ${lowest} to ${highest}`
  const digits = `${whole}${fraction}`.replace(/^0+/, '').replace(/0+$/, '')
  if (digits === '') return 0n
  const trailing = `${whole}${fraction}`.length - `${whole}${fraction}`.replace(/0+$/, '').length
  const zeroes = Number(exponent) - fraction.length + trailing
  if (zeroes < 0) throw mismatch(wanted, 'a whole number', value)
  if (digits.length + zeroes > maximumDigits) throw faultAt(value, outside)
  const result = BigInt(digits + '0'.repeat(zeroes)) * (sign === '-' ? -1n : 1n)
  if (result < lowest || result > highest) throw faultAt(value, outside)
  return result
}

function float(wanted: Wanted, value: JsonValue): number {
  const special = value.kind === 'string' ? infinities.get(value.value) : undefined
  if (special !== undefined) return special
  const source = value.kind === 'number' ? value.source : value.kind === 'string' ? value.value : ''
  if (!number.test(source)) throw mismatch(wanted, 'a number, "NaN", "Infinity" or "-Infinity"', value)
  const result = wanted.type === 'float' ? Math.fround(Number(source)) : Number(source)
  if (Number.isFinite(result)) return result
  throw faultAt(value, `Out of range for ${wanted.type}`)
}

export function mismatch(
  { type, what }: Pick<Wanted, 'what'> & { type: string },
  expected: string,
  value: JsonValue,
): CodecError {
  const found: Record<JsonValue['kind'], string> = {
    null: 'null',
    boolean: value.kind === 'boolean' ? String(value.value) : '',
    number: value.kind === 'number' ? shorten(value.source) : '',
    string: value.kind === 'string' ? `text "${shorten(value.value)}"` : '',
    array: 'a list',
    object: 'an object',
  }
  return faultAt(value, `Expected ${expected} for ${what} (${type}), found ${found[value.kind]}`)
}

export function faultAt({ start, end }: { start: number; end: number }, message: string): CodecError {
  return new CodecError('encode-failed', message, start, end - start)
}

/** Keeps a message readable when the quoted text is long. */
export function shorten(written: string): string {
  const characters = [...written.slice(0, 48)]
  return written.length > 40 ? `${characters.slice(0, 40).join('')}…` : written
}

/** Runs `operation` on a string's content. Escapes there shift offsets, so an error is reported at the whole string. */
function inPlace<T>(value: JsonValue, operation: () => T): T {
  try {
    return operation()
  } catch (error) {
    if (error instanceof CodecError) throw faultAt(value, error.message)
    throw error
  }
}
