import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { loadSchema } from '../../../src/engine/protobuf/load-schema.ts'
import { SchemaStore } from '../../../src/engine/protobuf/schema-store.ts'
import type { SchemaSource, SchemaState } from '../../../src/shared/protobuf-sources.ts'
import { type Files, fileSource, folderSource, folderWith, writeFiles } from './files.ts'

vi.setConfig({ testTimeout: 20_000 })

const proto = (body: string): string => `syntax = "proto3";\n${body}`

/** A started store that is disposed at the end of the test, and a way to wait for its announcements. */
async function open(sources: readonly SchemaSource[], includeRoots: readonly string[] = []) {
  let look: () => void = () => undefined
  const told: SchemaState[] = []
  const store = new SchemaStore({
    sources,
    includeRoots,
    load: (given, roots) => loadSchema(given, roots),
    changed(state) {
      told.push(state)
      look()
    },
  })
  onTestFinished(() => store.dispose())
  await store.start()
  const until = (suits: (state: SchemaState) => boolean): Promise<SchemaState> =>
    new Promise((resolve) => {
      look = () => {
        if (suits(store.state)) resolve(store.state)
      }
      look()
    })
  return { store, told, until, names: () => Object.keys(store.schema.messages).sort() }
}

async function openFiles(files: Files) {
  const folder = folderWith(files)
  const sources = Object.keys(files).map((name) => fileSource(join(folder, name), name))
  return { folder, ...(await open(sources)) }
}

const problemOf = (state: SchemaState, id: string) => state.sources.find((source) => source.id === id)?.problem

test('starts with the contents of the files', async () => {
  const { store, told, names } = await openFiles({ 'a.proto': proto('message A { map<string, string> m = 1; }') })
  expect(names()).toEqual(['A', 'A.MEntry'])
  expect(store.state).toMatchObject({ stale: false, version: 1, messageCount: 1 })
  expect(told).toEqual([store.state])
})

test('follows a changed file, also when it is replaced by another', async () => {
  const { folder, until, names } = await openFiles({ 'a.proto': proto('message A {}') })
  writeFiles(folder, { 'a.proto': proto('message B {}') })
  await until(({ version }) => version === 2)
  expect(names()).toEqual(['B'])
  writeFiles(folder, { temporary: proto('message C {} message D {}') })
  renameSync(join(folder, 'temporary'), join(folder, 'a.proto'))
  expect(await until(({ version }) => version === 3)).toMatchObject({ messageCount: 2, stale: false })
  expect(names()).toEqual(['C', 'D'])
})

test('does not increase its version when no type changes', async () => {
  const { store, folder, told } = await openFiles({ 'a.proto': proto('message A {}') })
  writeFiles(folder, { 'a.proto': proto('// A comment\nmessage A {}') })
  await store.reload()
  expect(store.state.version).toBe(1)
  expect(told).toHaveLength(1)
})

test('keeps the types of a deleted file until it is back', async () => {
  const { folder, until, names } = await openFiles({
    'a.proto': proto('message A {}'),
    'b.proto': proto('import "a.proto"; message B { A a = 1; }'),
  })
  rmSync(join(folder, 'a.proto'))
  const state = await until(({ stale }) => stale)
  expect(problemOf(state, 'a.proto')?.message).toBe('The file does not exist')
  expect(names()).toEqual(['A', 'B'])
  writeFiles(folder, { 'a.proto': proto('message A { int32 a = 1; }') })
  expect(await until(({ stale }) => !stale)).toMatchObject({ version: 2 })
})

test('keeps the types of a file that breaks, while the others stay up to date', async () => {
  const { folder, until, names } = await openFiles({
    'a.proto': proto('message A {} message Base {} '),
    'b.proto': proto('message B {}'),
  })
  writeFiles(folder, { 'a.proto': proto('message A {') })
  const broken = await until(({ stale }) => stale)
  expect(problemOf(broken, 'a.proto')).toMatchObject({ path: join(folder, 'a.proto'), line: 2, column: 12 })
  expect(names()).toEqual(['A', 'B', 'Base'])
  writeFiles(folder, { 'b.proto': proto('message B {} message B2 {}') })
  expect(await until(({ version }) => version === 2)).toMatchObject({ stale: true })
  expect(names()).toEqual(['A', 'B', 'B2', 'Base'])
  writeFiles(folder, { 'a.proto': proto('message A {}') })
  expect(problemOf(await until(({ stale }) => !stale), 'a.proto')).toBeNull()
  expect(names()).toEqual(['A', 'B', 'B2'])
})

test('keeps the extensions of a file that breaks', async () => {
  const { folder, store, until } = await openFiles({
    'a.proto': 'message A { extensions 10 to 20; }',
    'b.proto': 'import "a.proto"; message B {} extend A { optional B b = 10; }',
  })
  const { messages } = store.schema
  writeFiles(folder, { 'b.proto': 'message' })
  await until(({ stale }) => stale)
  expect(store.schema.messages).toEqual(messages)
})

test('sources can be added and removed; a broken one hides no other', async () => {
  const { folder, store, names } = await openFiles({ 'a.proto': proto('message A {}') })
  writeFiles(folder, { 'bad.proto': proto('message {'), 'b.proto': proto('message B {}') })
  await store.add([fileSource(join(folder, 'bad.proto'), 'bad')])
  expect(problemOf(store.state, 'bad')?.line).toBe(2)
  expect(store.state.stale).toBe(false)
  await Promise.all([store.add([fileSource(join(folder, 'b.proto'), 'b')]), store.remove('a.proto')])
  expect(names()).toEqual(['B'])
  expect(store.state.sources.map(({ id }) => id)).toEqual(['bad', 'b'])
})

