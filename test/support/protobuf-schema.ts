import protobufjs from 'protobufjs'
import type {
  FieldType,
  MessageType,
  ProtobufEnum,
  ProtobufField,
  ProtobufMessage,
  ProtobufSchema,
} from '../../src/shared/codecs/protobuf/schema.ts'

const { common, Enum, Field, MapField, Namespace, parse, Root, Type } = protobufjs

const wellKnown = ['any', 'duration', 'timestamp', 'empty', 'struct', 'wrappers', 'field_mask']

/** A Root with the types of the source and the well-known ones. */
export function parseRoot(source: string): protobufjs.Root {
  const root = new Root()
  for (const name of wellKnown) {
    const file = common.get(`google/protobuf/${name}.proto`)
    if (file?.nested) root.addJSON(file.nested)
  }
  parse(source, root, { keepCase: true })
  root.resolveAll()
  return root
}

/** The types of a Root as plain data. */
export function schemaOf(root: protobufjs.Root): ProtobufSchema {
  const messages: Record<string, ProtobufMessage> = {}
  const enums: Record<string, ProtobufEnum> = {}
  const extensions: [string, ProtobufField][] = []
  const walk = (object: protobufjs.ReflectionObject): void => {
    const name = object.fullName.slice(1)
    if (object instanceof Enum) {
      const values = Object.entries(object.values).map(([key, number]) => ({ name: key, number }))
      // An open enum starts with 0.
      enums[name] = { name, values, closed: values[0]?.number !== 0 }
    }
    if (object instanceof Type) {
      const fields = object.fieldsArray
        .filter((field) => field.declaringField === null)
        .map((field) => {
          field.resolve()
          if (!(field instanceof MapField)) return fieldOf(field)
          const entryName = `${name}.${field.name}Entry`
          const value = { ...fieldOf(field), name: 'value', jsonName: 'value', number: 2, label: 'single' } as const
          const keyType = typeOf(field.keyType)
          const key = { ...value, name: 'key', jsonName: 'key', number: 1, type: keyType, typeName: null } as const
          messages[entryName] = { name: entryName, fields: [key, value], isMapEntry: true, isMessageSet: false }
          return { ...fieldOf(field), type: 'message', typeName: entryName, label: 'repeated', packed: false } as const
        })
      messages[name] = {
        name,
        fields: fields.sort((one, other) => one.number - other.number),
        isMapEntry: false,
        isMessageSet: false,
      }
    }
    if (object instanceof Field && object.extend !== undefined && object.extensionField) {
      object.resolve()
      const written = `[${name}]`
      const extended = object.extensionField.parent?.fullName.slice(1) ?? ''
      extensions.push([extended, { ...fieldOf(object), name: written, jsonName: written }])
    }
    if (object instanceof Namespace) for (const nested of object.nestedArray) walk(nested)
  }
  walk(root)
  for (const [name, field] of extensions) {
    const message = messages[name]
    if (!message) throw new Error(`No message ${name}`)
    const fields = [...message.fields, field].sort((one, other) => one.number - other.number)
    messages[name] = { ...message, fields }
  }
  return { messages, enums }
}

export function messageType(schema: ProtobufSchema, name: string): MessageType {
  return { schema, name }
}

function fieldOf(field: protobufjs.Field): ProtobufField {
  const resolved = field.resolvedType
  const isGroup = field.delimited
  const kind =
    resolved instanceof Enum ? 'enum' : resolved instanceof Type ? (isGroup ? 'group' : 'message') : undefined
  const isOptional = field.options?.proto3_optional === true
  const isMany = field.repeated || field instanceof MapField
  const presence = !isMany && (Boolean(field.hasPresence) || kind === 'message' || kind === 'group')
  return {
    name: field.name,
    jsonName: field.name.replace(/_([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase()),
    number: field.id,
    type: kind ?? typeOf(field.type),
    typeName: resolved === null ? null : resolved.fullName.slice(1),
    label: field.required ? 'required' : field.repeated ? 'repeated' : 'single',
    presence,
    packed: field.repeated && field.packed,
    validatesUtf8: true,
    oneof: field.partOf && !isOptional ? field.partOf.name : null,
    defaultJson: null,
  }
}

function typeOf(name: string): FieldType {
  switch (name) {
    case 'double':
    case 'float':
    case 'int32':
    case 'int64':
    case 'uint32':
    case 'uint64':
    case 'sint32':
    case 'sint64':
    case 'fixed32':
    case 'fixed64':
    case 'sfixed32':
    case 'sfixed64':
    case 'bool':
    case 'string':
    case 'bytes':
      return name
    default:
      throw new Error(`No scalar type ${name}`)
  }
}
