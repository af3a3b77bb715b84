import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type DamagedFile, JsonFile } from '../../src/main/json-file.ts'

const schema = z.object({ number: z.number(), text: z.string().default('') })
const fallback = { number: 0, text: 'fallback' }
const newPath = (): string => join(mkdtempSync(join(tmpdir(), 'inspector-')), 'folder', 'document.json')

const undamaged = ({ reason }: DamagedFile): never => expect.unreachable(reason)

describe('a document', () => {
  test('that does not exist is the fallback', async () => {
    const path = newPath()
    expect(await new JsonFile(path, schema, fallback).read(undamaged)).toEqual(fallback)
    expect(readdirSync(dirname(dirname(path)))).toEqual([])
  })

  test('reads back as written, in a folder created for it', async () => {
    const path = newPath()
    await new JsonFile(path, schema, fallback).write({ number: 7, text: 'ä\n"' })
    expect(await new JsonFile(path, schema, fallback).read(undamaged)).toEqual({ number: 7, text: 'ä\n"' })
    expect(readdirSync(dirname(path))).toEqual(['document.json'])
  })

  test('of an earlier version gets defaults for missing parts', async () => {
    const path = newPath()
    const file = new JsonFile(path, schema, fallback)
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
    const file = new JsonFile(path, schema, fallback)
    await file.write({ number: 1, text: '' })
    writeFileSync(path, content)
    const damaged: DamagedFile[] = []
    expect(await file.read((each) => damaged.push(each))).toEqual(fallback)
    expect(damaged).toEqual([
      {
        path,
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
    const file = new JsonFile(path, schema, fallback)
    const damaged: DamagedFile[] = []
    expect(await file.read((each) => damaged.push(each))).toEqual(fallback)
    expect(damaged).toEqual([{ path, setAside: null, reason: expect.stringContaining('EISDIR') }])
    await expect(file.write({ number: 1, text: '' })).rejects.toMatchObject({ code: 'file-failed' })
    expect(readdirSync(dirname(path))).toEqual(['document.json'])
  })
})

describe('writing', () => {
  test('always leaves one complete document or the other', async () => {
    const path = newPath()
    const file = new JsonFile(path, schema, fallback)
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
    const file = new JsonFile(path, schema, fallback)
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
    const file = new JsonFile(path, schema, fallback)
    writeFileSync(dirname(path), 'a file where the folder should be')
    await expect(file.write({ number: 1, text: '' })).rejects.toMatchObject({ code: expect.stringMatching(/^E/) })
    await file.settled()
    rmSync(dirname(path))
    await file.write({ number: 2, text: '' })
    expect(await file.read(undamaged)).toEqual({ number: 2, text: '' })
  })
})
