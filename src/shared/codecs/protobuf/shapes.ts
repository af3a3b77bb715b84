import { mapOf } from './fit.ts'
import type { FieldType, MessageType, ProtobufField, ProtobufSchema } from './schema.ts'
import { nullValue, wellKnownOf, wrappedType } from './well-known.ts'

/** What is expected at a place in the JSON of a message. */
export type Shape =
  | { readonly kind: 'message'; readonly name: string }
  | { readonly kind: 'map'; readonly value: ProtobufField }
  | { readonly kind: 'list'; readonly item: ProtobufField }
  | { readonly kind: 'enum'; readonly name: string }
  | { readonly kind: 'scalar'; readonly type: FieldType }

/** The JSON shape of a whole message. */
export function shapeOfMessage({ name }: MessageType): Shape {
  return wellKnownOf(name) === 'wrapper' ? { kind: 'scalar', type: wrappedType(name) } : { kind: 'message', name }
}

/** The JSON shape of a field's value; of one value when repeated. */
export function shapeOfValue(schema: ProtobufSchema, field: ProtobufField): Shape {
  if (field.type === 'enum') return { kind: 'enum', name: field.typeName ?? '' }
  if (field.type === 'message' || field.type === 'group') return shapeOfMessage({ schema, name: field.typeName ?? '' })
  return { kind: 'scalar', type: field.type }
}

export function shapeOfField(schema: ProtobufSchema, field: ProtobufField): Shape {
  const map = mapOf(schema, field)
  if (map !== undefined) return { kind: 'map', value: map.value }
  return field.label === 'repeated' ? { kind: 'list', item: field } : shapeOfValue(schema, field)
}

/** The field's type as a .proto file would write it. */
export function typeText(schema: ProtobufSchema, field: ProtobufField): string {
  const map = mapOf(schema, field)
  if (map !== undefined) return `map<${map.key.type}, ${map.value.typeName ?? map.value.type}>`
  const type = field.typeName ?? field.type
  return field.label === 'single' ? type : `${field.label} ${type}`
}

/** The JSON of a zero or empty value, for anything but messages. */
export function zeroJson(schema: ProtobufSchema, shape: Exclude<Shape, { kind: 'message' }>): string {
  switch (shape.kind) {
    case 'map':
      return '{}'
    case 'list':
      return '[]'
    case 'enum': {
      const name = schema.enums[shape.name]?.values[0]?.name
      return shape.name === nullValue ? 'null' : name === undefined ? '0' : JSON.stringify(name)
    }
    case 'scalar':
      if (shape.type === 'bool') return 'false'
      if (shape.type === 'string' || shape.type === 'bytes') return '""'
      return shape.type.endsWith('64') ? '"0"' : '0'
  }
}
