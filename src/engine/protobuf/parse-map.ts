import type { FeatureChange } from './features.ts'
import { type FieldTarget, placesOf, readName, readNumber, readType, valuesOf } from './field-parts.ts'
import type { FieldRules } from './field-rules.ts'
import { type FieldNode, fullNameOf, mapEntryName } from './syntax-tree.ts'
import type { TokenReader } from './token-reader.ts'

/** Whether a map begins here. A type may be called `map` as well. */
export function startsMap(reader: TokenReader): boolean {
  if (!reader.is('map')) return false
  const { start } = reader
  reader.next()
  const isStart = reader.is('<')
  reader.goBack(start)
  return isStart
}

/** Reads `map<key, value> name = number;`: a repeated field of a message for each entry. */
export function parseMap(reader: TokenReader, rules: FieldRules, target: FieldTarget): void {
  if (target.extendee) reader.fail('A map cannot be an extension')
  if (target.oneof) reader.fail('A map cannot be in a oneof')
  const mapAt = reader.start
  reader.expect('map')
  reader.expect('<')
  const key = { at: reader.start, type: readType(reader, rules) }
  reader.expect(',')
  const value = { at: reader.start, type: readType(reader, rules) }
  reader.expect('>')
  const { name, at } = readName(reader, target.scope)
  const entryName = mapEntryName(name)
  target.scope.names.addName(entryName, at)
  const { number, numberAt, options } = readNumber(reader, target)
  reader.expect(';')
  const { jsonName, features, packed, defaultValue } = valuesOf(options)
  const { utf8Validation } = features ?? {}
  const memberFeatures: FeatureChange | null = utf8Validation ? { utf8Validation } : null
  const member = (memberName: string, memberNumber: number, { type, at: typeAt }: typeof key): FieldNode => ({
    name: memberName,
    jsonName: null,
    number: memberNumber,
    type,
    label: 'single',
    isGroup: false,
    oneof: null,
    isExplicitlyOptional: false,
    extendee: null,
    features: memberFeatures,
    packed: null,
    defaultValue: null,
    places: placesOf(target, { name: at, type: typeAt, number: numberAt }, null),
  })
  target.scope.messages.push({
    name: entryName,
    nameAt: at,
    features: null,
    fields: [member('key', 1, key), member('value', 2, value)],
    messages: [],
    enums: [],
    extensions: [],
    isMapEntry: true,
    isMessageSet: false,
  })
  target.fields.push({
    name,
    jsonName,
    number,
    type: `.${fullNameOf(target.scope.fullName, entryName)}`,
    label: 'repeated',
    isGroup: false,
    oneof: null,
    isExplicitlyOptional: false,
    extendee: null,
    features,
    packed,
    defaultValue,
    places: placesOf(target, { name: at, type: mapAt, number: numberAt }, options),
  })
}
