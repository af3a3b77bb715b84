import type { FieldRules } from './field-rules.ts'
import { type OptionSet, readOptionList } from './option-reader.ts'
import type { Scope } from './scope.ts'
import type { FieldNode, FieldPlaces, OneofNode } from './syntax-tree.ts'
import type { TokenReader } from './token-reader.ts'

/** Where the fields that are read belong. */
export interface FieldTarget {
  /** For the names, and the messages of groups and map entries. */
  readonly scope: Scope
  readonly fields: FieldNode[]
  readonly oneof: OneofNode | null
  /** The message that the fields extend, and the offset of its name. */
  readonly extendee: { readonly name: string; readonly at: number } | null
}

/** Reads the type of a field: a scalar as every edition calls it, or the name of a message or enum. */
export function readType(reader: TokenReader, { renamedTypes }: FieldRules): string {
  const written = reader.typeName()
  return renamedTypes.get(written) ?? written
}

/** Reads the name of a field, which must be new in the scope. */
export function readName(reader: TokenReader, scope: Scope): { name: string; at: number } {
  const at = reader.start
  const name = reader.identifier()
  scope.names.addName(name, at)
  return { name, at }
}

/** Reads `= number [options]`, the options being those of the field. */
export function readNumber(
  reader: TokenReader,
  { scope, extendee }: FieldTarget,
): { number: number; numberAt: number; options: OptionSet | null } {
  reader.expect('=')
  const numberAt = reader.start
  const number = reader.integer('field number')
  if (extendee === null) scope.names.addNumber(number, numberAt)
  return { number, numberAt, options: readOptionList(reader) }
}

/** The places of a field, of which some are in its options or in the `extend` around it. */
export function placesOf(
  { extendee }: FieldTarget,
  places: Pick<FieldPlaces, 'name' | 'type' | 'number'>,
  options: OptionSet | null,
): FieldPlaces {
  const { name, type, number } = places
  return { name, type, number, default: options?.get('default')?.at ?? name, extendee: extendee?.at ?? name }
}

/** What the options of a field say about it. */
export function valuesOf(
  options: OptionSet | null,
): Pick<FieldNode, 'jsonName' | 'features' | 'packed' | 'defaultValue'> {
  const jsonName = options?.get('json_name')?.value
  return {
    jsonName: jsonName?.kind === 'string' ? jsonName.bytes.toString() : null,
    features: options?.features ?? null,
    packed: options?.flag('packed') ?? null,
    defaultValue: options?.get('default')?.value ?? null,
  }
}
