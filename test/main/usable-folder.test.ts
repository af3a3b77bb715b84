import { mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { lockTrouble, proveUsable, UnusableFolderError } from '../../src/main/usable-folder.ts'
import { canMount, mountSmallDisk } from '../support/small-disk.ts'

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'inspector-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

function refusalOf(folder: string): string {
  try {
    proveUsable(folder)
  } catch (thrown) {
    if (thrown instanceof UnusableFolderError) return thrown.message
    throw thrown
  }
  return expect.unreachable(`${folder} was accepted`)
}

describe('a folder for the user data', () => {
  test('is made, and nothing is left in it', () => {
    const folder = join(newFolder(), 'one', 'other')
    proveUsable(folder)
    expect(readdirSync(folder)).toEqual([])
  })

  test('that is a file, or below one, is refused with cause and cure', () => {
    const file = join(newFolder(), 'file')
    writeFileSync(file, '')
    expect(refusalOf(file)).toMatch(
      / in .*file: it is a file, not a folder\. Move that file away, or start .*FOLDER\.$/,
    )
    expect(refusalOf(join(file, 'below'))).toMatch(/file.below: a part of the path is a file, not a folder\./)
  })

  test.skipIf(!canMount)('on a read-only file system is refused, also when it has to be made (root on Linux)', () => {
    const disk = mountSmallDisk('size=64k')
    onTestFinished(() => disk.remove())
    disk.remount('ro')
    const words = 'the file system is read-only. Make the file system writable, or'
    expect(refusalOf(disk.path)).toContain(words)
    expect(refusalOf(join(disk.path, 'one', 'other'))).toContain(words)
  })

  test.skipIf(!canMount)('is refused where not even an empty file has room (root on Linux)', () => {
    const disk = mountSmallDisk('size=64k,nr_inodes=1')
    onTestFinished(() => disk.remove())
    expect(refusalOf(disk.path)).toContain('the disk is full. Free some disk space, or')
  })

  test.skipIf(!canMount)('is accepted on a full disk: the window tells what it cannot save (root on Linux)', () => {
    const disk = mountSmallDisk('size=64k')
    onTestFinished(() => disk.remove())
    writeFileSync(join(disk.path, 'fill'), Buffer.alloc(64 * 1024))
    expect(() => writeFileSync(join(disk.path, 'more'), 'x')).toThrow('ENOSPC')
    proveUsable(disk.path)
  })
})

describe.skipIf(process.platform === 'win32')('a lock that was not given', () => {
  test('belongs to another process of this computer, which is no trouble', () => {
    const folder = newFolder()
    symlinkSync(`${hostname()}-123`, join(folder, 'SingletonLock'))
    expect(lockTrouble(folder)).toBeNull()
  })

  test('belongs to another computer, or to one that had another name', () => {
    const folder = newFolder()
    symlinkSync('other-host-123', join(folder, 'SingletonLock'))
    expect(lockTrouble(folder)?.message).toContain('process 123 on the computer other-host uses it. If none runs there')
  })

  test('is named when it is not there', () => {
    expect(lockTrouble(newFolder())?.message).toContain('SingletonLock cannot be made')
  })
})
