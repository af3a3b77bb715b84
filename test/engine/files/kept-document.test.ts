import { execFileSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { z } from 'zod'
import { type Disturbance, JsonFile } from '../../../src/engine/files/json-file.ts'
import { KeptDocument } from '../../../src/engine/files/kept-document.ts'
import { canMount, mountSmallDisk } from '../../support/small-disk.ts'

interface Thing {
  readonly text: string
}
const format = { migrations: [], schema: z.object({ text: z.string() }) }
const newPath = (): string => join(mkdtempSync(join(tmpdir(), 'inspector-')), 'folder', 'document.json')
const textIn = (path: string): unknown => Reflect.get(JSON.parse(readFileSync(path, 'utf8')), 'text')
const withoutWindows = test.skipIf(process.platform === 'win32')

async function keep(path: string) {
  const told: (string | null)[] = []
  const disturbances: Disturbance[] = []
  const file = new JsonFile<Thing>(path, format, { text: 'fallback' })
  const read = await file.read(({ reason }) => told.push(`unusable: ${reason}`))
  const kept = new KeptDocument(file, read, {
    unsaved: (reason) => told.push(reason),
    disturbed: (disturbance) => disturbances.push(disturbance),
  })
  onTestFinished(() => kept.close())
  return { kept, read, told, disturbances }
}

describe('a document that cannot be saved', () => {
  test('is tried again until it works, with the newest content, and each is told once', async () => {
    const path = newPath()
    const { kept, told } = await keep(path)
    writeFileSync(dirname(path), 'a file where the folder should be')
    await kept.save({ text: 'one' })
    await kept.save({ text: 'two' })
    expect(told).toEqual([expect.stringMatching(/./)])
    expect(kept.unsavedReason).toBe(told[0])
    rmSync(dirname(path))
    await vi.waitFor(() => expect(textIn(path)).toBe('two'), 5000)
    await vi.waitFor(() => expect(told).toEqual([expect.any(String), null]))
    expect(kept.unsavedReason).toBeNull()
  })

  test.skipIf(!canMount)(
    'on a full disk says so, leaves the older one, and is saved at the end (root on Linux)',
    async () => {
      const disk = mountSmallDisk('size=64k')
      onTestFinished(() => disk.remove())
      const path = join(disk.path, 'document.json')
      const { kept, told } = await keep(path)
      await kept.save({ text: 'before' })
      await kept.save({ text: 'x'.repeat(100_000) })
      expect(told).toEqual(['the disk is full'])
      expect(textIn(path)).toBe('before')
      expect(readdirSync(disk.path)).toEqual(['document.json'])
      disk.remount('size=1m')
      await kept.close()
      expect(textIn(path)).toHaveLength(100_000)
      expect(told).toEqual(['the disk is full', null])
    },
  )

  test('because its file must stay as it is throws, and is not tried again', async () => {
    const path = newPath()
    mkdirSync(dirname(path))
    writeFileSync(path, '{"version": 99}')
    const { kept, told } = await keep(path)
    await expect(kept.save({ text: 'x' })).rejects.toMatchObject({ code: 'file-failed' })
    expect(kept.unsavedReason).toBeNull()
    expect(told).toHaveLength(1)
  })
})

test('documents that come faster than they can be written are written as the newest of them', async () => {
  const path = newPath()
  const { kept } = await keep(path)
  const write = vi.spyOn(JsonFile.prototype, 'write')
  onTestFinished(() => write.mockRestore())
  await Promise.all(Array.from({ length: 100 }, (_, index) => kept.save({ text: `${index}` })))
  expect(textIn(path)).toBe('99')
  expect(write.mock.calls.length).toBeLessThan(5)
})

describe('a file that somebody else', () => {
  test('removed is written again', async () => {
    const path = newPath()
    const { kept, disturbances } = await keep(path)
    await kept.lookAfter()
    expect(existsSync(path)).toBe(false)
    await kept.save({ text: 'mine' })
    rmSync(path)
    await kept.lookAfter()
    expect(textIn(path)).toBe('mine')
    // With the folder around it.
    rmSync(dirname(path), { recursive: true })
    await kept.lookAfter()
    expect(textIn(path)).toBe('mine')
    expect(disturbances).toEqual([
      { path, keptAs: null },
      { path, keptAs: null },
    ])
  })

  test('removed just before the end is written again', async () => {
    const path = newPath()
    const { kept, disturbances } = await keep(path)
    await kept.save({ text: 'mine' })
    rmSync(path)
    await kept.close()
    expect(textIn(path)).toBe('mine')
    expect(disturbances).toEqual([{ path, keptAs: null }])
  })

  test('changed is kept beside the document, byte for byte', async () => {
    const path = newPath()
    const { kept, disturbances } = await keep(path)
    await kept.save({ text: 'mine' })
    const theirs = Buffer.from([0x7b, 0xff, 0xfe, 0x00])
    writeFileSync(path, theirs)
    await kept.save({ text: 'mine again' })
    expect(textIn(path)).toBe('mine again')
    expect(disturbances).toEqual([{ path, keptAs: expect.stringMatching(/document\.json\.replaced-[\dTZ.-]+$/) }])
    expect(readFileSync(disturbances[0]?.keptAs ?? '')).toEqual(theirs)
  })

  test('copied or touched is not disturbed', async () => {
    const path = newPath()
    const { kept, disturbances } = await keep(path)
    await kept.save({ text: 'mine' })
    const content = readFileSync(path)
    rmSync(path)
    writeFileSync(path, content)
    await kept.lookAfter()
    await kept.save({ text: 'mine again' })
    expect(disturbances).toEqual([])
  })

  test('keeps changing is left to them at last: the disk does not fill with copies', async () => {
    const path = newPath()
    const { kept, told } = await keep(path)
    for (let round = 0; round < 12; round += 1) {
      await kept.save({ text: 'mine' })
      writeFileSync(path, `{"text": "theirs ${round}"}`)
    }
    expect(told).toEqual(['another program keeps changing it'])
    expect(readdirSync(dirname(path))).toHaveLength(11)
    expect(textIn(path)).toMatch('theirs')
  })

  withoutWindows('replaced by a pipe is told, and written when the pipe is gone', async () => {
    const path = newPath()
    const { kept, told } = await keep(path)
    await kept.save({ text: 'mine' })
    rmSync(path)
    execFileSync('mkfifo', [path])
    await kept.lookAfter()
    expect(told).toEqual(['it is a named pipe, not a regular file'])
    rmSync(path)
    await kept.tryAgain()
    expect(textIn(path)).toBe('mine')
    expect(told.at(-1)).toBeNull()
  })
})

withoutWindows('a pipe, a device and a folder are not waited for when reading', async () => {
  const words = { pipe: 'a named pipe', device: 'a device', folder: 'a folder' }
  for (const [what, kind] of Object.entries(words)) {
    const path = newPath()
    mkdirSync(dirname(path))
    if (what === 'pipe') execFileSync('mkfifo', [path])
    if (what === 'device') symlinkSync('/dev/zero', path)
    if (what === 'folder') mkdirSync(path)
    const { read, told } = await keep(path)
    expect({ read, told }).toEqual({
      read: { text: 'fallback' },
      told: [`unusable: it is ${kind}, not a regular file`],
    })
  }
})

withoutWindows('a link is written through, and one that leads nowhere is told', async () => {
  const path = newPath()
  const target = newPath()
  mkdirSync(dirname(path))
  mkdirSync(dirname(target))
  writeFileSync(target, '{"text": "there"}')
  symlinkSync(target, path)
  const { kept, read, disturbances } = await keep(path)
  expect(read).toEqual({ text: 'there' })
  await kept.save({ text: 'through' })
  expect(readlinkSync(path)).toBe(target)
  expect(textIn(target)).toBe('through')
  expect(disturbances).toEqual([])
  rmSync(target)
  const { told } = await keep(path)
  expect(told).toEqual(['unusable: it is a link to a file that is not there'])
})
