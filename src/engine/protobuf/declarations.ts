import type { ProtobufEnum, ProtobufField } from '../../shared/codecs/protobuf/schema.ts'
import type { Features } from './features.ts'
import type { Import } from './statements.ts'
import type { Position } from './tokens.ts'

/** A field before its type names are resolved. */
export interface FieldDeclaration {
  readonly name: string
  /** The `json_name` option; null for the default derived from `name`. */
  readonly jsonName: string | null
  readonly number: number
  /** A scalar type, or a name to resolve from `scope`; a leading dot marks a full name. */
  readonly type: string
  /** Full name of the message or package in which it is declared. */
  readonly scope: string
  /** The full name that the file uses: a group's field is written by its type, a map's value as the map. */
  readonly writtenAs: string
  readonly label: ProtobufField['label']
  readonly isGroup: boolean
  readonly isMap: boolean
  readonly oneof: string | null
  /** `optional` in proto3. */
  readonly isExplicitlyOptional: boolean
  /** The message that it extends, to be resolved from `scope`. */
  readonly extendee: string | null
  readonly features: Features
  readonly defaultValue: DefaultValue | null
}

/** A default as written: text to parse by the field's type, or the bytes of a string. */
export type DefaultValue =
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'string'; readonly bytes: Buffer }

export interface MessageDeclaration {
  readonly name: string
  readonly fields: readonly FieldDeclaration[]
  readonly isMapEntry: boolean
}

/** The declarations of a .proto file, or of its part of a descriptor set. Messages and enums have full names. */
export interface Declarations {
  readonly messages: readonly MessageDeclaration[]
  readonly enums: readonly ProtobufEnum[]
  readonly extensions: readonly FieldDeclaration[]
}

export interface FileDeclaration extends Declarations {
  readonly imports: readonly Import[]
  /** Where a word occurs in the declaration of a full name; null when the file has no text. */
  positionOf(fullName: string, word: string): Position | null
}

export const fullNameOf = (scope: string, name: string): string => (scope === '' ? name : `${scope}.${name}`)

/** The lowerCamelCase JSON name of a field, by protoc's rule. */
export const defaultJsonName = (name: string): string =>
  name.replace(/_+([^_]?)/g, (_, letter: string) => asciiUpperCase(letter))

/** The name that protoc gives to a map's entry message. */
export const mapEntryName = (fieldName: string): string =>
  `${fieldName
    .split('_')
    .map((part) => asciiUpperCase(part.charAt(0)) + part.slice(1))
    .join('')}Entry`

const asciiUpperCase = (letter: string): string => (/[a-z]/.test(letter) ? letter.toUpperCase() : letter)

/** The message of one map entry. */
export function mapEntry(name: string, keyType: string, valueType: string, field: Scoped): MessageDeclaration {
  const member = (memberName: string, number: number, type: string): FieldDeclaration => ({
    name: memberName,
    jsonName: null,
    number,
    type,
    scope: field.scope,
    writtenAs: field.writtenAs,
    label: 'single',
    isGroup: false,
    isMap: false,
    oneof: null,
    isExplicitlyOptional: false,
    extendee: null,
    // Messages in a map are never delimited, whatever the file says.
    features: { ...field.features, messageEncoding: 'LENGTH_PREFIXED' },
    defaultValue: null,
  })
  return { name, isMapEntry: true, fields: [member('key', 1, keyType), member('value', 2, valueType)] }
}

type Scoped = Pick<FieldDeclaration, 'scope' | 'writtenAs' | 'features'>
