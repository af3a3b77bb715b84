import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { describe, expect, onTestFinished, test } from 'vitest'
import { JsonFile } from '../../../src/engine/files/json-file.ts'
import { openDatabase } from '../../../src/engine/files/open-database.ts'
import { reasonOf } from '../../../src/shared/reason.ts'
import { z } from '../../../src/shared/schema.ts'

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'inspector-reasons-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

async function reasonFor(work: () => unknown): Promise<string> {
  try {
    await work()
  } catch (thrown) {
    return reasonOf(thrown)
  }
  throw new Error('Expected a failure')
}

function writeTo(path: string): void {
  const file = openSync(path, 'w')
  try {
    writeSync(file, 'x')
  } finally {
    closeSync(file)
  }
}

const onWindows = process.platform === 'win32'

describe('what the system really says has words', () => {
  test.skipIf(!existsSync('/dev/full'))('for a full disk', async () => {
    expect(await reasonFor(() => writeTo('/dev/full'))).toBe('the disk is full')
  })

  test.skipIf(onWindows)('for paths that cannot be used', async () => {
    const folder = newFolder()
    writeFileSync(join(folder, 'file'), '')
    symlinkSync('around', join(folder, 'around'))
    const reasons = await Promise.all(
      [
        folder,
        join(folder, 'missing'),
        join(folder, 'file', 'x'),
        join(folder, 'around'),
        join(folder, 'x'.repeat(300)),
      ].map((path) => reasonFor(() => readFile(path))),
    )
    expect(reasons).toEqual([
      'it is a folder, not a file',
      'the file or folder does not exist',
      'a part of the path is a file, not a folder',
      'its links lead in a circle',
      'the name or the path is too long',
    ])
  })
})

describe('what SQLite really says has words', () => {
  const format = { migrations: ['CREATE TABLE rows (text TEXT)'] }

  test('for a folder in the place of the file', async () => {
    const path = join(newFolder(), 'log.sqlite')
    mkdirSync(path)
    expect(await reasonFor(() => new Database(path))).toMatch(/^the file cannot be opened: it is a folder/)
  })

  test('for a file of something else', async () => {
    const path = join(newFolder(), 'log.sqlite')
    writeFileSync(path, 'no database '.repeat(1000))
    expect(await reasonFor(() => openDatabase(path, format))).toBe('the file is not an SQLite database')
  })

  test('for a file that another program has locked', async () => {
    const path = join(newFolder(), 'log.sqlite')
    const other = openDatabase(path, format)
    onTestFinished(() => void other.close())
    other.exec('BEGIN EXCLUSIVE')
    const database = new Database(path)
    onTestFinished(() => void database.close())
    expect(await reasonFor(() => database.exec("INSERT INTO rows VALUES ('x')"))).toBe(
      'another program has locked the file',
    )
  })

  test('for a full disk', async () => {
    const database = openDatabase(join(newFolder(), 'log.sqlite'), format)
    onTestFinished(() => void database.close())
    // SQLite's own limit gives the same code as a disk without space.
    database.pragma('max_page_count = 4')
    const fill = () => {
      for (;;) database.exec('INSERT INTO rows VALUES (hex(randomblob(2000)))')
    }
    expect(await reasonFor(fill)).toBe('the disk is full')
  })
})

test('a JSON file may begin with a byte order mark', async () => {
  const path = join(newFolder(), 'document.json')
  writeFileSync(path, '\ufeff{"version":1,"number":7}')
  const schema = z.object({ version: z.literal(1), number: z.number() })
  const file = new JsonFile(path, { migrations: [], schema }, { version: 1, number: 0 })
  const unusable = (): never => {
    throw new Error('The file is not damaged')
  }
  expect(await file.read(unusable)).toEqual({ version: 1, number: 7 })
})