test('removing a deleted source removes its types', async () => {
  const { folder, store, until, names } = await openFiles({
    'a.proto': proto('message A {}'),
    'b.proto': proto('message B {}'),
  })
  rmSync(join(folder, 'a.proto'))
  await until(({ stale }) => stale)
  await store.remove('a.proto')
  expect(names()).toEqual(['B'])
  expect(store.state.stale).toBe(false)
})

test('a folder picks up new files and subfolders, and keeps its types when deleted', async () => {
  const outer = folderWith({ 'protos/a.proto': proto('message A {}') })
  const folder = join(outer, 'protos')
  const { until, names } = await open([folderSource(folder)])
  writeFiles(folder, { 'b.proto': proto('message B {}') })
  await until(({ messageCount }) => messageCount === 2)
  writeFiles(folder, { 'deep/er/c.proto': proto('message C {}') })
  await until(({ messageCount }) => messageCount === 3)
  rmSync(join(folder, 'b.proto'))
  await until(({ messageCount, stale }) => messageCount === 2 && !stale)
  rmSync(folder, { recursive: true })
  const state = await until(({ stale }) => stale)
  expect(problemOf(state, 'folder')?.message).toMatch(/^The folder (does not exist|holds no)/)
  expect(names()).toEqual(['A', 'C'])
  writeFiles(folder, { 'd.proto': proto('message D {}') })
  await until(({ stale }) => !stale)
  expect(names()).toEqual(['D'])
})

test('a missing import is found when it appears, or when its folder is added', async () => {
  const main = proto('import "lib/thing.proto"; message User { Thing thing = 1; }')
  const { folder, store, until } = await openFiles({ 'main.proto': main })
  expect(problemOf(store.state, 'main.proto')).toMatchObject({ line: 2, column: 8 })
  writeFiles(folder, { 'lib/thing.proto': proto('message Thing {}') })
  await until(({ messageCount }) => messageCount === 2)
  const other = folderWith({ 'lib/thing.proto': proto('message Thing { int32 other = 1; }') })
  await store.changeIncludeRoots(() => [other])
  expect(store.state).toMatchObject({ includeRoots: [other], stale: false })
  expect(store.schema.messages.Thing?.fields).toHaveLength(1)
})

test('announces nothing after disposal', async () => {
  const { folder, store, told } = await openFiles({ 'a.proto': proto('message A {}') })
  const pending = store.reload()
  await store.dispose()
  writeFiles(folder, { 'a.proto': proto('message B {}') })
  await pending
  await store.reload()
  expect(told).toHaveLength(1)
})

test('cancelling ends what was asked for so far, and a change of a file reads again', async () => {
  const folder = folderWith({ 'a.proto': proto('message A {}') })
  let loads = 0
  let isLong = true
  const store = new SchemaStore({
    sources: [folderSource(folder)],
    includeRoots: [],
    load: async (sources, roots, stop) => {
      loads += 1
      if (!isLong) return loadSchema(sources, roots)
      return new Promise((_resolve, reject) => {
        stop.addEventListener('abort', () => reject(new Error('it was stopped')))
      })
    },
    changed: () => undefined,
  })
  onTestFinished(() => store.dispose())
  const started = store.start()
  const again = store.reload()
  await vi.waitFor(() => expect(loads).toBe(1), 10_000)
  store.cancel()
  await started
  await again
  expect(loads).toBe(1)
  expect(problemOf(store.state, 'folder')?.message).toMatch(/^Not read, since you cancelled it/)
  isLong = false
  writeFileSync(join(folder, 'b.proto'), proto('message B {}'))
  await vi.waitFor(() => expect(store.state.messageCount).toBe(2), 10_000)
})

test('tells how far a long reading is, and keeps the types when it is cancelled', async () => {
  const folder = folderWith({ 'a.proto': proto('message A {}') })
  const told: SchemaState[] = []
  let isLong = false
  const store = new SchemaStore({
    sources: [folderSource(folder)],
    includeRoots: [],
    load: async (sources, roots, stop, progress) => {
      if (!isLong) return loadSchema(sources, roots)
      progress?.({ files: 3, knownFiles: 10 })
      return new Promise((_resolve, reject) => {
        stop.addEventListener('abort', () => reject(new Error('it was stopped')))
      })
    },
    changed: (state) => told.push(state),
  })
  onTestFinished(() => store.dispose())
  await store.start()
  isLong = true
  const added = store.add([fileSource(join(folder, 'a.proto'), 'again')])
  await vi.waitFor(() => expect(store.state.reading).toEqual({ files: 3, knownFiles: 10 }), 10_000)
  expect(store.state.sources.map(({ id, problem }) => [id, problem])).toEqual([
    ['folder', null],
    ['again', null],
  ])
  store.cancel()
  await added
  expect(store.state).toMatchObject({ reading: null, stale: true, version: 1, messageCount: 1 })
  expect(problemOf(store.state, 'again')?.message).toBe('Not read, since you cancelled it. Press Reload to read it.')
  isLong = false
  await store.reload()
  expect(store.state).toMatchObject({ reading: null, stale: false, version: 1 })
  expect(told.map(({ reading }) => reading?.files ?? null)).toEqual([null, 3, null, null])
})
