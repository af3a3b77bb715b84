import fc from 'fast-check'
import type protobufjs from 'protobufjs'
import { expect, test } from 'vitest'
import type { MessageType } from '../../../../src/shared/codecs/protobuf/schema.ts'
import { protobuf } from '../../../../src/shared/codecs/protobuf.ts'
import { tries } from '../../../support/nightly.ts'
import { readTree, toHex } from '../support.ts'
import { classic, everything, modern, record } from './schemas.ts'

const int32 = fc.integer()
const uint32 = fc.nat({ max: 0xffffffff })
const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String)
const uint64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String)
const bytes = fc.uint8Array({ maxLength: 8 }).map((some) => Buffer.from(some).toString('base64'))
const text = fc.string({ unit: 'grapheme', maxLength: 8 })
const double = fc.double({ noNaN: true, noDefaultInfinity: true })
const color = fc.constantFrom('COLOR_NONE', 'COLOR_RED', 'COLOR_BLUE', 'COLOR_ODD')
const some = <T>(item: fc.Arbitrary<T>) => fc.array(item, { maxLength: 4 })

/** Messages that protobufjs and Protobuf's JSON represent alike, by .proto names. */
const { message } = fc.letrec<{ message: Record<string, unknown> }>((tie) => ({
  message: fc.record(
    {
      a_double: double,
      a_float: fc.float({ noNaN: true, noDefaultInfinity: true }),
      an_int32: int32,
      an_int64: int64,
      a_uint32: uint32,
      a_uint64: uint64,
      a_sint32: int32,
      a_sint64: int64,
      a_fixed32: uint32,
      a_fixed64: uint64,
      a_sfixed32: int32,
      a_sfixed64: int64,
      a_bool: fc.boolean(),
      a_string: text,
      some_bytes: bytes,
      color,
      nested: fc.option(tie('message'), { nil: undefined, depthIdentifier: 'm' }),
      numbers: some(int32),
      loose: some(int32),
      names: some(text),
      children: fc.array(tie('message'), { maxLength: 2, depthIdentifier: 'm' }),
      counts: fc.dictionary(text, int32, { maxKeys: 3, noNullPrototype: true }),
      flags: fc.dictionary(fc.constantFrom('true', 'false'), color, { noNullPrototype: true }),
      text,
      maybe: int32,
      doubles: some(double),
      colors: some(color),
      zigzags: some(int64),
    },
    { requiredKeys: [] },
  ),
}))

const recordMessage = fc.letrec<{ message: Record<string, unknown> }>((tie) => ({
  message: fc
    .record({
      needed: fc.record({ id: int32, name: text }),
      more: fc.record(
        {
          level: fc.constantFrom('LOW', 'HIGH'),
          numbers: some(int32),
          packed_numbers: some(int32),
          inner: fc.record(
            { depth: int32, record: fc.option(tie('message'), { nil: undefined, depthIdentifier: 'r' }) },
            { requiredKeys: [] },
          ),
          flag: fc.boolean(),
          text,
        },
        { requiredKeys: [] },
      ),
    })
    .map(({ needed, more }) => ({ ...needed, ...more })),
})).message

test.each([
  ['proto3', modern, everything, message],
  ['proto2', classic, record, recordMessage],
] as const)('%s: writes and reads what protobufjs reads and writes', (_name, root, type, arbitrary) => {
  const oracle = root.lookupType(type.name)
  fc.assert(
    fc.property(arbitrary, (plain) => {
      const json = JSON.stringify(plain, (_key, value: unknown) => (Object.is(value, -0) ? 0 : value))
      const ours = protobuf.encode(json, { message: type })
      const theirs = oracle.encode(oracle.fromObject(JSON.parse(json))).finish()
      expect(normal(oracle, theirs)).toEqual(normal(oracle, ours))
      expect(readTree(protobuf, ours, { message: type })).toBeDefined()
      const decoded = protobuf.decode(theirs, { message: type })
      expect(toHex(protobuf.encode(decoded, { message: type }))).toBe(toHex(theirs))
      // Without repeated occurrences, the message decodes to JSON with the same meaning.
      expect(isJson(protobuf.decode(ours, { message: type }))).toBe(true)
      expect(values(ours, type)).toEqual(values(theirs, type))
    }),
    tries(40, 100),
  )
})

test('extensions are written under their full names', () => {
  const bytes = protobuf.encode('{"id":1,"name":"a","[old.nick]":"b","[old.marks]":[1,2]}', { message: record })
  const oracle = classic.lookupType('old.Record')
  expect(oracle.toObject(oracle.decode(bytes))).toMatchObject({ id: 1, '.old.nick': 'b', '.old.marks': [1, 2] })
})

function normal(type: protobufjs.Type, encoded: Uint8Array): unknown {
  return type.toObject(type.decode(encoded), {
    longs: String,
    enums: String,
    bytes: String,
    arrays: true,
    objects: true,
  })
}

function isJson(shown: string): boolean {
  return shown.startsWith('{')
}

/** The names and values in a tree, without zeros: protobufjs writes explicit zeros. */
function values(encoded: Uint8Array, type: MessageType): string[] {
  const zeroes = new Set(['0', 'false', '""', "h''", 'COLOR_NONE (0)', '0 items'])
  const children = readTree(protobuf, encoded, { message: type })?.children ?? []
  return children
    .filter(({ value }) => !zeroes.has(value))
    .map(({ key, value }) => `${key}=${value.replace(/^\d+ fields?$/, 'message')}`)
    .sort()
}
