import { appendFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { FileWatch } from '../../../src/engine/files/file-watch.ts'

let folder: string
let path: string

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'inspector-watch-')), 'folder')
  mkdirSync(folder)
  path = join(folder, 'file')
  writeFileSync(path, 'one')
  return () => rmSync(join(folder, '..'), { recursive: true, force: true })
})

/** Watches, and returns what resolves at the next look. */
function watching(watched = path): () => Promise<void> {
  let looked = (): void => undefined
  const watch = new FileWatch(watched, () => looked())
  onTestFinished(() => watch.close())
  return () =>
    new Promise((resolve) => {
      looked = resolve
    })
}

test('it looks after a change, a removal, and a replacement', async () => {
  const next = watching()
  let looked = next()
  appendFileSync(path, 'more')
  await looked
  looked = next()
  rmSync(path)
  await looked
  looked = next()
  writeFileSync(join(folder, 'other'), 'two')
  renameSync(join(folder, 'other'), path)
  await looked
})

test('it looks on after the folder was removed and made anew', async () => {
  const next = watching()
  let looked = next()
  rmSync(folder, { recursive: true })
  mkdirSync(folder)
  await looked
  looked = next()
  writeFileSync(path, 'three')
  await looked
})

test('it looks after what a link leads to has changed', async () => {
  const link = join(folder, '..', 'link')
  symlinkSync(path, link)
  const next = watching(link)
  const looked = next()
  rmSync(path)
  await looked
})

test('it looks once when many changes come together, and not after it was closed', async () => {
  let looks = 0
  const watch = new FileWatch(path, () => {
    looks += 1
  })
  const next = watching()
  let looked = next()
  for (let index = 0; index < 100; index += 1) appendFileSync(path, 'more')
  await looked
  expect(looks).toBe(1)
  watch.close()
  looked = next()
  rmSync(path)
  await looked
  expect(looks).toBe(1)
})
