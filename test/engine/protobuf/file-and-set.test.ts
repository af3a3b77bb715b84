import { join } from 'node:path'
import fc from 'fast-check'
import protobuf from 'protobufjs'
import descriptorJson from 'protobufjs/google/protobuf/descriptor.json' with { type: 'json' }
import { expect, test } from 'vitest'
import { loadSchema } from '../../../src/engine/protobuf/load-schema.ts'
import { tries } from '../../support/nightly.ts'
import { fileSource, folderWith, setSource } from './files.ts'

/** A field as a file and a descriptor set tell it. */
interface Field {
  readonly type: string
  readonly label: 'optional' | 'required' | 'repeated'
  readonly number: number
  readonly packed: boolean | null
  readonly isInOneof: boolean
}

const setType = protobuf.Root.fromJSON(descriptorJson).lookupType('google.protobuf.FileDescriptorSet')
const labels = { optional: 1, required: 2, repeated: 3 }
/** The types with their numbers in a descriptor; `N` is a message and `E` an enum. */
const types: Readonly<Record<string, number>> = {
  double: 1,
  float: 2,
  int64: 3,
  uint64: 4,
  int32: 5,
  fixed64: 6,
  fixed32: 7,
  bool: 8,
  string: 9,
  N: 11,
  bytes: 12,
  uint32: 13,
  E: 14,
  sfixed32: 15,
  sfixed64: 16,
  sint32: 17,
  sint64: 18,
}
const unpackable = ['string', 'bytes', 'N']

const fields = fc.uniqueArray(
  fc.record<Field>({
    type: fc.constantFrom(...Object.keys(types)),
    label: fc.constantFrom('optional', 'required', 'repeated'),
    number: fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 2 ** 29 - 1 })),
    packed: fc.option(fc.boolean()),
    isInOneof: fc.boolean(),
  }),
  { selector: ({ number }) => number, maxLength: 12 },
)
const isPackedTold = ({ type, label, packed }: Field) =>
  packed !== null && label === 'repeated' && !unpackable.includes(type)

function written({ type, label, number, packed, ...rest }: Field, index: number): string {
  const option = isPackedTold({ type, label, number, packed, ...rest }) ? ` [packed = ${packed}]` : ''
  const isMember = rest.isInOneof && label === 'optional'
  const field = `${isMember ? '' : `${label} `}${type} some_field_${index} = ${number}${option};`
  return isMember ? `oneof choice_${index} { ${field} }` : field
}

/** The same message in a descriptor; each member of a oneof has one of its own. */
function described(all: readonly Field[]) {
  const members = all.flatMap((field, index) => (field.isInOneof && field.label === 'optional' ? [index] : []))
  return {
    name: 'M',
    oneofDecl: members.map((index) => ({ name: `choice_${index}` })),
    field: all.map((field, index) => ({
      name: `some_field_${index}`,
      number: field.number,
      label: labels[field.label],
      type: types[field.type],
      ...(['N', 'E'].includes(field.type) && { typeName: `.p.${field.type}` }),
      ...(members.includes(index) && { oneofIndex: members.indexOf(index) }),
      ...(isPackedTold(field) && { options: { packed: field.packed } }),
    })),
  }
}

test('a file and its descriptor set give the same types', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fields, async (all) => {
      const text = `syntax = "proto2"; package p; message N {} enum E { A = 0; B = -7; } message M { ${all
        .map(written)
        .join(' ')} }`
      const value = [
        { name: 'A', number: 0 },
        { name: 'B', number: -7 },
      ]
      const file = { name: 'a.proto', package: 'p', messageType: [{ name: 'N' }, described(all)] }
      const set = setType.fromObject({ file: [{ ...file, enumType: [{ name: 'E', value }] }] })
      const folder = folderWith({ 'a.proto': text, 'a.pb': setType.encode(set).finish() })
      const fromFile = await loadSchema([fileSource(join(folder, 'a.proto'))], [])
      const fromSet = await loadSchema([setSource(join(folder, 'a.pb'))], [])
      expect([fromFile.problems, fromSet.problems]).toEqual([[], []])
      expect(fromSet.schema).toEqual(fromFile.schema)
      expect(fromFile.schema.messages['p.M']?.fields).toHaveLength(all.length)
    }),
    tries(60, 1000),
  )
})
