import { decodeUtf8 } from '../../utf8.ts'
import { type Place, valuesIn } from './fit.ts'
import { failed, scalarJson } from './json-scalar.ts'
import { type NumberValue, readNumber, wireTypeOf } from './numbers.ts'
import { type WireField, wireTypes } from './scan.ts'
import type { FieldType, ProtobufField, ProtobufMessage, ProtobufSchema } from './schema.ts'
import { durationText, pathToJson, timestampText, typeOfUrl, wellKnownOf, wrappedType } from './well-known.ts'

const noSchema: ProtobufSchema = { messages: {}, enums: {} }
const zeroes: Readonly<Record<string, string>> = { bool: 'false', string: '""', bytes: '""' }

/** The JSON of a Timestamp, Duration, FieldMask or wrapper. Throws `CodecError` when it has none. */
export function plainText(
  bytes: Uint8Array,
  name: string,
  fields: readonly WireField[],
  start: number,
  end: number,
): string {
  const kind = wellKnownOf(name)
  if (kind === 'wrapper') {
    const type = wrappedType(name)
    const field = lastOf(fields, 1, type)
    if (field !== undefined) return scalarJson(bytes, noSchema, { type, typeName: null }, field)
    const isQuoted = type.endsWith('64')
    return zeroes[type] ?? (isQuoted ? '"0"' : '0')
  }
  if (kind === 'fieldMask') {
    const paths = fields.map(({ number, contentStart, contentEnd }) => {
      const path = number === 1 ? decodeUtf8(bytes.subarray(contentStart, contentEnd)) : undefined
      const written = path && pathToJson(path)
      if (!written) throw failed('A FieldMask path that JSON cannot express', start, end)
      return written
    })
    return JSON.stringify(paths.join(','))
  }
  const moment = { seconds: integerOf(bytes, fields, 1, 'int64'), nanos: integerOf(bytes, fields, 2, 'int32') }
  const text = kind === 'timestamp' ? timestampText(moment) : durationText(moment)
  if (text === undefined) throw failed(`Out of range for a ${name}`, start, end)
  return `"${text}"`
}

/** The member of a Value that is set. */
export function setKind(
  bytes: Uint8Array,
  type: ProtobufMessage,
  fields: readonly WireField[],
  start: number,
  end: number,
): { field: ProtobufField; place: Place } {
  const last = fields.at(-1)
  const field = type.fields.find(({ number }) => number === last?.number)
  const [place] = (last && field && valuesIn(bytes, field, last)) ?? []
  if (field === undefined || place === undefined) throw failed('A Value with nothing set', start, end)
  if (field.type === 'double' && !Number.isFinite(readNumber(bytes, place, 'double'))) {
    throw failed('A Value whose number JSON cannot express', start, end)
  }
  return { field, place }
}

/** The type and message of an Any; undefined when it holds anything else, or a type that is not in the schema. */
export function anyParts(
  bytes: Uint8Array,
  schema: ProtobufSchema,
  fields: readonly WireField[],
): { url: string; name: string; start: number; end: number } | undefined {
  const [first, second, ...more] = fields
  if (first?.number !== 1 || first.wireType !== wireTypes.lengthDelimited || more.length > 0) return undefined
  if (second !== undefined && (second.number !== 2 || second.wireType !== wireTypes.lengthDelimited)) return undefined
  const url = decodeUtf8(bytes.subarray(first.contentStart, first.contentEnd))
  if (url === undefined || !url.includes('/')) return undefined
  const name = typeOfUrl(url)
  if (!Object.hasOwn(schema.messages, name)) return undefined
  return { url, name, start: second?.contentStart ?? first.end, end: second?.contentEnd ?? first.end }
}

function integerOf(bytes: Uint8Array, fields: readonly WireField[], number: number, type: FieldType): bigint {
  const field = lastOf(fields, number, type)
  const value: NumberValue = field ? readNumber(bytes, field, type) : 0n
  return typeof value === 'bigint' ? value : 0n
}

function lastOf(fields: readonly WireField[], number: number, type: FieldType): WireField | undefined {
  return fields.findLast((field) => field.number === number && field.wireType === wireTypeOf(type))
}
