/** The type of a field, in .proto terms. `message` and `group` differ on the wire only. */
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
  /** As in the .proto file; for an extension its full name in brackets, `[package.name]`. */
  readonly name: string
  /** The name in JSON; for an extension the same as `name`. */
  readonly jsonName: string
  readonly number: number
  readonly type: FieldType
  /** Full name of the enum or message, without a leading dot; null for a scalar. */
  readonly typeName: string | null
  readonly label: 'single' | 'required' | 'repeated'
  /** Whether the default is distinct from absence: proto2, `optional`, oneofs and messages. */
  readonly presence: boolean
  /** Whether a repeated field is written packed. Readers accept both. */
  readonly packed: boolean
  /** Whether a string must be UTF-8. */
  readonly validatesUtf8: boolean
  /** The oneof that it belongs to; null for none, and for the synthetic one of a proto3 `optional`. */
  readonly oneof: string | null
  /** The value of an absent field, as JSON; null for the type's zero value. */
  readonly defaultJson: string | null
}

export interface ProtobufMessage {
  readonly name: string
  /** By field number, including known extensions. */
  readonly fields: readonly ProtobufField[]
  /** Whether it is a map entry: field 1 is the key, field 2 the value. */
  readonly isMapEntry: boolean
  /** Whether it is written as a MessageSet: its fields are extensions, whose numbers go up to 2147483646. */
  readonly isMessageSet: boolean
}

export interface ProtobufEnum {
  readonly name: string
  /** In file order; the first is the default. Aliases share a number. */
  readonly values: readonly { readonly name: string; readonly number: number }[]
  /** Closed (proto2): an unnamed number is an unknown field. */
  readonly closed: boolean
}

/** Message types as plain data that can be sent to any thread or window. Full names have no leading dot. */
export interface ProtobufSchema {
  readonly messages: Readonly<Record<string, ProtobufMessage>>
  readonly enums: Readonly<Record<string, ProtobufEnum>>
}

/** One message type of a schema. */
export interface MessageType {
  readonly schema: ProtobufSchema
  readonly name: string
}
