import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { loadSchema } from '../../../src/engine/protobuf/load-schema.ts'
import { parseFile } from '../../../src/engine/protobuf/parse-file.ts'
import { SourceError } from '../../../src/engine/protobuf/source-error.ts'
import { wellKnownNames } from '../../../src/engine/protobuf/well-known.ts'
import { codecs } from '../../../src/shared/codecs/index.ts'
import { readProtobuf } from '../../../src/shared/codecs/protobuf/read.ts'
import type { ProtobufSchema } from '../../../src/shared/codecs/protobuf/schema.ts'
import { tries } from '../../support/nightly.ts'
import { type Files, fieldOf, fileSource, folderSource, folderWith } from './files.ts'

async function load(text: string): Promise<ProtobufSchema> {
  const { schema, problems } = await loadSchema([fileSource(join(folderWith({ 'a.proto': text }), 'a.proto'))], [])
  expect(problems).toEqual([])
  return schema
}

/** The problems of a folder with these files, as `severity file:line:column message`. */
async function problemsOf(files: Files) {
  const folder = folderWith(files)
  const { schema, problems } = await loadSchema([folderSource(folder)], [])
  const lines = problems.map(
    ({ severity, path, line, column, message }) =>
      `${severity} ${path.slice(folder.length + 1)}:${line}:${column} ${message}`,
  )
  return { schema, lines }
}

describe('groups', () => {
  test('may be in a oneof', async () => {
    const schema = await load('message M { oneof p { group G = 2 { optional int32 x = 3; } } }')
    expect(fieldOf(schema, 'M', 'g')).toMatchObject({ type: 'group', typeName: 'M.G', oneof: 'p', number: 2 })
    expect(fieldOf(schema, 'M.G', 'x').number).toBe(3)
  })

  test('may have options', async () => {
    const schema = await load('message M { repeated group Sub_Group = 1 [deprecated = true, json_name = "S"] { } }')
    expect(fieldOf(schema, 'M', 'sub_group')).toMatchObject({ type: 'group', label: 'repeated', jsonName: 'S' })
  })

  test('may be extensions, in a file or a message', async () => {
    const schema = await load(`package p; message Foo { extensions 1 to max; }
      extend Foo { optional group Bar = 1 { optional int32 y = 1; } }
      message Outer { extend Foo { repeated group Inner = 2 [deprecated = true] { } } }`)
    expect(fieldOf(schema, 'p.Foo', '[p.bar]')).toMatchObject({ type: 'group', typeName: 'p.Bar' })
    expect(fieldOf(schema, 'p.Foo', '[p.Outer.inner]')).toMatchObject({ type: 'group', typeName: 'p.Outer.Inner' })
  })
})

test('the extensions of a MessageSet have numbers up to 2147483646', async () => {
  const text = (flag: boolean, number: number) => `message Set { option message_set_wire_format = ${flag};
      extensions 4 to max; }
    message Item { extend Set { optional Item item = ${number}; } }`
  const largest = 2 ** 31 - 2
  expect(fieldOf(await load(text(true, largest)), 'Set', '[Item.item]').number).toBe(largest)
  const beyond = await problemsOf({ 'a.proto': text(true, largest + 1) })
  expect(beyond.lines).toEqual([`error a.proto:3:54 Field numbers go from 1 to ${largest}`])
  const usual = await problemsOf({ 'a.proto': text(false, largest) })
  expect(usual.lines).toEqual(['error a.proto:3:54 Field numbers go from 1 to 536870911'])
})

describe('a MessageSet', () => {
  const text = `message Set { option message_set_wire_format = true; extensions 4 to max; }
    message Item { optional int32 a = 1; extend Set { optional Item item = 2147483646; optional Item other = 5; } }`
  const json = '{"[Item.other]":{"a":1},"[Item.item]":{"a":5}}'
  const hex = '0b10051a0208010c0b10feffffff071a0208050c'

  test('is written and read as protoc does', async () => {
    const message = { schema: await load(text), name: 'Set' }
    expect(Buffer.from(codecs.protobuf.encode(json, { message })).toString('hex')).toBe(hex)
    const shown = codecs.protobuf.decode(Buffer.from(hex, 'hex'), { message })
    expect(JSON.parse(shown)).toEqual(JSON.parse(json))
    const { root, fault } = readProtobuf(Buffer.from(hex, 'hex'), { message })
    expect(fault).toBeUndefined()
    expect(root?.children).toMatchObject([
      { key: '[Item.other]', start: 4, end: 8, children: [{ key: 'a', value: '1' }] },
      { key: '[Item.item]', start: 16, end: 20, children: [{ key: 'a', value: '5' }] },
    ])
  })

  test.each([
    ['an item of an extension that the schema does not have', '0b10061a0208010c'],
    ['an item with its message first', '0b1a02080110050c'],
    ['an item without a message', '0b10050c'],
    ['an extension that is written as a field', '2a020801'],
  ])('keeps %s', async (_what, given) => {
    const message = { schema: await load(text), name: 'Set' }
    const shown = codecs.protobuf.decode(Buffer.from(given, 'hex'), { message })
    expect(Buffer.from(codecs.protobuf.encode(shown, { message })).toString('hex')).toBe(given)
  })
})

