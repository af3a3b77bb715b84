import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import protobuf from 'protobufjs'
import descriptorJson from 'protobufjs/google/protobuf/descriptor.json' with { type: 'json' }
import { describe, expect, test } from 'vitest'
import { loadSchema } from '../../../src/engine/protobuf/load-schema.ts'
import { codecs } from '../../../src/shared/codecs/index.ts'
import type { ProtobufSchema } from '../../../src/shared/codecs/protobuf/schema.ts'
import { type Files, fieldOf, fileSource, folderSource, folderWith, setSource } from './files.ts'

const fixture = (name: string): string => join(import.meta.dirname, 'fixtures', name)

/** Loads `main.proto` among other files, none of which may have a problem. */
async function load(files: Files): Promise<ProtobufSchema> {
  const { schema, problems } = await loadSchema([fileSource(join(folderWith(files), 'main.proto'))], [])
  expect(problems).toEqual([])
  return schema
}

const loadText = (text: string): Promise<ProtobufSchema> => load({ 'main.proto': text })

/** The types without those included with Protobuf. */
function ownTypes({ messages, enums }: ProtobufSchema): ProtobufSchema {
  const own = <Type>(types: Readonly<Record<string, Type>>): Record<string, Type> =>
    Object.fromEntries(Object.entries(types).filter(([name]) => !name.startsWith('google.')))
  return { messages: own(messages), enums: own(enums) }
}

describe('proto2', () => {
  const loaded = loadSchema([fileSource(fixture('everything.proto'))], [])
  const field = async (name: string) => fieldOf((await loaded).schema, 'shop.v1.Order', name)

  test('is read without problems', async () => {
    expect((await loaded).problems).toEqual([])
  })

  test.each([
    ['order_id', '"-9223372036854775808"'],
    ['largest', '"18446744073709551615"'],
    ['title', '"a \\"quoted\\" ÿ ÿ tail"'],
    ['raw', '"AP8K"'],
    ['ratio', '"-Infinity"'],
    ['small', '0.0015'],
    ['sure', 'true'],
    ['color', '"GREEN"'],
    ['hexadecimal', '127'],
    ['octal', '-15'],
    ['default', '5'],
    ['not_a_number', '"NaN"'],
    ['plain_numbers', null],
  ])('the default of %s is %s', async (name, json) => {
    expect((await field(name)).defaultJson).toBe(json)
  })

  test('fields have labels, presence, and are packed when they say so', async () => {
    expect(await field('order_id')).toMatchObject({ label: 'required', presence: true, type: 'int64' })
    expect(await field('title')).toMatchObject({ jsonName: 'TITLE', validatesUtf8: false, presence: true })
    expect(await field('packed_numbers')).toMatchObject({ label: 'repeated', packed: true, presence: false })
    expect(await field('plain_numbers')).toMatchObject({ packed: false })
  })

  test('groups, oneofs and maps are recognised', async () => {
    const { schema } = await loaded
    expect(await field('result_line')).toMatchObject({ type: 'group', typeName: 'shop.v1.Order.Result_Line' })
    expect(await field('by_item')).toMatchObject({ oneof: 'choice', type: 'message', typeName: 'shop.v1.Item' })
    expect(await field('items_by_name')).toMatchObject({
      label: 'repeated',
      typeName: 'shop.v1.Order.ItemsByNameEntry',
    })
    expect(schema.messages['shop.v1.Order.ItemsByNameEntry']).toMatchObject({
      isMapEntry: true,
      fields: [
        { name: 'key', number: 1, type: 'string' },
        { name: 'value', number: 2, type: 'message', typeName: 'shop.v1.Item' },
      ],
    })
  })

  test('enums are closed and keep aliases and their order', async () => {
    const { enums } = (await loaded).schema
    expect(enums['shop.v1.Color']?.closed).toBe(true)
    expect(enums['shop.v1.Order.Inner.Kind']?.values).toEqual([
      { name: 'NONE', number: 0 },
      { name: 'NIL', number: 0 },
      { name: 'SOME', number: -1 },
    ])
  })

  test('extensions are fields of the message that they extend', async () => {
    expect(await field('[shop.v1.note]')).toMatchObject({ number: 100, label: 'repeated', jsonName: '[shop.v1.note]' })
    expect(await field('[shop.v1.Order.Inner.inner_extension]')).toMatchObject({ typeName: 'shop.v1.Order.Inner' })
    expect(await field('[shop.v1.extra]')).toMatchObject({ type: 'group', typeName: 'shop.v1.Extra' })
    const { schema } = await loaded
    expect(fieldOf(schema, 'google.protobuf.FieldOptions', '[shop.v1.tagged]').typeName).toBe('shop.v1.Tag')
  })
})

