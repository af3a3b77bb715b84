import { isPackable, unpack, wireTypeOf } from './numbers.ts'
import { type WireField, wireTypes } from './scan.ts'
import type { ProtobufField, ProtobufMessage, ProtobufSchema } from './schema.ts'

/** The place of one value of a field. */
export interface Place {
  readonly valueStart: number
  readonly end: number
  /** Excludes the length before the value and the end tag of a group. */
  readonly contentStart: number
  readonly contentEnd: number
}

const numbered = new WeakMap<ProtobufMessage, ReadonlyMap<number, ProtobufField>>()

/** The fields of a message type by number. */
export function fieldsByNumber(type: ProtobufMessage): ReadonlyMap<number, ProtobufField> {
  const known = numbered.get(type)
  if (known !== undefined) return known
  const made = new Map(type.fields.map((field) => [field.number, field]))
  numbered.set(type, made)
  return made
}

const named = new WeakMap<ProtobufMessage, ReadonlyMap<string, ProtobufField>>()

/** The fields of a message type by JSON name and by .proto name. */
export function fieldsByName(type: ProtobufMessage): ReadonlyMap<string, ProtobufField> {
  const known = named.get(type)
  if (known !== undefined) return known
  const made = new Map<string, ProtobufField>()
  for (const field of type.fields) made.set(field.name, field)
  for (const field of type.fields) made.set(field.jsonName, field)
  named.set(type, made)
  return made
}

/** The values of the declared field that the wire field holds; undefined when it is encoded as another type. */
export function valuesIn(bytes: Uint8Array, known: ProtobufField, field: WireField): readonly Place[] | undefined {
  if (field.isCut) return undefined
  if (field.wireType === wireTypeOf(known.type)) return [field]
  return isPacked(known, field) ? unpack(bytes, field, known.type) : undefined
}

/** Whether the wire field holds packed values of the declared field. */
export function isPacked(known: ProtobufField, field: WireField): boolean {
  return known.label === 'repeated' && field.wireType === wireTypes.lengthDelimited && isPackable(known.type)
}

/** The key and value fields of a map entry; undefined when the field is not a map. */
export function mapOf(
  schema: ProtobufSchema,
  known: ProtobufField,
): { entry: ProtobufMessage; key: ProtobufField; value: ProtobufField } | undefined {
  if (known.type !== 'message' || known.label !== 'repeated' || known.typeName === null) return undefined
  const entry = schema.messages[known.typeName]
  if (!entry?.isMapEntry) return undefined
  const key = entry.fields.find(({ number }) => number === 1)
  const value = entry.fields.find(({ number }) => number === 2)
  return key && value && { entry, key, value }
}
