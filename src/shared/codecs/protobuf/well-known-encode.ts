import { encodeUtf8 } from '../../utf8.ts'
import type { JsonValue } from '../json/value.ts'
import { faultAt, mismatch, type ScalarValue, scalarOf, shorten } from './json-values.ts'
import type { FieldType, ProtobufField, ProtobufMessage } from './schema.ts'
import { type Moment, parseDuration, parseTimestamp, pathFromJson, type WellKnown, wrappedType } from './well-known.ts'

/** One field of a well-known message. */
export interface WellKnownScalar {
  readonly number: number
  readonly type: FieldType
  readonly value: ScalarValue
  /** Whether it is written even when zero. */
  readonly isAlways?: boolean
}

/** The fields of a Timestamp, Duration, FieldMask or wrapper. Throws `CodecError` for invalid JSON. */
export function wellKnownScalars(kind: WellKnown, name: string, value: JsonValue): readonly WellKnownScalar[] {
  if (kind === 'wrapper') {
    const type = wrappedType(name)
    const wanted = { type, typeName: null, what: name }
    return [{ number: 1, type, value: scalarOf({ messages: {}, enums: {} }, wanted, value) }]
  }
  if (kind === 'fieldMask') {
    const written = textOf(name, 'field names separated by commas', value)
    if (written === '') return []
    return written.split(',').map((path) => {
      const read = pathFromJson(path)
      if (!read) throw faultAt(value, 'Expected lowerCamelCase field names separated by commas')
      return { number: 1, type: 'string', value: encodeUtf8(read), isAlways: true }
    })
  }
  if (kind === 'timestamp') {
    const example = 'a date and time in the years 1 to 9999, such as "1970-01-01T00:00:00Z"'
    return momentScalars(parseTimestamp(textOf(name, example, value)), example, value)
  }
  const example = 'seconds such as "1.5s", at most 315576000000'
  return momentScalars(parseDuration(textOf(name, example, value)), example, value)
}

/** The field of a Struct, Value, ListValue or Any by number. */
export function typedValueField(type: ProtobufMessage, number: number, value: JsonValue): ProtobufField {
  const field = type.fields.find((one) => one.number === number)
  if (field === undefined) throw faultAt(value, `The schema's ${type.name} has no field ${number}`)
  return field
}

function momentScalars(moment: Moment | undefined, expected: string, value: JsonValue): readonly WellKnownScalar[] {
  if (moment === undefined) {
    const found = value.kind === 'string' ? shorten(value.value) : ''
    throw faultAt(value, `Expected ${expected}, found "${found}"`)
  }
  return [
    { number: 1, type: 'int64', value: moment.seconds },
    { number: 2, type: 'int32', value: moment.nanos },
  ]
}

function textOf(name: string, expected: string, value: JsonValue): string {
  if (value.kind === 'string') return value.value
  throw mismatch({ type: name, what: 'a value' }, expected, value)
}
