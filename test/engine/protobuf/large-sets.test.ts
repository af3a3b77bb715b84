import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadSchema } from '../../../src/engine/protobuf/load-schema.ts'
import { schemaThread } from '../../../src/engine/protobuf/schema-thread.ts'
import { builtModule } from '../../support/built.ts'
import { fieldOf, folderWith, setSource } from './files.ts'

function varint(value: number): Buffer {
  const bytes: number[] = []
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...bytes, rest])
    bytes.push((rest % 128) + 128)
  }
}

/** A field of a descriptor: a number, or a length and bytes. */
function field(number: number, value: number | string | readonly Buffer[]): Buffer {
  if (typeof value === 'number') return Buffer.concat([varint(number * 8), varint(value)])
  const bytes = typeof value === 'string' ? Buffer.from(value) : Buffer.concat(value)
  return Buffer.concat([varint(number * 8 + 2), varint(bytes.length), bytes])
}

const stringType = 9
const messageOf = (name: string, fields: number): Buffer =>
  field(4, [
    field(1, name),
    ...Array.from({ length: fields }, (_, index) =>
      field(2, [field(1, `some_field_${index}`), field(3, index + 1), field(4, 1), field(5, stringType)]),
    ),
  ])
const setOf = (name: string, ...parts: readonly Buffer[]) =>
  setSource(join(folderWith({ [name]: field(1, [field(1, 'a.proto'), ...parts]) }), name))

/** As in a set made with `--include_source_info`: most of it is comments. */
const sourceInfo = (bytes: number): Buffer => field(9, [field(1, [field(3, ' comment'.repeat(bytes / 8))])])

describe('a descriptor set', () => {
  test('of 20 MB with 45,000 types is read in 256 MiB', { timeout: 30_000 }, async () => {
    const messages = Array.from({ length: 45_000 }, (_, index) => messageOf(`Message${index}`, 8))
    const thread = schemaThread(new URL(`file://${builtModule('schema-worker')}`), {
      milliseconds: 25_000,
      mebibytes: 256,
    })
    const source = setOf('large.pb', ...messages, sourceInfo(8_000_000))
    const { schema, problems } = await thread([source], [], new AbortController().signal)
    expect(problems).toEqual([])
    expect(Object.keys(schema.messages)).toHaveLength(45_000)
    expect(fieldOf(schema, 'Message44999', 'some_field_7').number).toBe(8)
  })

  test('has no limit but that of all files together', async () => {
    const source = setOf('large.pb', messageOf('M', 1), sourceInfo(9 * 1024 * 1024))
    const { schema, problems } = await loadSchema([source], [])
    expect([Object.keys(schema.messages), problems]).toEqual([['M'], []])
    const less = await loadSchema([source], [], { totalBytes: 8 * 1024 * 1024 })
    expect(less.problems.map(({ message }) => message)).toEqual(['The file has 9.00 MiB; the limit is 8.00 MiB'])
  })

  test('may hold more files than can be read, which is told', async () => {
    const files = ['a', 'b', 'c'].map((name) => field(1, [field(1, `${name}.proto`)]))
    const source = setSource(join(folderWith({ 'many.pb': Buffer.concat(files) }), 'many.pb'))
    const { problems } = await loadSchema([source], [], { files: 2 })
    expect(problems.map(({ message }) => message)).toEqual(['Too many files: the limit is 2'])
  })

  test('may have options that are groups', async () => {
    // Field 7 of a message: its options, with group 1000, in which there are group 1 and a number.
    const group = Buffer.concat([varint(1000 * 8 + 3), Buffer.of(0x0b, 0x10, 0x05, 0x0c), varint(1000 * 8 + 4)])
    const source = setOf('groups.pb', field(4, [field(1, 'M'), field(7, [group, field(7, 1)])]))
    const { schema, problems } = await loadSchema([source], [])
    expect(problems).toEqual([])
    expect(schema.messages.M?.isMapEntry).toBe(true)
  })

  test.each([
    ['ends within a name', [field(1, 'ab').subarray(0, 3)]],
    ['ends within a number', [Buffer.of(0x18, 0x80)]],
    ['has a number without an end', [Buffer.alloc(12, 0x80)]],
    ['ends a group that did not start', [Buffer.of(0x0c)]],
    ['starts a group that does not end', [Buffer.of(0x0b)]],
    ['has a wire type that does not exist', [Buffer.of(0x0f)]],
  ])('that %s is refused', async (_what, parts) => {
    const { problems } = await loadSchema([setOf('bad.pb', ...parts)], [])
    expect(problems.map(({ message }) => message)).toEqual(['The file is not a compiled descriptor set'])
  })

  test('with messages in one another without end is refused', async () => {
    let nested: Buffer = field(1, 'M')
    for (let depth = 0; depth < 200; depth += 1) nested = Buffer.concat([field(1, 'M'), field(3, [nested])])
    const { problems } = await loadSchema([setOf('deep.pb', field(4, [nested]))], [])
    expect(problems.map(({ message }) => message)).toEqual(['Messages are nested more than 100 deep'])
  })
})
