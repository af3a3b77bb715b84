/** How a field's value is written, in the words of .proto files; `message` and `group` differ on the wire only. */
export type FieldType = ScalarType | 'enum' | 'message' | 'group'

export const scalarTypes = [
  'double',
  'float',
  'int32',
  'int64',
  'uint32',
  'uint64',
  'sint32',
  'sint64',
  'fixed32',
  'fixed64',
  'sfixed32',
  'sfixed64',
  'bool',
  'string',
  'bytes',
] as const

export type ScalarType = (typeof scalarTypes)[number]

export interface ProtobufField {
  /** As the .proto file has it; an extension's full name in brackets, `[package.name]`. */
  readonly name: string
  /** The name in JSON; for an extension the same as `name`. */
  readonly jsonName: string
  readonly number: number
  readonly type: FieldType
  /** The full name of the enum or message, without a leading dot; null for a scalar. */
  readonly typeName: string | null
  readonly label: 'single' | 'required' | 'repeated'
  /** Whether a value that equals the default is told from none: proto2, `optional`, oneofs and messages. */
  readonly presence: boolean
  /** Whether a repeated field is written packed. A reader takes both. */
  readonly packed: boolean
  /** Whether a string must be UTF-8. */
  readonly validatesUtf8: boolean
  /** The oneof it belongs to; null for none, and for the one that `optional` makes in proto3. */
  readonly oneof: string | null
  /** The value that an absent field has, as JSON; null for the type's own zero. */
  readonly defaultJson: string | null
}

export interface ProtobufMessage {
  readonly name: string
  /** In the order of their numbers, the known extensions among them. */
  readonly fields: readonly ProtobufField[]
  /** Whether it stands for one entry of a map: field 1 is the key and field 2 the value. */
  readonly isMapEntry: boolean
}

export interface ProtobufEnum {
  readonly name: string
  /** In the order of the file; the first is the default. Aliases share a number. */
  readonly values: readonly { readonly name: string; readonly number: number }[]
  /** Closed (proto2): a number that has no name is an unknown field. */
  readonly closed: boolean
}

/** Message types as plain data, so that it can go to any thread or window. Full names without a leading dot. */
export interface ProtobufSchema {
  readonly messages: Readonly<Record<string, ProtobufMessage>>
  readonly enums: Readonly<Record<string, ProtobufEnum>>
}

/** One message type of a schema. */
export interface MessageType {
  readonly schema: ProtobufSchema
  readonly name: string
}