test('proto3 has no presence but for `optional`, oneofs and messages', async () => {
  const schema = await loadText(`syntax = "proto3"; package p;
    message M {
      int32 plain = 1; optional int32 chosen = 2; oneof which { string one_of = 3; } M message = 4;
      repeated int32 many = 5; repeated int32 loose = 6 [packed = false]; string text_ = 7; E state = 8;
    }
    enum E { ZERO = 0; }`)
  const field = (name: string) => fieldOf(schema, 'p.M', name)
  expect(field('plain').presence).toBe(false)
  expect(field('chosen')).toMatchObject({ presence: true, oneof: null })
  expect(field('one_of')).toMatchObject({ presence: true, oneof: 'which', jsonName: 'oneOf' })
  expect(field('message').presence).toBe(true)
  expect([field('many').packed, field('loose').packed]).toEqual([true, false])
  expect(field('text_')).toMatchObject({ jsonName: 'text', validatesUtf8: true })
  expect(schema.enums['p.E']?.closed).toBe(false)
})

test('editions take their features from the file, messages, oneofs and fields', async () => {
  const schema = await loadText(`edition = "2023"; package p;
    option features.field_presence = IMPLICIT;
    message M {
      int32 implicit = 1;
      int32 explicit = 2 [features.field_presence = EXPLICIT];
      int32 required = 3 [features.field_presence = LEGACY_REQUIRED];
      repeated int32 expanded = 4 [features.repeated_field_encoding = EXPANDED];
      M delimited = 5 [features.message_encoding = DELIMITED];
      string loose = 6 [features.utf8_validation = NONE];
      Closed closed = 7 [features.field_presence = EXPLICIT];
    }
    message Delimiting { option features.message_encoding = DELIMITED; map<string, M> map = 1; M one = 2; }
    enum Closed { option features.enum_type = CLOSED; ONE = 1; }`)
  const field = (name: string) => fieldOf(schema, 'p.M', name)
  expect(field('implicit')).toMatchObject({ presence: false, label: 'single' })
  expect(field('explicit')).toMatchObject({ presence: true })
  expect(field('required')).toMatchObject({ presence: true, label: 'required' })
  expect(field('expanded').packed).toBe(false)
  expect(field('delimited').type).toBe('group')
  expect(field('loose').validatesUtf8).toBe(false)
  expect(schema.enums['p.Closed']?.closed).toBe(true)
  expect(fieldOf(schema, 'p.Delimiting', 'map').type).toBe('message')
  expect(fieldOf(schema, 'p.Delimiting', 'one').type).toBe('group')
})

test("a name is resolved from the innermost scope, among the file's imports only", async () => {
  const schema = await load({
    'main.proto': `syntax = "proto3"; package a.b; import "other.proto";
      message M { message T {} T inner = 1; .a.T outer = 2; a.T also_outer = 3; U passed_on = 4; }`,
    'other.proto': 'syntax = "proto3"; package a; import public "deep.proto"; message T {}',
    'deep.proto': 'syntax = "proto3"; package a; message U {}',
  })
  const types = schema.messages['a.b.M']?.fields.map(({ typeName }) => typeName)
  expect(types).toEqual(['a.b.M.T', 'a.T', 'a.T', 'a.U'])
})

describe('imports', () => {
  const user = 'syntax = "proto3"; import "lib/thing.proto"; message User { Thing thing = 1; }'
  const thing = 'syntax = "proto3"; message Thing {}'

  test('are found in include roots', async () => {
    const root = folderWith({ 'lib/thing.proto': thing })
    const main = join(folderWith({ 'main.proto': user }), 'main.proto')
    const { schema, problems, files } = await loadSchema([fileSource(main)], [root])
    expect(problems).toEqual([])
    expect(Object.keys(schema.messages)).toEqual(['User', 'Thing'])
    expect(files).toContain(join(root, 'lib/thing.proto'))
  })

  test('are found in other folder sources and above the importing file', async () => {
    const folder = folderWith({ 'deep/er/main.proto': user, 'deep/lib/thing.proto': thing })
    expect((await loadSchema([folderSource(folder)], [])).problems).toEqual([])
    const alone = join(folderWith({ 'main.proto': user }), 'main.proto')
    expect((await loadSchema([fileSource(alone), folderSource(join(folder, 'deep'))], [])).problems).toEqual([])
  })

  test('know the types that come with Protobuf', async () => {
    const names = ['any', 'api', 'compiler/plugin', 'descriptor', 'duration', 'empty', 'field_mask']
    const more = ['source_context', 'struct', 'timestamp', 'type', 'wrappers']
    const imports = [...names, ...more].map((name) => `import "google/protobuf/${name}.proto";`)
    const schema = await loadText(`syntax = "proto3"; ${imports.join('')}`)
    expect(fieldOf(schema, 'google.protobuf.Any', 'type_url').jsonName).toBe('typeUrl')
    expect(fieldOf(schema, 'google.protobuf.Value', 'number_value').oneof).toBe('kind')
    expect(schema.messages['google.protobuf.Struct.FieldsEntry']?.isMapEntry).toBe(true)
    expect(fieldOf(schema, 'google.protobuf.FileDescriptorProto', 'message_type').packed).toBe(false)
  })

  test('may be circular', async () => {
    const schema = await load({
      'main.proto': 'syntax = "proto3"; import "b.proto"; message A { B b = 1; }',
      'b.proto': 'syntax = "proto3"; import "main.proto"; message B { A a = 1; }',
    })
    expect(Object.keys(schema.messages)).toEqual(['A', 'B'])
  })
})

