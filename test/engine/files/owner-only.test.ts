import { chmodSync, mkdirSync, mkdtempSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeOwnerOnlyFile, makeOwnerOnlyFolder, restrictFolder } from '../../../src/engine/files/owner-only.ts'

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'inspector-'))
const modeOf = (path: string): number => statSync(path).mode & 0o777
const onPosix = test.skipIf(process.platform === 'win32')

onPosix('what is made is for its owner alone', () => {
  const folder = newFolder()
  makeOwnerOnlyFolder(join(folder, 'one', 'two'))
  makeOwnerOnlyFile(join(folder, 'file'))
  expect([modeOf(join(folder, 'one', 'two')), modeOf(join(folder, 'file'))]).toEqual([0o700, 0o600])
})

const ours = /\.json$/

onPosix('what is there becomes so, and keeps its content', () => {
  const folder = newFolder()
  const outside = join(newFolder(), 'outside')
  writeFileSync(outside, 'x', { mode: 0o644 })
  mkdirSync(join(folder, 'kept'), { mode: 0o755 })
  writeFileSync(join(folder, 'kept', 'open.json'), '{}', { mode: 0o644 })
  writeFileSync(join(folder, 'kept', 'closed.json'), '{}', { mode: 0o400 })
  writeFileSync(join(folder, 'kept', 'script.sh'), '', { mode: 0o755 })
  symlinkSync(outside, join(folder, 'kept', 'link.json'))
  restrictFolder(join(folder, 'kept'), ours)
  expect(modeOf(join(folder, 'kept'))).toBe(0o700)
  expect(modeOf(join(folder, 'kept', 'open.json'))).toBe(0o600)
  expect(modeOf(join(folder, 'kept', 'closed.json'))).toBe(0o400)
  expect(modeOf(join(folder, 'kept', 'script.sh'))).toBe(0o755)
  expect(modeOf(outside)).toBe(0o644)
})

onPosix('a folder that people share, or that holds nothing of ours, stays open', () => {
  const shared = newFolder()
  writeFileSync(join(shared, 'ours.json'), '{}', { mode: 0o644 })
  chmodSync(shared, 0o1777)
  restrictFolder(shared, ours)
  expect(statSync(shared).mode & 0o7777).toBe(0o1777)
  expect(modeOf(join(shared, 'ours.json'))).toBe(0o600)
  const other = newFolder()
  chmodSync(other, 0o755)
  writeFileSync(join(other, 'script.sh'), '', { mode: 0o755 })
  restrictFolder(other, ours)
  expect([modeOf(other), modeOf(join(other, 'script.sh'))]).toEqual([0o755, 0o755])
})
