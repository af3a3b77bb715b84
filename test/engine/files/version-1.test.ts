import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { JsonFile } from '../../../src/engine/files/json-file.ts'
import { openDatabase } from '../../../src/engine/files/open-database.ts'
import { RunArchive } from '../../../src/engine/lab/run-archive.ts'
import { runFileFormat } from '../../../src/engine/lab/run-store.ts'
import { logFormat } from '../../../src/engine/transcript/schema.ts'
import { LogStore } from '../../../src/engine/transcript/store.ts'
import { schemaFileFormat } from '../../../src/main/schemas.ts'
import type { DocumentFormat } from '../../../src/shared/kept/document-format.ts'
import { parseRunJson } from '../../../src/shared/lab/summary.ts'
import { settingsFormat } from '../../../src/shared/settings-schema.ts'
import { windowPlaceFormat } from '../../../src/shared/window-place.ts'
import { workspaceFormat } from '../../../src/shared/workspace-schema.ts'
import { allEntries, logMessage, packEntry } from '../../support/log-entries.ts'
import { copyVersion1, version1, version1Run } from '../../support/version-1.ts'

vi.mock('electron', () => ({ BrowserWindow: {}, dialog: {} }))

const documents: [name: string, format: DocumentFormat<unknown>, expected: unknown][] = [
  ['workspace', workspaceFormat, version1.workspace],
  // What came later has its default.
  [
    'settings',
    settingsFormat,
    { ...version1.settings, messageFontSize: 13, programLanguage: 'python', labScale: 'logarithmic' },
  ],
  ['window', windowPlaceFormat, version1.window],
  ['schemas', schemaFileFormat, version1.schemas],
]

describe.each(documents)('%s.json of version 1', (name, format, expected) => {
  test('is read whole, and written back whole', async () => {
    const path = join(copyVersion1(), `${name}.json`)
    const file = new JsonFile(path, format, null)
    const document = await file.read(({ reason }) => expect.unreachable(reason))
    expect(document).toEqual({ ...Object(expected), version: format.migrations.length + 1 })
    await file.write(document)
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(document)
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o077).toBe(0)
  })

  test('goes through a migration to come, and stays beside it as it was', async () => {
    const path = join(copyVersion1(), `${name}.json`)
    const before = readFileSync(path)
    const { migrations } = format
    const next: DocumentFormat<unknown> = {
      migrations: [...migrations, (document) => ({ ...document, added: true })],
      schema: { parse: (value) => value },
    }
    const file = new JsonFile(path, next, null)
    const document = await file.read(({ reason }) => expect.unreachable(reason))
    const known = await new JsonFile(path, format, null).read(({ reason }) => expect.unreachable(reason))
    expect(document).toMatchObject({ added: true, version: migrations.length + 2 })
    expect(format.schema.parse({ ...Object(document), version: migrations.length + 1 })).toEqual(known)
    await file.write(document)
    expect(readFileSync(`${path}.version-1`)).toEqual(before)
  })
})

describe('log.sqlite of version 1', () => {
  const open = (path: string): LogStore => {
    const store = new LogStore(path, 2 ** 30)
    onTestFinished(() => store.close())
    return store
  }

  test('has every entry with its bytes, and takes more', () => {
    const path = join(copyVersion1(), 'log.sqlite')
    const store = open(path)
    const { entries, evicted } = version1.log
    expect(store.status).toMatchObject({ count: entries.length, evicted, lastId: entries.at(-1)?.id })
    const rows = new Map(
      store.query({ filter: allEntries, afterId: 0, beforeId: null, limit: 1000 }).map((row) => [row.id, row]),
    )
    expect(rows.size).toBe(entries.length)
    for (const { bodyBegins, previewBegins, frameSizes, size, ...facts } of entries) {
      const entry = store.entry(facts.id)
      expect(entry).toMatchObject({ ...facts, envelope: 0, peer: null, exchange: null, origin: null })
      expect(rows.get(facts.id)).toMatchObject({ ...facts, size })
      expect(entry?.frames.map(({ byteLength }) => byteLength).join(',')).toBe(frameSizes)
      expect(
        Buffer.concat(entry?.frames ?? [])
          .toString('hex')
          .startsWith(bodyBegins),
      ).toBe(true)
      expect(rows.get(facts.id)?.preview.startsWith(previewBegins)).toBe(true)
      if (facts.kind === 'event') expect(entry?.detail).toBe(rows.get(facts.id)?.preview)
    }
    store.append([packEntry(logMessage({ frames: [Uint8Array.of(7)] }))])
    expect(store.status.lastId).toBe((entries.at(-1)?.id ?? 0) + 1)
    expect(
      store.query({ filter: { ...allEntries, text: 'station' }, afterId: 0, beforeId: null, limit: 10 }),
    ).not.toEqual([])
  })

  test('goes through a migration to come with all it has', () => {
    const path = join(copyVersion1(), 'log.sqlite')
    const migrations = [...logFormat.migrations, "ALTER TABLE entries ADD COLUMN added TEXT NOT NULL DEFAULT 'yes'"]
    const database = openDatabase(path, { migrations })
    const count = database.prepare('SELECT count(*), min(added) FROM entries').raw().get()
    expect(count).toEqual([version1.log.entries.length, 'yes'])
    expect(database.prepare('PRAGMA user_version').raw().get()).toEqual([migrations.length])
    database.close()
    // This version of the application knows nothing of it, and leaves it alone.
    expect(() => new LogStore(path, 2 ** 30)).toThrow(/newer version/)
  })
})

describe('lab.sqlite of version 1', () => {
  const archiveIn = (folder: string): RunArchive => {
    const archive = new RunArchive({
      path: join(folder, 'lab.sqlite'),
      damaged: ({ reason }) => expect.unreachable(reason),
      unstored: (_count, reason) => expect.unreachable(reason ?? ''),
      unreadable: (reason) => expect.unreachable(reason ?? ''),
      disturbed: ({ path }) => expect.unreachable(path),
      listChanged: () => expect.unreachable('the list changed'),
    })
    onTestFinished(() => archive.close())
    return archive
  }

  test('has every run, and takes more', () => {
    const archive = archiveIn(copyVersion1())
    const { list, documents } = version1.runs
    expect(archive.list()).toEqual(list)
    expect(list.map(({ id }) => archive.read(id))).toEqual(documents)
    const [first] = list
    const id = archive.add(archive.read(first?.id ?? 0))
    expect(archive.list().map((row) => row.id)).toEqual([id, ...list.map((row) => row.id)])
  })

  test('goes through a migration to come with all it has', () => {
    const path = join(copyVersion1(), 'lab.sqlite')
    const migrations = [...runFileFormat.migrations, 'ALTER TABLE runs ADD COLUMN client TEXT']
    const database = openDatabase(path, { migrations })
    expect(database.prepare('SELECT count(*) FROM runs').raw().get()).toEqual([version1.runs.list.length])
    database.close()
  })
})

test('an exported run of version 1 is read', () => {
  expect(version1.runs.documents).toContainEqual(parseRunJson(version1Run()))
})
