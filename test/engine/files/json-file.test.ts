import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { JsonFile, type UnusableFile } from '../../../src/engine/files/json-file.ts'

const schema = z.object({ number: z.number(), text: z.string().default('') })
const format = { migrations: [], schema }
const fallback = { number: 0, text: 'fallback' }
const newPath = (): string => join(mkdtempSync(join(tmpdir(), 'inspector-')), 'folder', 'document.json')

const undamaged = ({ reason }: UnusableFile): never => expect.unreachable(reason)

describe('a document', () => {
  test('that does not exist is the fallback', async () => {
    const path = newPath()
    expect(await new JsonFile(path, format, fallback).read(undamaged)).toEqual(fallback)
    expect(readdirSync(dirname(dirname(path)))).toEqual([])
  })

  test('reads back as written, in a folder created for it', async () => {
    const path = newPath()
    await new JsonFile(path, format, fallback).write({ number: 7, text: 'ä\n"' })
    expect(await new JsonFile(path, format, fallback).read(undamaged)).toEqual({ number: 7, text: 'ä\n"' })
    expect(readdirSync(dirname(path))).toEqual(['document.json'])
  })

  test('of an earlier version gets defaults for missing parts', async () => {
    const path = newPath()
    const file = new JsonFile(path, format, fallback)
    await file.write({ number: 1, text: '' })
    writeFileSync(path, '{"number":5}')
    expect(await file.read(undamaged)).toEqual({ number: 5, text: '' })
  })

  test.each([
    ['no JSON', '{"number":'],
    ['nothing', ''],
    ['another shape', '{"number":"seven"}'],
    ['bytes that are no text', '\u0000\ufffd'],
  ])('with %s in it is set aside, and the fallback is used', async (_what, content) => {
    const path = newPath()
    const file = new JsonFile(path, format, fallback)
    await file.write({ number: 1, text: '' })
    writeFileSync(path, content)
    const damaged: UnusableFile[] = []
    expect(await file.read((each) => damaged.push(each))).toEqual(fallback)
    expect(damaged).toEqual([
      {
        path,
        trouble: 'damaged',
        setAside: expect.stringMatching(/document\.json\.damaged-[\dTZ.-]+$/),
        reason: expect.stringMatching(/\w/),
      },
    ])
    expect(readFileSync(damaged[0]?.setAside ?? '', 'utf8')).toBe(content)
    expect(readdirSync(dirname(path))).toHaveLength(1)
    await file.write({ number: 2, text: '' })
    expect(await file.read(undamaged)).toEqual({ number: 2, text: '' })
  })
})

describe('a document that cannot be read', () => {
  test('is reported, left unchanged, and not overwritten', async () => {
    const path = newPath()
    // A folder in its place cannot be read by anybody, not even root.
    mkdirSync(path, { recursive: true })
    const file = new JsonFile(path, format, fallback)
    const damaged: UnusableFile[] = []
    expect(await file.read((each) => damaged.push(each))).toEqual(fallback)
    expect(damaged).toEqual([
      { path, trouble: 'unreadable', setAside: null, reason: 'it is a folder, not a regular file' },
    ])
    await expect(file.write({ number: 1, text: '' })).rejects.toMatchObject({ code: 'file-failed' })
    expect(readdirSync(dirname(path))).toEqual(['document.json'])
  })
})

