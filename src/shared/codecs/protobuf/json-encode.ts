import { CodecError } from '../codec.ts'
import type { JsonMember, JsonString, JsonValue } from '../json/value.ts'
import { fieldsByName, mapOf } from './fit.ts'
import { unknownKey } from './json-print.ts'
import {
  faultAt,
  isZero,
  mapKey,
  mismatch,
  type ScalarValue,
  scalarOf,
  shorten,
  type Wanted,
  writeScalar,
} from './json-values.ts'
import { setItem } from './message-set.ts'
import { allNames, nearest } from './nearest.ts'
import { parseNotation } from './notation-parse.ts'
import { isPackable, wireTypeOf } from './numbers.ts'
import { wireTypes } from './scan.ts'
import type { MessageType, ProtobufField, ProtobufMessage, ProtobufSchema } from './schema.ts'
import { nullValue, typeOfUrl, type WellKnown, wellKnownOf } from './well-known.ts'
import { typedValueField, wellKnownScalars } from './well-known-encode.ts'
import { ByteWriter } from './writer.ts'

const typeKey = '@type'

/** Encodes a message given as Protobuf's JSON. Throws `CodecError` with the place of what does not fit the type. */
export function encodeJson(value: JsonValue, { schema, name }: MessageType): Uint8Array {
  const encoder = new JsonEncoder(schema)
  encoder.message(name, value)
  return encoder.finish()
}

/** One member of an object, with its field. */
interface Given {
  readonly field: ProtobufField
  readonly key: JsonString
  readonly value: JsonValue
}

class JsonEncoder {
  readonly #schema: ProtobufSchema
  readonly #writer = new ByteWriter()

  constructor(schema: ProtobufSchema) {
    this.#schema = schema
  }

  finish(): Uint8Array {
    return this.#writer.finish()
  }

  /** Writes the message without its length. */
  message(name: string, value: JsonValue): void {
    const type = this.#type(name, value)
    const known = wellKnownOf(name)
    if (known === undefined) this.#members(type, value, membersOf(type, value))
    else this.#wellKnown(known, type, value)
  }

  #type(name: string, place: { start: number; end: number }): ProtobufMessage {
    const type = Object.hasOwn(this.#schema.messages, name) ? this.#schema.messages[name] : undefined
    if (type === undefined) throw faultAt(place, `The schema has no message ${shorten(name)}`)
    return type
  }