describe('descriptor sets', () => {
  const compiled = Buffer.from(readFileSync(fixture('everything.descriptor-set.base64'), 'utf8'), 'base64')

  test('equal the files they were made from', async () => {
    const set = join(folderWith({ 'all.pb': compiled }), 'all.pb')
    const fromSet = await loadSchema([setSource(set)], [])
    const fromFiles = await loadSchema([fileSource(fixture('everything.proto'))], [])
    expect(fromSet.problems).toEqual([])
    expect(ownTypes(fromSet.schema)).toEqual(ownTypes(fromFiles.schema))
    expect(fromSet.files).toContain(set)
  })

  test('may be next to the files they were made from', async () => {
    const set = join(folderWith({ 'all.pb': compiled }), 'all.pb')
    const { problems } = await loadSchema([setSource(set), folderSource(fixture('.'))], [])
    expect(problems).toEqual([])
  })

  test('of editions are read', async () => {
    const type = protobuf.Root.fromJSON(descriptorJson).lookupType('google.protobuf.FileDescriptorSet')
    const number = { name: 'number', number: 1, label: 1, type: 5 }
    const bytes = type.encode(
      type.fromObject({
        file: [
          {
            name: 'e.proto',
            syntax: 'editions',
            edition: 'EDITION_2023',
            options: { features: { fieldPresence: 'IMPLICIT' } },
            messageType: [
              { name: 'M', field: [number, { ...number, name: 'self', number: 2, type: 10, typeName: '.M' }] },
            ],
          },
        ],
      }),
    )
    const { schema, problems } = await loadSchema([setSource(join(folderWith({ 's.pb': bytes.finish() }), 's.pb'))], [])
    expect(problems).toEqual([])
    expect(fieldOf(schema, 'M', 'number').presence).toBe(false)
    expect(fieldOf(schema, 'M', 'self').type).toBe('group')
  })

  test('do not delimit messages in a map, whatever the file says', async () => {
    const type = protobuf.Root.fromJSON(descriptorJson).lookupType('google.protobuf.FileDescriptorSet')
    const single = (name: string, number: number, of: object) => ({ name, number, label: 1, ...of })
    const message = (typeName: string) => ({ type: 11, typeName })
    const entry = {
      name: 'MEntry',
      field: [single('key', 1, { type: 9 }), single('value', 2, message('.N'))],
      options: { mapEntry: true },
    }
    const bytes = type.encode(
      type.fromObject({
        file: [
          {
            name: 'e.proto',
            syntax: 'editions',
            edition: 'EDITION_2023',
            options: { features: { messageEncoding: 'DELIMITED' } },
            messageType: [
              { name: 'N', field: [single('a', 1, { type: 5 })] },
              {
                name: 'M',
                field: [{ name: 'm', number: 1, label: 3, ...message('.M.MEntry') }, single('n', 2, message('.N'))],
                nestedType: [entry],
              },
            ],
          },
        ],
      }),
    )
    const { schema, problems } = await loadSchema([setSource(join(folderWith({ 's.pb': bytes.finish() }), 's.pb'))], [])
    expect(problems).toEqual([])
    const written = codecs.protobuf.encode('{"m":{"k":{"a":5}},"n":{"a":1}}', { message: { schema, name: 'M' } })
    expect(Buffer.from(written).toString('hex')).toBe('0a070a016b1202080513080114')
  })

  test.each([
    ['no set', Buffer.from('not a descriptor set'), 'The file is not a compiled descriptor set'],
    ['an empty file', Buffer.alloc(0), 'There are no message types in the descriptor set'],
  ])('%s is rejected', async (_, bytes, message) => {
    const set = join(folderWith({ 'all.pb': bytes }), 'all.pb')
    const { problems } = await loadSchema([setSource(set)], [])
    expect(problems).toEqual([{ sourceId: 'set', severity: 'error', path: set, line: null, column: null, message }])
  })
})