test('options may be messages in the text format', async () => {
  const schema = await load(`import "google/protobuf/descriptor.proto";
    message Option { optional Option sub = 1; optional string a = 2; repeated int32 list = 3; extensions 10 to 20; }
    extend Option { optional Option more = 10; }
    extend google.protobuf.FieldOptions { optional Option opt = 50001; }
    message M {
      optional int32 x = 1 [(opt) = { sub < a: "y" 'z' > list: [1, -2], list: []; [more] { a: "b" sub: < > } }];
      optional int32 y = 2 [(opt).sub.(more).a = "q", default = 5, (opt).list = 4];
    }`)
  expect(fieldOf(schema, 'M', 'y').defaultJson).toBe('5')
})

test('reserved numbers of an enum may be negative', async () => {
  const schema = await load('enum E { reserved -5 to -1, 7; reserved "OLD", "OL" "DER"; A = 0; B = -6; }')
  expect(schema.enums.E?.values).toHaveLength(2)
  const { lines } = await problemsOf({ 'a.proto': 'enum E { reserved -5 to -1; A = 0;\n B = -3; }' })
  expect(lines).toEqual(["error a.proto:2:6 The number -3 is reserved in 'E'"])
})

test('strings of several parts are one', async () => {
  const schema = await load(`syntax = "pro" 'to2'; import "google/proto" "buf/any.proto";
    message M { optional string s = 1 [default = "a" 'b' "\\x63", json_name = "j" "n"]; reserved "o" "ld"; }`)
  expect(fieldOf(schema, 'M', 's')).toMatchObject({ defaultJson: '"abc"', jsonName: 'jn' })
  const { lines } = await problemsOf({ 'a.proto': 'message M { reserved "o" "ld";\n optional int32 old = 1; }' })
  expect(lines).toEqual(["error a.proto:2:17 'old' is reserved in 'M'"])
})

test('the package may follow the types in it', async () => {
  const schema = await load('message M { map<int32, M> m = 1; optional group G = 2 {} } package late;')
  expect(Object.keys(schema.messages).sort()).toEqual(['late.M', 'late.M.G', 'late.M.MEntry'])
})

test('words of the language may be names and types', async () => {
  const schema = await load(`syntax = "proto3"; package message;
    message map { int32 to = 1; int32 max = 2; int32 oneof = 4; map map = 5; .message.map enum = 6; int32 option = 7;
      int32 reserved = 8; repeated int32 repeated = 9; map<string, map> group = 10; int32 inf = 11; int32 message = 12; }
    enum service { syntax = 0; import = 1; }`)
  expect(fieldOf(schema, 'message.map', 'map').typeName).toBe('message.map')
  expect(schema.messages['message.map']?.fields).toHaveLength(11)
})

describe('files that come with protoc', () => {
  test.each(wellKnownNames)('%s is found without being in a folder', async (name) => {
    await load(`import "${name}"; message M {}`)
  })

  test('have the features of C++, Java and Go', async () => {
    const names = ['cpp', 'java', 'go']
    const schema = await load(`edition = "2023";
      ${names.map((name) => `import "google/protobuf/${name}_features.proto";`).join('\n')}
      option features.(pb.cpp).string_type = VIEW;
      message M { int32 a = 1 [features.field_presence = IMPLICIT, features.(pb.java).large_enum = true]; }`)
    const [cpp, java, go] = names.map((name) => fieldOf(schema, 'google.protobuf.FeatureSet', `[pb.${name}]`).number)
    expect([cpp, java, go]).toEqual([1000, 1001, 1002])
    expect(fieldOf(schema, 'M', 'a').presence).toBe(false)
  })
})

test('features may be one option, and may follow what they apply to', async () => {
  const schema = await load(`edition = "2023";
    message M { int32 a = 1; int32 b = 2 [features = { field_presence: EXPLICIT [pb.cpp] { string_type: VIEW } }];
      oneof o { N n = 3; option features.message_encoding = DELIMITED; }
      option features.field_presence = IMPLICIT; }
    message N {}`)
  expect(fieldOf(schema, 'M', 'a').presence).toBe(false)
  expect(fieldOf(schema, 'M', 'b').presence).toBe(true)
  expect(fieldOf(schema, 'M', 'n').type).toBe('group')
})

test('integers of the unstable edition have a fixed width unless they say otherwise', async () => {
  const schema = await load(
    'edition = "UNSTABLE"; message M { int32 a = 1; uvarint64 b = 2; map<uint32, int64> m = 3; }',
  )
  expect(schema.messages.M?.fields.map(({ type }) => type)).toEqual(['sfixed32', 'uint64', 'message'])
  expect(schema.messages['M.MEntry']?.fields.map(({ type }) => type)).toEqual(['fixed32', 'sfixed64'])
})