  #members(type: ProtobufMessage, whole: JsonValue, members: readonly JsonMember[]): void {
    const { given, unknown } = this.#sort(type, members)
    const missing = type.fields.filter(
      (field) => field.label === 'required' && !given.some((member) => member.field === field),
    )
    if (missing.length > 0) {
      const names = missing.map(({ jsonName }) => `'${jsonName}'`).join(', ')
      throw new CodecError('encode-failed', `Required by ${type.name}, but missing: ${names}`, whole.start)
    }
    for (const { field, value } of given) {
      if (type.isMessageSet) this.#setItem(field, value)
      else this.#field(field, value)
    }
    if (unknown !== undefined) this.#writer.bytes(unknown)
  }

  /** The members with a value, in the order of their field numbers. */
  #sort(type: ProtobufMessage, members: readonly JsonMember[]): { given: Given[]; unknown: Uint8Array | undefined } {
    const given: Given[] = []
    const seen = new Set<ProtobufField>()
    const oneofs = new Map<string, string>()
    let unknown: Uint8Array | undefined
    for (const { key, value } of members) {
      if (key.value === unknownKey) {
        if (unknown !== undefined) throw faultAt(key, `'${unknownKey}' is given twice`)
        unknown = unknownFields(value)
        continue
      }
      const field = this.#named(type, key)
      if (seen.has(field)) throw faultAt(key, `'${field.jsonName}' is given twice`)
      seen.add(field)
      if (value.kind === 'null' && !takesNull(field)) continue
      if (field.oneof !== null) {
        const other = oneofs.get(field.oneof)
        if (other !== undefined) {
          throw faultAt(
            key,
            `Only one of '${other}' and '${field.jsonName}' may be given: both belong to ${field.oneof}`,
          )
        }
        oneofs.set(field.oneof, field.jsonName)
      }
      given.push({ field, key, value })
    }
    return { given: given.sort((one, other) => one.field.number - other.field.number), unknown }
  }

  #named(type: ProtobufMessage, key: JsonString): ProtobufField {
    const field = fieldsByName(type).get(key.value)
    if (field !== undefined) return field
    const names = type.fields.map(({ jsonName }) => jsonName)
    const expected = names.length === 0 ? 'it has no fields' : `expected ${nearest(key.value, names)}${allNames(names)}`
    throw faultAt(key, `${type.name} has no field '${shorten(key.value)}': ${expected}`)
  }

  #field(field: ProtobufField, value: JsonValue): void {
    if (field.label === 'repeated') {
      this.#repeated(field, value)
    } else if (field.type === 'message' || field.type === 'group') {
      this.#messageField(field, value)
    } else {
      const scalar = scalarOf(this.#schema, wantedOf(field), value)
      if (field.presence || field.label === 'required' || !isZero(scalar)) this.#tagged(field.number, field, scalar)
    }
  }

  #repeated(field: ProtobufField, value: JsonValue): void {
    const map = mapOf(this.#schema, field)
    if (map !== undefined) {
      if (value.kind !== 'object') throw mismatch({ type: 'map', what: `'${field.jsonName}'` }, 'an object', value)
      this.#map(field, map, value.members)
      return
    }
    if (value.kind !== 'array') throw mismatch({ ...wantedOf(field), type: 'repeated' }, 'a list', value)
    const isPacked = field.packed && isPackable(field.type)
    if (isPacked && value.items.length === 0) return
    if (isPacked) this.#writer.tag(field.number, wireTypes.lengthDelimited)
    const start = this.#writer.length
    for (const item of value.items) {
      if (field.type === 'message' || field.type === 'group') {
        this.#messageField(field, item)
      } else {
        const scalar = scalarOf(this.#schema, wantedOf(field), item)
        if (isPacked) writeScalar(this.#writer, field.type, scalar)
        else this.#tagged(field.number, field, scalar)
      }
    }
    if (isPacked) this.#writer.insertLength(start)
  }

  #map(field: ProtobufField, map: NonNullable<ReturnType<typeof mapOf>>, members: readonly JsonMember[]): void {
    const keys = new Set<string>()
    for (const { key, value } of members) {
      const keyValue = mapKey(this.#schema, { ...wantedOf(map.key), what: `a key of '${field.jsonName}'` }, key)
      const identity = typeof keyValue === 'object' ? key.value : String(keyValue)
      if (keys.has(identity)) throw faultAt(key, `The key '${shorten(key.value)}' is given twice`)
      keys.add(identity)
      this.#writer.tag(field.number, wireTypes.lengthDelimited)
      const start = this.#writer.length
      this.#tagged(1, map.key, keyValue)
      const { type } = map.value
      if (type === 'message' || type === 'group') this.#messageField(map.value, value)
      else this.#tagged(2, map.value, scalarOf(this.#schema, { ...wantedOf(map.value), what: 'a value' }, value))
      this.#writer.insertLength(start)
    }
  }

  #messageField(field: ProtobufField, value: JsonValue): void {
    this.#writer.tag(field.number, wireTypeOf(field.type))
    const start = this.#writer.length
    this.message(field.typeName ?? '', value)
    if (field.type === 'message') this.#writer.insertLength(start)
    else this.#writer.tag(field.number, wireTypes.endGroup)
  }

  #setItem(field: ProtobufField, value: JsonValue): void {
    this.#writer.tag(setItem.group, wireTypes.group)
    this.#writer.tag(setItem.typeId, wireTypes.varint)
    this.#writer.varint(BigInt(field.number))
    this.#messageField({ ...field, number: setItem.message, type: 'message' }, value)
    this.#writer.tag(setItem.group, wireTypes.endGroup)
  }

  #tagged(number: number, { type }: ProtobufField, value: ScalarValue): void {
    this.#writer.tag(number, wireTypeOf(type))
    writeScalar(this.#writer, type, value)
  }

  #wellKnown(known: WellKnown, type: ProtobufMessage, value: JsonValue): void {
    if (known === 'any') {
      this.#any(type, value)
    } else if (known === 'struct' || known === 'list') {
      this.#field(typedValueField(type, 1, value), value)
    } else if (known === 'value') {
      const numbers = { null: 1, number: 2, string: 3, boolean: 4, object: 5, array: 6 } as const
      this.#field(typedValueField(type, numbers[value.kind], value), value)
    } else {
      for (const { number, type: scalarType, value: scalar, isAlways } of wellKnownScalars(known, type.name, value)) {
        if (!isAlways && isZero(scalar)) continue
        this.#writer.tag(number, wireTypeOf(scalarType))
        writeScalar(this.#writer, scalarType, scalar)
      }
    }
  }

  #any(type: ProtobufMessage, value: JsonValue): void {
    const members = membersOf(type, value)
    const url = members.find(({ key }) => key.value === typeKey)
    if (url === undefined) {
      this.#members(type, value, members)
      return
    }
    if (url.value.kind !== 'string' || !url.value.value.includes('/')) {
      throw faultAt(url.value, '\'@type\' must be text such as "type.googleapis.com/package.Message"')
    }
    const name = typeOfUrl(url.value.value)
    const inner = this.#type(name, url.value)
    const others = members.filter((member) => member !== url)
    this.#tagged(
      1,
      typedValueField(type, 1, value),
      scalarOf(this.#schema, { type: 'string', typeName: null, what: typeKey }, url.value),
    )
    const start = this.#writer.length
    const known = wellKnownOf(name)
    if (known === undefined) {
      this.#members(inner, value, others)
    } else {
      const [only, extra] = others
      if (only?.key.value !== 'value')
        throw faultAt(only?.key ?? url.key, `Expected the ${name} in 'value' next to '@type'`)
      if (extra !== undefined) throw faultAt(extra.key, "Expected only '@type' and 'value'")
      this.#wellKnown(known, inner, only.value)
    }
    if (this.#writer.length === start) return
    this.#writer.insertLength(start)
    this.#writer.insertTag(start, 2, wireTypes.lengthDelimited)
  }
}

function membersOf(type: ProtobufMessage, value: JsonValue): readonly JsonMember[] {
  if (value.kind === 'object') return value.members
  throw mismatch({ type: type.name, what: 'a message' }, 'an object', value)
}

/** Whether null is a value of the field rather than its absence. */
function takesNull(field: ProtobufField): boolean {
  if (field.label === 'repeated') return false
  return field.typeName === nullValue || field.typeName === 'google.protobuf.Value'
}

function wantedOf(field: ProtobufField): Wanted {
  return { type: field.type, typeName: field.typeName, what: `'${field.jsonName}'` }
}

function unknownFields(value: JsonValue): Uint8Array {
  if (value.kind !== 'string') throw faultAt(value, `'${unknownKey}' must be text in wire notation, such as "9: 150"`)
  try {
    return parseNotation(value.value)
  } catch (error) {
    if (error instanceof CodecError) throw faultAt(value, `Not wire notation: ${error.message}`)
    throw error
  }
}