describe('a document of another version', () => {
  /** What version 3 of the application would make of its files. */
  const newer = {
    migrations: [
      (document: object) => ({ ...document, text: 'from 1' }),
      (document: object) => ({ ...document, number: Number(Reflect.get(document, 'number')) + 100 }),
    ],
    schema: schema.extend({ version: z.literal(3) }),
  }
  const fallback3 = { version: 3 as const, ...fallback }

  test('is migrated step by step, and its file kept as it was', async () => {
    const path = newPath()
    await new JsonFile(path, format, fallback).write({ number: 1, text: 'old' })
    const before = readFileSync(path, 'utf8')
    const file = new JsonFile(path, newer, fallback3)
    const migrated = await file.read(undamaged)
    expect(migrated).toEqual({ version: 3, number: 101, text: 'from 1' })
    expect(readFileSync(path, 'utf8')).toBe(before)
    await file.write({ version: 3, number: 102, text: 'new' })
    expect(readFileSync(`${path}.version-1`, 'utf8')).toBe(before)
    await file.write({ version: 3, number: 103, text: 'newer' })
    expect(readFileSync(`${path}.version-1`, 'utf8')).toBe(before)
    expect(await new JsonFile(path, newer, fallback3).read(undamaged)).toMatchObject({ number: 103 })
    writeFileSync(path, JSON.stringify({ version: 2, number: 5, text: 'newer' }))
    expect(await new JsonFile(path, newer, fallback3).read(undamaged)).toMatchObject({ number: 105, text: 'newer' })
    writeFileSync(path, JSON.stringify({ version: 3, number: 5, text: 'newest' }))
    expect(await new JsonFile(path, newer, fallback3).read(undamaged)).toMatchObject({ number: 5, text: 'newest' })
    expect(readdirSync(dirname(path)).sort()).toEqual(['document.json', 'document.json.version-1'])
  })

  test('that is newer is left as it is, and never written over', async () => {
    const path = newPath()
    await new JsonFile(path, newer, fallback3).write({ version: 3, number: 1, text: 'from tomorrow' })
    const before = readFileSync(path)
    const file = new JsonFile(path, format, fallback)
    const unusable: UnusableFile[] = []
    expect(file.isWritable).toBe(true)
    expect(await file.read((each) => unusable.push(each))).toEqual(fallback)
    expect(unusable).toEqual([
      { path, trouble: 'newer', setAside: null, reason: expect.stringMatching(/newer version.*format 3.*up to 1/) },
    ])
    expect(file.isWritable).toBe(false)
    await expect(file.write({ number: 2, text: '' })).rejects.toMatchObject({ code: 'file-failed' })
    expect(readFileSync(path)).toEqual(before)
    expect(readdirSync(dirname(path))).toEqual(['document.json'])
  })
})

test.skipIf(process.platform === 'win32')('a link that leads nowhere is reported, and not written over', async () => {
  const path = newPath()
  mkdirSync(dirname(path), { recursive: true })
  symlinkSync(join(dirname(path), 'not-mounted.json'), path)
  const file = new JsonFile(path, format, fallback)
  const unusable: UnusableFile[] = []
  expect(await file.read((each) => unusable.push(each))).toEqual(fallback)
  expect(unusable).toMatchObject([{ trouble: 'unreadable', setAside: null }])
  await expect(file.write({ number: 1, text: '' })).rejects.toMatchObject({ code: 'file-failed' })
})

describe('writing', () => {
  test('always leaves one complete document or the other', async () => {
    const path = newPath()
    const file = new JsonFile(path, format, fallback)
    const long = 'x'.repeat(1_000_000)
    await file.write({ number: 0, text: long })
    let writing = true
    const written = Promise.all(
      Array.from({ length: 20 }, (_, index) => file.write({ number: index + 1, text: long })),
    ).finally(() => {
      writing = false
    })
    while (writing) {
      const seen = schema.parse(JSON.parse(readFileSync(path, 'utf8')))
      expect(seen.text).toBe(long)
      await new Promise<void>((resolve) => setImmediate(resolve))
    }
    await written
  })

  test('happens in the order requested', async () => {
    const path = newPath()
    const file = new JsonFile(path, format, fallback)
    const ended: number[] = []
    for (let number = 1; number <= 50; number += 1) {
      // The larger ones are requested first, and would end last if the order were not kept.
      void file.write({ number, text: 'x'.repeat((50 - number) * 10_000) }).then(() => ended.push(number))
    }
    await file.settled()
    expect(ended).toEqual(Array.from({ length: 50 }, (_, index) => index + 1))
    expect(await file.read(undamaged)).toEqual({ number: 50, text: '' })
  })

  test('that fails is reported, and later writes work', async () => {
    const path = newPath()
    const file = new JsonFile(path, format, fallback)
    writeFileSync(dirname(path), 'a file where the folder should be')
    await expect(file.write({ number: 1, text: '' })).rejects.toMatchObject({ code: expect.stringMatching(/^E/) })
    await file.settled()
    rmSync(dirname(path))
    await file.write({ number: 2, text: '' })
    expect(await file.read(undamaged)).toEqual({ number: 2, text: '' })
  })
})