describe('two files that extend a message', () => {
  const extension = (name: string, number = 50001) =>
    `import "google/protobuf/descriptor.proto"; message ${name.toUpperCase()} {}
    extend google.protobuf.FieldOptions { optional string ${name} = ${number}; }`

  test('with the same number are both loaded, with one warning', async () => {
    const { schema, lines } = await problemsOf({ 'a.proto': extension('one'), 'b.proto': extension('two') })
    expect(Object.keys(schema.messages)).toEqual(expect.arrayContaining(['ONE', 'TWO']))
    expect(lines).toEqual([
      "warning b.proto:2:59 'two' is left out: 'one' extends 'google.protobuf.FieldOptions' with the number 50001 too",
    ])
    const taken = schema.messages['google.protobuf.FieldOptions']?.fields.filter(({ number }) => number === 50001)
    expect(taken?.map(({ name }) => name)).toEqual(['[one]'])
  })

  test('with the same name and another number are not', async () => {
    const other = extension('one', 50002).replace('message ONE {}', '')
    const { lines } = await problemsOf({ 'a.proto': extension('one'), 'b.proto': other })
    expect(lines).toEqual(["error b.proto:2:59 'one' is defined by two files, but differently"])
  })

  test('with the number of one of its fields are not', async () => {
    const { lines } = await problemsOf({ 'a.proto': extension('one', 2) })
    expect(lines).toEqual([
      "error a.proto:2:59 The field 'packed' of 'google.protobuf.FieldOptions' already has the number 2",
    ])
  })
})

test.each([
  ['a field without a label', 'message M { int32 a = 1; }', /^1:13 A field of proto2 starts with/],
  ['a label in a oneof', 'message M { oneof o { optional int32 a = 1; } }', /^1:23 A field of a oneof is never/],
  ['a group in proto3', 'syntax = "proto3"; message M { repeated group G = 1 {} }', /^1:41 Groups exist in proto2/],
  ['a required field in proto3', 'syntax = "proto3"; message M { required int32 a = 1; }', /^1:32 'required' does not/],
  ['a map as an extension', 'message M { extend M { map<int32, int32> a = 1; } }', /^1:24 A map cannot be an ext/],
  ['a feature without such a value', 'edition = "2023";\noption features.enum_type = SHUT;', /^2:8 'SHUT' is no value/],
  ['a number of an enum that repeats', 'enum E { A = 0; B = 0; }', /^1:21 The number 0 is used twice in 'E'/],
  ['a number of an enum beyond 32 bits', 'enum E { A = 2147483648; }', /^1:14 Enum numbers go from/],
  ['an open list of options', 'message M { optional int32 a = 1 [packed = true; }', /^1:48 Expected ']', found ';'/],
  ['an open aggregate', 'option (a) = { b < c: 1 };', /^1:25 Expected a name, found '}'/],
  ['an octal number with a 9', 'message M { optional int32 a = 09; }', /^1:32 Illegal field number '09'/],
  ['a package twice', 'package a; package b;', /^1:12 Illegal token 'package'/],
  ['a syntax that comes late', 'package a; syntax = "proto3";', /^1:12 Illegal token 'syntax'/],
])('%s is told with its place', (_what, text, expected) => {
  const told = () => {
    try {
      parseFile(text)
      return 'nothing'
    } catch (error) {
      if (!(error instanceof SourceError)) throw error
      return `${error.position?.line}:${error.position?.column} ${error.message}`
    }
  }
  expect(told()).toMatch(expected)
})

const sound = `syntax = "proto2"; package p.q; import public "a.proto"; option java_package = "x" 'y';
  message M { optional group G = 1 [(o).x = { a < b: [1, 2] > }] { oneof o { int32 i = 2; string s = 3; } }
    map<string, M> m = 4; extensions 10 to max; reserved 5, 7 to 9; reserved "no"; /* c */ // d
    enum E { option allow_alias = true; A = 0; B = -1 [deprecated = true]; C = 0x0; } }
  extend M { repeated sint32 e = 10 [packed = true, default = 5]; } service S { rpc R(M) returns (stream M) {} }`

test('any change of a file is read or told with its place', { timeout: 60_000 }, () => {
  const piece = fc.constantFrom(...'{}[]<>()=;:,."\'\\/*-0', 'to', 'max', '\n', 'é', '"', 'group', 'x = 1')
  const change = fc.record({ at: fc.nat(sound.length), drop: fc.nat(12), put: fc.array(piece, { maxLength: 3 }) })
  expect(() => parseFile(sound)).not.toThrow()
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
      let text = sound
      for (const { at, drop, put } of changes) text = text.slice(0, at) + put.join('') + text.slice(at + drop)
      try {
        parseFile(text)
      } catch (error) {
        if (!(error instanceof SourceError)) throw error
        const { line, column } = error.position ?? { line: 0, column: 0 }
        const lines = text.split('\n')
        expect(line).toBeGreaterThan(0)
        expect(column).toBeGreaterThan(0)
        expect(column).toBeLessThanOrEqual((lines[line - 1] ?? '').length + 1)
      }
    }),
    tries(500, 20_000),
  )
})
