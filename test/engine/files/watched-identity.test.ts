import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { WatchedIdentity } from '../../../src/engine/files/watched-identity.ts'

function newFile(): string {
  const folder = join(mkdtempSync(join(tmpdir(), 'inspector-')), 'folder')
  mkdirSync(folder)
  writeFileSync(join(folder, 'file'), 'content')
  return join(folder, 'file')
}

test('a file is in its place as long as it keeps its name, whatever is written', () => {
  const path = newFile()
  const identity = new WatchedIdentity(path)
  writeFileSync(path, 'other content', { flag: 'a' })
  expect(identity.isInPlace()).toBe(true)
  renameSync(path, `${path}.moved`)
  expect(identity.isInPlace()).toBe(false)
  renameSync(`${path}.moved`, path)
  expect(identity.isInPlace()).toBe(true)
})

test('another file under the same name is noticed', () => {
  const path = newFile()
  const identity = new WatchedIdentity(path)
  writeFileSync(`${path}.new`, 'content')
  renameSync(`${path}.new`, path)
  expect(identity.isInPlace()).toBe(false)
})

test('a folder that was removed or replaced by a file is noticed', () => {
  const path = newFile()
  const identity = new WatchedIdentity(path)
  rmSync(dirname(path), { recursive: true })
  expect(identity.isInPlace()).toBe(false)
  writeFileSync(dirname(path), '')
  expect(identity.isInPlace()).toBe(false)
})

test.skipIf(process.platform === 'win32')('a link stands for the file that it leads to', () => {
  const path = newFile()
  const other = newFile()
  const link = `${path}.link`
  symlinkSync(path, link)
  const identity = new WatchedIdentity(link)
  expect(identity.isInPlace()).toBe(true)
  rmSync(link)
  symlinkSync(other, link)
  expect(identity.isInPlace()).toBe(false)
})
