import type { ProtobufEnum, ProtobufField } from '../../shared/codecs/protobuf/schema.ts'
import type { Features } from './features.ts'
import type { Import } from './statements.ts'
import type { Position } from './tokens.ts'

/** A field before the names of its types are looked up. */
export interface FieldDeclaration {
  readonly name: string
  /** The `json_name` option; null for the name that follows from `name`. */
  readonly jsonName: string | null
  readonly number: number
  /** A scalar's name, or a name to look up from `scope`; with a leading dot it is a full one. */
  readonly type: string
  /** The full name of the message or package that it is declared in. */
  readonly scope: string
  /** The full name under which the file has it: a group's field is written by its type, a map's value as the map. */
  readonly writtenAs: string
  readonly label: ProtobufField['label']
  readonly isGroup: boolean
  readonly isMap: boolean
  readonly oneof: string | null
  /** `optional` in proto3. */
  readonly isExplicitlyOptional: boolean
  /** The message that it extends, to be looked up from `scope`. */
  readonly extendee: string | null
  readonly features: Features
  readonly defaultValue: DefaultValue | null
}

/** A default as written: text to be read by the field's type, or the bytes of a string. */
export type DefaultValue =
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'string'; readonly bytes: Buffer }

export interface MessageDeclaration {
  readonly name: string
  readonly fields: readonly FieldDeclaration[]
  readonly isMapEntry: boolean
}

/** What a .proto file, or its part of a descriptor set, declares. Names of messages and enums are full. */
export interface Declarations {
  readonly messages: readonly MessageDeclaration[]
  readonly enums: readonly ProtobufEnum[]
  readonly extensions: readonly FieldDeclaration[]
}

export interface FileDeclaration extends Declarations {
  readonly imports: readonly Import[]
  /** Where a word is written in the declaration of a full name; null when the file has no text. */
  positionOf(fullName: string, word: string): Position | null
}

export const fullNameOf = (scope: string, name: string): string => (scope === '' ? name : `${scope}.${name}`)

/** The lowerCamelCase name of a field in JSON, by protoc's rule. */
export const defaultJsonName = (name: string): string =>
  name.replace(/_+([^_]?)/g, (_, letter: string) => asciiUpperCase(letter))

/** The name that protoc gives to the message of a map's entries. */
export const mapEntryName = (fieldName: string): string =>
  `${fieldName
    .split('_')
    .map((part) => asciiUpperCase(part.charAt(0)) + part.slice(1))
    .join('')}Entry`

const asciiUpperCase = (letter: string): string => (/[a-z]/.test(letter) ? letter.toUpperCase() : letter)

/** The message that stands for one entry of a map. */
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
    // The messages in a map are never delimited, whatever the file says.
    features: { ...field.features, messageEncoding: 'LENGTH_PREFIXED' },
    defaultValue: null,
  })
  return { name, isMapEntry: true, fields: [member('key', 1, keyType), member('value', 2, valueType)] }
}

type Scoped = Pick<FieldDeclaration, 'scope' | 'writtenAs' | 'features'>
