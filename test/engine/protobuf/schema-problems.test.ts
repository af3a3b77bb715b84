import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadSchema } from '../../../src/engine/protobuf/load-schema.ts'
import type { SchemaLimits } from '../../../src/engine/protobuf/schema-limits.ts'
import { kindOf } from '../../../src/engine/protobuf/source-files.ts'
import { type Files, fileSource, folderSource, folderWith } from './files.ts'

/** The problems of a folder with these files, as `file:line:column message`. */
async function problemsOf(files: Files, limits?: Partial<SchemaLimits>): Promise<string[]> {
  const folder = folderWith(files)
  const { problems } = await loadSchema([folderSource(folder)], [], limits)
  return problems.map(
    ({ path, line, column, message }) =>
      `${path.slice(folder.length + 1)}:${line}:${column} ${message.replaceAll(`${folder}/`, '')}`,
  )
}

const head = 'syntax = "proto3";\n'

test.each([
  ['a missing semicolon', 'message M {\n  int32 a = 1\n  int32 b = 2;\n}', "4:3 Expected ';', found 'int32'"],
  ['a word too many', 'message M {\n  int32 a = 1 1;\n}', "3:15 Expected ';', found '1'"],
  ['a bad number', 'message M { int32 a = x; }', "2:23 Illegal field number 'x'"],
  ['a repeated token', 'message M { int32 a = = 1; }', "2:23 Illegal field number '='"],
  ['an open block', 'message M {\n  int32 a = 1;', '3:15 The file ends where more is expected'],
  ['an open string', 'import "a;\nmessage M {}', '2:8 The string is not closed on its line'],
  ['an open comment', 'message M {} /* never', '2:14 The comment is not closed'],
  ['an unknown type', 'message M {\n  int32 a = 1;\n  Nothing b = 2;\n}', /^4:3 'Nothing' is not defined/],
  ['an unknown type in a map', 'message M {\n  map<string, No.Thing> b = 2;\n}', /^3:15 'No.Thing' is not defined/],
  ['an unknown extendee', 'extend Nothing { int32 a = 1; }', /'Nothing' is not defined/],
  ['a missing import', 'import "no/where.proto";', /^2:8 'no\/where.proto' was not found in the folders/],
  ['a duplicate field', 'message M {\n  int32 a = 1;\n  string a = 2;\n}', "4:10 'a' is defined twice in 'M'"],
  ['a duplicate number', 'message M {\n  int32 a = 1;\n  int32 b = 1;\n}', "4:13 The number 1 is used twice in 'M'"],
  ['a duplicate message', 'message M {}\nmessage M {}', "3:9 'M' is defined twice"],
  ['a duplicate enum value', 'enum E { A = 0;\n B = 1;\n A = 2; }', "4:2 'A' is defined twice in 'E'"],
  ['a reserved number', 'message M { reserved 2;\n int32 a = 2; }', "3:12 The number 2 is reserved in 'M'"],
  [
    'a string for a number',
    'message M { int32 a = 1 [default = "1"]; }',
    "2:26 The default of 'a' does not fit its type",
  ],
  ['a field number out of range', 'message M { int32 a = 0; }', '2:23 Field numbers go from 1 to 536870911'],
])('%s is reported with its position', async (_, text, expected) => {
  const problems = await problemsOf({ 'a.proto': head + text })
  expect(problems).toHaveLength(1)
  expect(problems[0]?.replace('a.proto:', '')).toEqual(
    typeof expected === 'string' ? expected : expect.stringMatching(expected),
  )
})

test('an unknown syntax is reported with its position', async () => {
  expect(await problemsOf({ 'a.proto': '\nsyntax = "proto4";' })).toEqual(["a.proto:2:10 Unknown syntax 'proto4'"])
})

test('a default of the wrong type is reported with its position', async () => {
  const text = 'message M {\n  optional bool a = 1 [default = "x"];\n}'
  expect(await problemsOf({ 'a.proto': text })).toEqual(["a.proto:2:24 The default of 'a' does not fit its type"])
})

test('a name that two files define differently is reported for the later one', async () => {
  const problems = await problemsOf({
    'a.proto': `${head}package p;\nmessage M {}`,
    'b.proto': `${head}package p;\nmessage M { int32 a = 1; }`,
    'copy.proto': `${head}package p;\nmessage M {}`,
  })
  expect(problems).toEqual(["b.proto:3:9 'p.M' is also defined in a.proto, but differently"])
})

test('an extension whose number is taken is reported for the later one', async () => {
  const problems = await problemsOf({
    'a.proto': 'message M { extensions 10 to 20; }',
    'b.proto': 'import "a.proto"; extend M { optional int32 one = 10; }',
    'c.proto': 'import "a.proto"; extend M { optional int32 two = 10; }',
  })
  expect(problems).toEqual(["c.proto:1:45 'two' is left out: 'one' extends 'M' with the number 10 too"])
})

test('a broken file affects only those that import it', async () => {
  const folder = folderWith({
    'bad.proto': `${head}message Bad { Nothing a = 1; }`,
    'good.proto': `${head}message Good {}`,
    'needs-bad.proto': `${head}import "bad.proto";\nmessage NeedsBad { Bad bad = 1; }`,
  })
  const { schema, problems } = await loadSchema([folderSource(folder)], [])
  expect(Object.keys(schema.messages)).toEqual(['Good'])
  expect(problems.map(({ path, line, column }) => [path, line, column])).toEqual([
    [join(folder, 'bad.proto'), 2, 15],
    [join(folder, 'needs-bad.proto'), 2, 8],
  ])
})

test('a weak import may be missing', async () => {
  expect(await problemsOf({ 'a.proto': 'import weak "b.proto"; message M {}' })).toEqual([])
})

test('missing files are reported', async () => {
  const folder = folderWith({})
  const sources = [fileSource(join(folder, 'a.proto')), folderSource(join(folder, 'b'))]
  const { problems } = await loadSchema(sources, [])
  expect(problems.map(({ message }) => message).sort()).toEqual([
    'The file does not exist',
    'The folder does not exist',
  ])
})

test('too large files and too many files are rejected', async () => {
  const files = { 'a.proto': `${head}message A {}`, 'b.proto': `${head}message B {}` }
  expect(await problemsOf(files, { fileBytes: 10, files: 2 })).toEqual([
    'a.proto:null:null The file has 31 B; the limit is 10 B',
    'b.proto:null:null The file has 31 B; the limit is 10 B',
  ])
  expect(await problemsOf(files, { fileBytes: 100, files: 1 })).toEqual([
    ':null:null The folder contains more than 1 .proto files or more than that many folders',
  ])
  const folder = folderWith(files)
  const sources = [fileSource(join(folder, 'a.proto'), 'a'), fileSource(join(folder, 'b.proto'), 'b')]
  const { problems } = await loadSchema(sources, [], { fileBytes: 100, files: 1 })
  expect(problems.map(({ sourceId, message }) => [sourceId, message])).toEqual([
    ['b', 'Too many files: the limit is 1'],
  ])
})

test('the kind of a source follows from its path', async () => {
  const folder = folderWith({ 'a.proto': '', 'b.desc': '' })
  const kinds = await Promise.all([folder, join(folder, 'a.proto'), join(folder, 'b.desc')].map(kindOf))
  expect(kinds).toEqual(['folder', 'file', 'descriptor-set'])
})
