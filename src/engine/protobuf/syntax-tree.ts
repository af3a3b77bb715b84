import type { Edition, FeatureChange } from './features.ts'
import type { WrittenValue } from './option-reader.ts'
import type { Position } from './source-error.ts'

/** A file as it is written: names are not resolved, and features apply to what they stand at. */
export interface FileNode {
  readonly edition: Edition
  readonly package: string
  readonly imports: readonly Import[]
  readonly features: FeatureChange | null
  readonly messages: readonly MessageNode[]
  readonly enums: readonly EnumNode[]
  readonly extensions: readonly FieldNode[]
  /** The position of an offset in the file; null without a text, as in a descriptor set. */
  positionAt(offset: number | null): Position | null
}

export interface Import {
  readonly name: string
  readonly kind: 'plain' | 'public' | 'weak'
  readonly position: Position | null
}

export interface MessageNode {
  /** Without its scope. */
  readonly name: string
  /** Offset of the name; null without a text. */
  readonly nameAt: number | null
  readonly features: FeatureChange | null
  readonly fields: readonly FieldNode[]
  readonly messages: readonly MessageNode[]
  readonly enums: readonly EnumNode[]
  readonly extensions: readonly FieldNode[]
  readonly isMapEntry: boolean
  /** Whether its extensions are written as a MessageSet, which has larger numbers. */
  readonly isMessageSet: boolean
}

export interface EnumNode {
  /** Without its scope. */
  readonly name: string
  readonly nameAt: number | null
  readonly features: FeatureChange | null
  readonly values: readonly { readonly name: string; readonly number: number }[]
}

export interface OneofNode {
  readonly name: string
  readonly features: FeatureChange | null
}

export interface FieldNode {
  readonly name: string
  /** The `json_name` option; null for the default derived from `name`. */
  readonly jsonName: string | null
  readonly number: number
  /** A scalar type, or a name to resolve; a leading dot marks a full name. */
  readonly type: string
  readonly label: 'single' | 'required' | 'repeated'
  readonly isGroup: boolean
  /** Null for none, and for the synthetic one of a proto3 `optional`. */
  readonly oneof: OneofNode | null
  /** `optional` in proto3. */
  readonly isExplicitlyOptional: boolean
  /** The name of the message that it extends. */
  readonly extendee: string | null
  readonly features: FeatureChange | null
  /** The `packed` option; null where it is not set. */
  readonly packed: boolean | null
  readonly defaultValue: WrittenValue | null
  /** Null without a text. */
  readonly places: FieldPlaces | null
}

/** Offsets in the file of what can be wrong with a field. */
export interface FieldPlaces {
  readonly name: number
  readonly type: number
  readonly number: number
  readonly default: number
  readonly extendee: number
}

export const fullNameOf = (scope: string, name: string): string => (scope === '' ? name : `${scope}.${name}`)

/** The name that protoc gives to a map's entry message. */
export const mapEntryName = (fieldName: string): string =>
  `${fieldName
    .split('_')
    .map((part) => asciiUpperCase(part.charAt(0)) + part.slice(1))
    .join('')}Entry`

/** The lowerCamelCase JSON name of a field, by protoc's rule. */
export const defaultJsonName = (name: string): string =>
  name.includes('_') ? name.replace(/_+([^_]?)/g, (_, letter: string) => asciiUpperCase(letter)) : name

const asciiUpperCase = (letter: string): string => (/[a-z]/.test(letter) ? letter.toUpperCase() : letter)
