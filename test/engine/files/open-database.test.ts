import { execFileSync } from 'node:child_process'
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { describe, expect, test } from 'vitest'
import { DamagedFileError, openDatabase, openOrSetAside } from '../../../src/engine/files/open-database.ts'
import { runFileFormat } from '../../../src/engine/lab/run-store.ts'
import { logFormat } from '../../../src/engine/transcript/schema.ts'
import { NewerVersionError } from '../../../src/shared/kept/document-format.ts'

const newPath = (): string => join(mkdtempSync(join(tmpdir(), 'inspector-')), 'file.sqlite')

const first = { migrations: ['CREATE TABLE IF NOT EXISTS things (name TEXT)'] }
const third = {
  migrations: [
    ...first.migrations,
    'ALTER TABLE things ADD COLUMN size INTEGER NOT NULL DEFAULT 7',
    "UPDATE things SET name = name || '!'",
  ],
}

const rowsOf = (database: Database.Database): unknown[] =>
  database
    .prepare('SELECT * FROM things')
    .all()
    .map((row) => JSON.parse(JSON.stringify(row)))
const versionOf = (database: Database.Database): unknown => database.prepare('PRAGMA user_version').raw().get()

describe('a file', () => {
  test('of an older version gets each later migration once', () => {
    const path = newPath()
    const old = openDatabase(path, first)
    old.exec("INSERT INTO things VALUES ('a')")
    expect(versionOf(old)).toEqual([1])
    old.close()
    for (const _again of [1, 2]) {
      const database = openDatabase(path, third)
      expect(rowsOf(database)).toEqual([{ name: 'a!', size: 7 }])
      expect(versionOf(database)).toEqual([3])
      database.close()
    }
  })

  test('without a version is as version 1', () => {
    const path = newPath()
    const old = new Database(path)
    old.exec("CREATE TABLE things (name TEXT); INSERT INTO things VALUES ('before versions')")
    old.close()
    const database = openDatabase(path, third)
    expect(rowsOf(database)).toEqual([{ name: 'before versions!', size: 7 }])
    database.close()
  })

  test('keeps its version when a migration fails, and can be migrated later', () => {
    const path = newPath()
    const old = openDatabase(path, first)
    old.exec("INSERT INTO things VALUES ('a')")
    old.close()
    const broken = {
      migrations: [...first.migrations, "UPDATE things SET name = 'lost'; SELECT nonsense FROM nowhere"],
    }
    expect(() => openDatabase(path, broken)).toThrow(/nowhere/)
    const database = openDatabase(path, third)
    expect(rowsOf(database)).toEqual([{ name: 'a!', size: 7 }])
    database.close()
  })

  test.each([
    ['the log', logFormat],
    ['the lab', runFileFormat],
  ])('of %s that a newer version wrote is refused and not changed', (_what, format) => {
    const source = newPath()
    const newer = new Database(source)
    newer.pragma('journal_mode = WAL')
    newer.exec(`CREATE TABLE entries (other TEXT); PRAGMA user_version = ${format.migrations.length + 1}`)
    newer.pragma('wal_checkpoint(TRUNCATE)')
    newer.exec("INSERT INTO entries VALUES ('not yet in the file itself')")
    // As a killed process leaves it: with entries in the write-ahead file.
    const path = newPath()
    for (const suffix of ['', '-wal']) copyFileSync(source + suffix, path + suffix)
    newer.close()
    const contents = () => ['', '-wal'].map((suffix) => readFileSync(path + suffix))
    const before = contents()
    expect(before[1]?.length).toBeGreaterThan(0)
    const open = () => openDatabase(path, format)
    expect(open).toThrow(NewerVersionError)
    expect(() => openOrSetAside(path, open, expect.unreachable)).toThrow(NewerVersionError)
    expect(contents()).toEqual(before)
    expect(readdirSync(join(path, '..')).sort()).toEqual(['file.sqlite', 'file.sqlite-wal'])
  })

  test.each([
    ['is no database', 'long enough to be taken for a database'.repeat(100)],
    ['has a version below 0', null],
  ])('that %s is set aside, and a new one begun', (_what, content) => {
    const path = newPath()
    if (content === null) {
      const database = new Database(path)
      database.exec('PRAGMA user_version = -1')
      database.close()
    } else writeFileSync(path, content)
    const open = () => openDatabase(path, first)
    expect(open).toThrow(DamagedFileError)
    const told: string[] = []
    const database = openOrSetAside(path, open, (aside) => told.push(aside))
    expect(rowsOf(database)).toEqual([])
    database.close()
    expect(told).toEqual([expect.stringMatching(/file\.sqlite\.damaged-[\dTZ.-]+$/)])
    if (content !== null) expect(readFileSync(told[0] ?? '', 'utf8')).toBe(content)
  })

  test.skipIf(process.platform === 'win32')('is for its owner alone, with all that stands beside it', () => {
    const path = newPath()
    writeFileSync(path, '', { mode: 0o644 })
    const database = openDatabase(path, first)
    database.exec("INSERT INTO things VALUES ('a')")
    const modes = readdirSync(join(path, '..')).map((name) => statSync(join(path, '..', name)).mode & 0o777)
    expect(modes.length).toBeGreaterThan(1)
    expect(new Set(modes)).toEqual(new Set([0o600]))
    database.close()
  })
})

test.skipIf(process.platform === 'win32')('what is no regular file is refused at once, with its kind', () => {
  for (const suffix of ['', '-wal', '-shm']) {
    const path = newPath()
    execFileSync('mkfifo', [path + suffix])
    expect(() => openDatabase(path, first)).toThrow('it is a named pipe, not a regular file')
  }
  const path = newPath()
  mkdirSync(path)
  expect(() => openDatabase(path, first)).toThrow('it is a folder, not a regular file')
  const link = newPath()
  symlinkSync('/dev/zero', link)
  expect(() => openDatabase(link, first)).toThrow('it is a device, not a regular file')
  const dangling = newPath()
  symlinkSync('not-mounted', dangling)
  expect(() => openDatabase(dangling, first)).toThrow('it is a link to a file that is not there')
  expect(readdirSync(join(dangling, '..'))).toEqual(['file.sqlite'])
})
