import { type FieldTarget, placesOf, readName, readNumber, readType, valuesOf } from './field-parts.ts'
import type { FieldRules } from './field-rules.ts'
import { parseMap, startsMap } from './parse-map.ts'
import type { Scope } from './scope.ts'
import { fullNameOf, type MessageNode } from './syntax-tree.ts'
import type { TokenReader } from './token-reader.ts'

/** Reads one field into the target. `readBody` reads the message of a group. */
export function parseField(
  reader: TokenReader,
  rules: FieldRules,
  target: FieldTarget,
  readBody: (scope: Scope, name: string, nameAt: number) => MessageNode,
): void {
  const start = reader.start
  const label = readLabel(reader, rules, target)
  if (label === null && startsMap(reader)) {
    parseMap(reader, rules, target)
    return
  }
  if (label === null && rules.needsLabel && target.oneof === null && reader.kind === 'word') {
    reader.fail("A field of proto2 starts with 'optional', 'required' or 'repeated'", start)
  }
  if (reader.kind !== 'word' && !reader.is('.')) reader.failIllegal('token')
  const typeAt = reader.start
  const isGroup = reader.is('group') && reader.peekWord() !== null
  if (isGroup && !rules.hasGroups) reader.fail('Groups exist in proto2 only')
  const written = readType(reader, rules)
  const { name: writtenName, at } = readName(reader, target.scope)
  const groupName = isGroup ? writtenName : null
  // A group is a message and a field, whose name is that of the message in lower case.
  const name = groupName === null ? writtenName : groupName.toLowerCase()
  if (name !== writtenName) target.scope.names.addName(name, at)
  const { number, numberAt, options } = readNumber(reader, target)
  const places = placesOf(target, { name: at, type: typeAt, number: numberAt }, options)
  const { jsonName, features, packed, defaultValue } = valuesOf(options)
  // Every property by itself: a spread at this place takes longer than all the rest of the parser.
  target.fields.push({
    name,
    jsonName,
    number,
    type: groupName === null ? written : `.${fullNameOf(target.scope.fullName, groupName)}`,
    label: label === 'repeated' || label === 'required' ? label : 'single',
    isGroup,
    oneof: target.oneof,
    isExplicitlyOptional: label === 'optional' && rules.optionalIsExplicit,
    extendee: target.extendee?.name ?? null,
    features,
    packed,
    defaultValue,
    places,
  })
  if (groupName === null) reader.expect(';')
  else target.scope.messages.push(readBody(target.scope, groupName, at))
}

const labels: ReadonlySet<string> = new Set(['optional', 'required', 'repeated'])

function readLabel(reader: TokenReader, rules: FieldRules, { oneof }: FieldTarget): string | null {
  const { word } = reader
  if (!labels.has(word)) return null
  if (oneof) reader.fail(`A field of a oneof is never '${word}'`)
  if (!rules.labels.has(word)) reader.fail(`'${word}' does not exist in this syntax or edition`)
  reader.next()
  return word
}
