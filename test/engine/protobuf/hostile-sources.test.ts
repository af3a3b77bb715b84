import { execFileSync } from 'node:child_process'
import { symlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { loadSchema } from '../../../src/engine/protobuf/load-schema.ts'
import type { SchemaLimits } from '../../../src/engine/protobuf/schema-limits.ts'
import { SchemaStore } from '../../../src/engine/protobuf/schema-store.ts'
import { schemaThread, type ThreadLimits } from '../../../src/engine/protobuf/schema-thread.ts'
import type { ReadingProgress } from '../../../src/shared/protobuf-sources.ts'
import { builtModule } from '../../support/built.ts'
import { nightly } from '../../support/nightly.ts'
import { fileSource, folderSource, folderWith, setSource, writeFiles } from './files.ts'

const head = 'syntax = "proto3"; '
const withPipes = process.platform !== 'win32'

async function load(folder: string, limits?: Partial<SchemaLimits>) {
  const { schema, problems } = await loadSchema([folderSource(folder)], [], limits)
  return {
    names: Object.keys(schema.messages).sort(),
    problems: problems.map(({ path, message }) => [path.slice(folder.length + 1), message]),
  }
}

/** A folder with a good file, and beside it a pipe, an endless device, a socket and links in a circle. */
async function folderOfTraps(): Promise<string> {
  const folder = folderWith({ 'good.proto': `${head} message Good {}`, 'deep/other.proto': `${head} message Other {}` })
  execFileSync('mkfifo', [join(folder, 'pipe.proto')])
  symlinkSync('/dev/zero', join(folder, 'zero.proto'))
  symlinkSync('/proc/self/maps', join(folder, 'growing.proto'))
  symlinkSync('around.proto', join(folder, 'around.proto'))
  symlinkSync('..', join(folder, 'deep/up'))
  const server = createServer().listen(join(folder, 'socket.proto'))
  onTestFinished(() => void server.close())
  await new Promise((resolve) => server.once('listening', resolve))
  return folder
}

describe.skipIf(!withPipes)('what is no regular file', () => {
  test('is skipped and told, and the files beside it are read', async () => {
    const { names, problems } = await load(await folderOfTraps())
    expect(names).toEqual(['Good', 'Other'])
    expect(Object.fromEntries(problems)).toMatchObject({
      'pipe.proto': 'This is a named pipe, not a file, so it is skipped',
      'zero.proto': 'This is a device, not a file, so it is skipped',
      'socket.proto': 'This is a socket, not a file, so it is skipped',
      'around.proto': 'Could not read the file: its links lead in a circle',
    })
    // A file in /proc has the size 0 and content all the same, which is no schema.
    expect(Object.keys(Object.fromEntries(problems))).toContain('growing.proto')
  })

  test('is no file to import and no descriptor set', async () => {
    const folder = await folderOfTraps()
    writeFiles(folder, { 'good.proto': `${head} import "pipe.proto"; import "zero.proto";` })
    const { problems } = await loadSchema(
      [fileSource(join(folder, 'good.proto')), setSource(join(folder, 'zero.proto'), 'zero')],
      [],
    )
    expect(problems.map(({ message }) => message)).toEqual([
      'This is a device, not a file, so it is skipped',
      "'pipe.proto' was not found in the folders searched for imports",
    ])
  })
})

test('files are read up to a limit in all', async () => {
  const content = `${head} message M${'x'.repeat(970)} {}`
  const files = { 'a.proto': content, 'b.proto': content.replace('M', 'N'), 'c.proto': content.replace('M', 'O') }
  expect((await load(folderWith(files), { totalBytes: 2048 })).problems).toEqual([
    ['c.proto', 'The files have more than 2.00 KiB in all, so this one is not read'],
  ])
})

test('a folder with too many entries is refused before all are listed', async () => {
  const folder = folderWith({ 'a.txt': '', 'b.txt': '', 'c.txt': '' })
  expect((await load(folder, { entries: 2 })).problems).toEqual([
    ['', 'The folder contains more than 2 files and folders'],
  ])
})

test.each([
  ['../a.proto', /^An import cannot leave its folder with '\.\.'$/],
  ['x/../a.proto', /cannot leave its folder/],
  ['/etc/passwd', /so it cannot be an absolute path$/],
  ['C:/a.proto', /so it cannot be an absolute path$/],
  ['x\\\\a.proto', /^An import is written with '\/' and without '\\'$/],
  ['./a.proto', /without '\.' as a folder$/],
  ['x//a.proto', /without '\/\/'/],
  ['x/', /without '\/\/' and without '\/' at its end$/],
  ['', /^An import names a file; this one is empty$/],
])('an import of %j is refused with its position, as protoc does', async (name, expected) => {
  const folder = folderWith({
    'x/main.proto': `syntax = "proto3";\n  import "${name}";`,
    'a.proto': head,
    'x/a.proto': head,
  })
  const { problems } = await loadSchema([folderSource(folder)], [folder])
  expect(problems).toHaveLength(1)
  expect(problems[0]).toMatchObject({ line: 2, column: 10, message: expect.stringMatching(expected) })
})

const megabytes = (text: string, count = nightly ? 5 : 1) => text.repeat((count * 1_000_000) / text.length)

test.each([
  ['a token that is repeated', `${head}message M { int32 a = 1; } ${megabytes('= ')}`, 47, "Illegal token '='"],
  [
    'one fault among many of its kind',
    `${head}${megabytes('enum E{A=0;} ', 1)} message M { int32 a = = 1; }`,
    null,
    null,
  ],
  ['a token as long as the file', head + megabytes('x'), 20, `Illegal token '${'x'.repeat(80)}…'`],
  ['a string as long as the file', `${head}"${megabytes("', '(")}"`, 20, /^Illegal token/],
  ['blocks without end', head + megabytes('message a{'), null, 'Blocks are nested more than 100 deep'],
  ['names without end', `${head}package a${megabytes('.a')};`, null, /more than 1000 characters$/],
  ['100,000 imports', head + 'import "a";'.repeat(100_000), null, 'The file has 100,000 imports; the limit is 5,000'],
])('%s, on one line, is told in bounded time', { timeout: 60_000 }, async (_what, text, column, message) => {
  const { problems } = await loadSchema([fileSource(join(folderWith({ 'a.proto': text }), 'a.proto'))], [])
  expect(problems).toHaveLength(1)
  if (column !== null) expect(problems[0]).toMatchObject({ line: 1, column })
  if (message !== null) expect(problems[0]?.message).toMatch(message)
  expect(problems[0]?.message.length).toBeLessThan(200)
})

test('the imports of a long chain name the first cause, not one another', async () => {
  const files = Array.from({ length: 200 }, (_, index) => [
    `${index}.proto`,
    index === 0 ? 'message {' : `${head} import "${index - 1}.proto";`,
  ])
  const { problems } = await load(folderWith(Object.fromEntries(files)))
  expect(problems).toHaveLength(200)
  expect(Math.max(...problems.map(([, message = '']) => message.length))).toBeLessThan(120)
})

describe('the thread that reads message types', () => {
  const threadWith = (limits?: ThreadLimits) => schemaThread(new URL(`file://${builtModule('schema-worker')}`), limits)
  const never = new AbortController().signal
  /** A message of so many fields that it takes longer than the times below. */
  const slow = `${head}message M {${Array.from({ length: 150_000 }, (_, index) => `int32 f${index}=${index + 1};`).join('')}}`
  const slowSource = () => [fileSource(join(folderWith({ 'slow.proto': slow }), 'slow.proto'))]

  test('reads the same as without it', async () => {
    const folder = folderWith({ 'a.proto': `${head} message A {}`, 'b.proto': 'message {' })
    const sources = [folderSource(folder)]
    expect(await threadWith()(sources, [], never)).toEqual(await loadSchema(sources, []))
  })

  test('tells how far it is', { timeout: 30_000 }, async () => {
    const fields = Array.from({ length: 12_000 }, (_, index) => `int32 f${index}=${index + 1};`).join('')
    const files = Array.from({ length: 20 }, (_, index) => [`${index}.proto`, `${head}message M${index} {${fields}}`])
    const told: ReadingProgress[] = []
    const source = folderSource(folderWith(Object.fromEntries(files)))
    await threadWith()([source], [], never, (progress) => told.push(progress))
    expect(told.length).toBeGreaterThan(0)
    expect(new Set(told.map(({ knownFiles }) => knownFiles))).toEqual(new Set([20]))
    const counts = told.map(({ files: count }) => count)
    expect(counts).toEqual([...counts].sort((left, right) => left - right))
    expect(counts.at(-1)).toBeLessThanOrEqual(20)
  })

  test('is ended when it takes too long', async () => {
    const reading = threadWith({ milliseconds: 50, mebibytes: 1024 })(slowSource(), [], never)
    await expect(reading).rejects.toThrow('it took more than 0.05 s, so it was stopped')
  })

  test('is ended when it takes too much memory', async () => {
    // One file, `a`, of 800,000 messages, `A`.
    const start = Buffer.of(0x0a, 0x83, 0x92, 0xf4, 0x01, 0x0a, 0x01, 0x61)
    const messages = Buffer.alloc(4_000_000, Buffer.of(0x22, 0x03, 0x0a, 0x01, 0x41))
    const set = setSource(join(folderWith({ 'a.set': Buffer.concat([start, messages]) }), 'a.set'))
    const reading = threadWith({ milliseconds: 20_000, mebibytes: 24 })([set], [], never)
    await expect(reading).rejects.toThrow('it took more than 24 MiB of memory')
  })

  test('is not waited for when the application quits, nor is any file', async () => {
    const store = new SchemaStore({
      sources: slowSource(),
      includeRoots: [],
      load: threadWith(),
      changed: () => undefined,
    })
    const started = store.start()
    store.dispose()
    await started
    expect(store.state.messageCount).toBe(0)
  })

  test('that was ended is told at each source', async () => {
    const told: (string | undefined)[] = []
    const store = new SchemaStore({
      sources: slowSource(),
      includeRoots: [],
      load: threadWith({ milliseconds: 50, mebibytes: 1024 }),
      changed: (state) => told.push(state.sources[0]?.problem?.message),
    })
    onTestFinished(() => store.dispose())
    await store.start()
    expect(told).toEqual(['Could not read the message types: it took more than 0.05 s, so it was stopped'])
  })
})
