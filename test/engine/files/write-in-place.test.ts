import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { replaceFile } from '../../../src/engine/files/replace-file.ts'
import { builtModule } from '../../support/built.ts'
import { runNode } from '../../support/running-program.ts'
import { canMount, mountSmallDisk } from '../../support/small-disk.ts'

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'inspector-'))
const isRoot = process.getuid?.() === 0
const leftInTemporary = (): string[] =>
  readdirSync(tmpdir()).filter((name) => name.startsWith('zeromq-inspector-save-'))

/** A file that lies on a disk of its own and is mounted into a read-only folder. Returns its path there. */
function mountedFile(content: string | Buffer, options = 'size=64k'): { path: string; disk: string } {
  const disk = mountSmallDisk(options)
  const folder = mountSmallDisk('size=64k')
  const path = join(folder.path, 'file')
  writeFileSync(join(disk.path, 'file'), content)
  writeFileSync(path, '')
  folder.remount('ro')
  execFileSync('mount', ['--bind', join(disk.path, 'file'), path])
  onTestFinished(() => {
    execFileSync('umount', [path])
    folder.remove()
    disk.remove()
  })
  return { path, disk: disk.path }
}

describe('a writable file in a folder that is not', () => {
  test.skipIf(isRoot || process.platform === 'win32')('is written in its place (not as root)', async () => {
    const folder = newFolder()
    const path = join(folder, 'file')
    writeFileSync(path, 'before, and longer')
    chmodSync(folder, 0o555)
    onTestFinished(() => chmodSync(folder, 0o755))
    await replaceFile(path, 'after')
    expect(readFileSync(path, 'utf8')).toBe('after')
    await expect(replaceFile(join(folder, 'new'), 'x')).rejects.toMatchObject({ code: 'EACCES' })
  })

  test.skipIf(!canMount)('is written in its place, shorter and longer (root on Linux)', async () => {
    const before = leftInTemporary()
    const { path } = mountedFile('before, and longer')
    const { ino } = statSync(path)
    for (const content of ['after', 'x'.repeat(20_000)]) {
      await replaceFile(path, content)
      expect(readFileSync(path, 'utf8')).toBe(content)
    }
    expect(statSync(path).ino).toBe(ino)
    expect(leftInTemporary()).toEqual(before)
  })

  test.skipIf(!canMount)(
    'stays as it was when its disk is full, or its content ends early (root on Linux)',
    async () => {
      const before = leftInTemporary()
      const old = Buffer.alloc(20_000, 'old')
      const { path } = mountedFile(old)
      await expect(replaceFile(path, Buffer.alloc(100_000, 'new'))).rejects.toMatchObject({ code: 'ENOSPC' })
      expect(readFileSync(path)).toEqual(old)
      async function* failing() {
        yield 'a part'
        throw new Error('no more')
      }
      await expect(replaceFile(path, failing())).rejects.toThrow('no more')
      expect(readFileSync(path)).toEqual(old)
      expect(leftInTemporary()).toEqual(before)
    },
  )
})

test.skipIf(!canMount)(
  'where the older content cannot be copied first, nothing is changed or left behind (root on Linux)',
  async () => {
    const old = Buffer.alloc(100_000, 'old')
    const { path } = mountedFile(old, 'size=1m')
    const temporary = mountSmallDisk('size=64k')
    vi.stubEnv('TMPDIR', temporary.path)
    onTestFinished(() => {
      vi.unstubAllEnvs()
      temporary.remove()
    })
    await expect(replaceFile(path, 'new')).rejects.toMatchObject({ code: 'ENOSPC' })
    expect(readFileSync(path)).toEqual(old)
    expect(leftInTemporary()).toEqual([])
  },
)

test.skipIf(!canMount)('a file that is a mount of its own is written in its place (root on Linux)', async () => {
  const folder = newFolder()
  const [path, elsewhere] = [join(folder, 'file'), join(newFolder(), 'file')]
  writeFileSync(path, '')
  writeFileSync(elsewhere, 'before')
  execFileSync('mount', ['--bind', elsewhere, path])
  onTestFinished(() => void execFileSync('umount', [path]))
  await replaceFile(path, 'after')
  expect(readFileSync(elsewhere, 'utf8')).toBe('after')
  expect(readdirSync(folder)).toEqual(['file'])
})

test.skipIf(!canMount)('an older file stays when the disk is full (root on Linux)', async () => {
  const disk = mountSmallDisk('size=64k')
  onTestFinished(() => disk.remove())
  const path = join(disk.path, 'file')
  await replaceFile(path, 'before')
  await expect(replaceFile(path, Buffer.alloc(100_000))).rejects.toMatchObject({ code: 'ENOSPC' })
  expect(readFileSync(path, 'utf8')).toBe('before')
  expect(readdirSync(disk.path)).toEqual(['file'])
})

test('a process that ends while it writes leaves the older file, and nothing else', async () => {
  const folder = newFolder()
  const path = join(folder, 'file')
  writeFileSync(path, 'before')
  expect(await runNode(builtModule('ending-while-writing'), path).ended).toMatchObject({ code: 3, stderr: '' })
  expect(readFileSync(path, 'utf8')).toBe('before')
  expect(readdirSync(folder)).toEqual(['file'])
})
