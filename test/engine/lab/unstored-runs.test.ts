import {
  copyFileSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { companions } from '../../../src/engine/files/set-aside.ts'
import { archiveIn } from '../../support/archive.ts'
import { runOf, stepOf } from '../../support/lab.ts'
import { canMount, mountSmallDisk } from '../../support/small-disk.ts'

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'inspector-'))
const run = runOf([stepOf([[100_000, 150_000]])])
/** A run that needs pages of its own. */
const large = (name: string) =>
  runOf([stepOf([[100_000]])], {
    name,
    problem: { code: 'internal', message: 'x'.repeat(20_000), diagnosis: null, facts: {} },
  })
const namesIn = (folder: string): string[] =>
  archiveIn(folder)
    .archive.list()
    .map(({ name }) => name)

/** Overwrites bytes in the middle of a file, as a failing disk would. */
function damage(path: string, from: number, bytes: number): void {
  writeSync(openSync(path, 'r+'), Buffer.alloc(bytes, 0xa5), 0, bytes, from)
}

afterEach(() => vi.useRealTimers())

describe('runs that could not be stored', () => {
  test.skipIf(!canMount)('on a full disk are stored when there is room, under the same ids (root on Linux)', () => {
    vi.useFakeTimers()
    const disk = mountSmallDisk('size=64k')
    onTestFinished(() => disk.remove())
    const { archive, told } = archiveIn(disk.path)
    archive.add({ ...run, name: 'stored' })
    writeFileSync(join(disk.path, 'fill'), Buffer.alloc(1))
    while (true) {
      try {
        writeFileSync(join(disk.path, 'fill'), Buffer.alloc(1024), { flag: 'a' })
      } catch {
        break
      }
    }
    const one = archive.add(large('one'))
    const other = archive.add(large('other'))
    expect(told).toEqual(['1 unstored: the disk is full', '2 unstored: the disk is full'])
    expect(archive.unstored).toBe(2)
    expect(archive.list().map(({ name, notStored }) => [name, !notStored])).toEqual([
      ['other', false],
      ['one', false],
      ['stored', true],
    ])
    vi.advanceTimersByTime(10_000)
    expect(told).toHaveLength(2)
    rmSync(join(disk.path, 'fill'))
    disk.remount('size=4m')
    vi.advanceTimersByTime(10_000)
    expect(told.slice(2)).toEqual(['0 unstored: null', 'list changed'])
    expect(archive.unstored).toBe(0)
    expect(archive.list().map(({ id, name, notStored }) => [id, name, !notStored])).toEqual([
      [other, 'other', true],
      [one, 'one', true],
      [expect.any(Number), 'stored', true],
    ])
    archive.rename(one, 'renamed')
    expect(archive.read(one).name).toBe('renamed')
    archive.remove(other)
    archive.close()
    expect(namesIn(disk.path)).toEqual(['renamed', 'stored'])
  })

  test('are stored before the next one', () => {
    const folder = join(newFolder(), 'later')
    const { archive, told } = archiveIn(folder)
    archive.add({ ...run, name: 'first' })
    mkdirSync(folder)
    archive.add({ ...run, name: 'second' })
    expect(told).toEqual(['1 unstored: the file or folder does not exist', '0 unstored: null', 'list changed'])
    archive.close()
    expect(namesIn(folder)).toEqual(['second', 'first'])
  })

  test('that were stored later and removed give their numbers to new ones', () => {
    const folder = join(newFolder(), 'later')
    const { archive } = archiveIn(folder)
    const first = archive.add({ ...run, name: 'first' })
    mkdirSync(folder)
    archive.storeAgain()
    archive.remove(first)
    const second = archive.add({ ...run, name: 'second' })
    expect(archive.list().map(({ id, name }) => [id, name])).toEqual([[second, 'second']])
  })

  test('are stored at the end if that works then', () => {
    const folder = join(newFolder(), 'later')
    const { archive } = archiveIn(folder)
    archive.add(run)
    mkdirSync(folder)
    archive.close()
    expect(namesIn(folder)).toEqual(['a run'])
  })
})

test('a folder in the place of the file is told at once, and when it has gone', () => {
  vi.useFakeTimers()
  const folder = newFolder()
  mkdirSync(join(folder, 'lab.sqlite'))
  const { archive, told } = archiveIn(folder)
  archive.checkPlace()
  expect(told).toEqual(['unreadable: it is a folder, not a regular file'])
  rmSync(join(folder, 'lab.sqlite'), { recursive: true })
  vi.advanceTimersByTime(10_000)
  expect(told.slice(1)).toEqual(['unreadable: null', 'list changed'])
})

describe('a damaged file', () => {
  test('is set aside when it is opened, and what can be read goes to the new one', () => {
    const folder = newFolder()
    const path = join(folder, 'lab.sqlite')
    const first = archiveIn(folder).archive
    for (let number = 1; number <= 9; number += 1) first.add(large(`run ${number}`))
    first.close()
    // Somewhere in the middle: the document of a run.
    damage(path, Math.floor(statSync(path).size / 2 / 4096) * 4096, 4096)
    const { archive, told } = archiveIn(folder)
    const names = archive.list().map(({ name }) => name)
    expect(told).toEqual([expect.stringMatching(/^damaged .*lab\.sqlite\.damaged-[\dTZ.-]+ \(8 rescued\)$/)])
    expect(names).toHaveLength(8)
    expect(names).toEqual(expect.arrayContaining(['run 1', 'run 9']))
    expect(archive.read(archive.add(run))).toEqual(run)
  })

  test('whose second page is overwritten is set aside, and a new one begun', () => {
    const folder = newFolder()
    const first = archiveIn(folder).archive
    for (let number = 1; number <= 9; number += 1) first.add(large(`run ${number}`))
    first.close()
    damage(join(folder, 'lab.sqlite'), 4096, 4096)
    const { archive, told } = archiveIn(folder)
    expect(archive.list()).toEqual([])
    expect(told).toEqual([expect.stringMatching(/^damaged .*\(0 rescued\)$/)])
    archive.add(run)
    archive.close()
    expect(namesIn(folder)).toEqual(['a run'])
  })

  test('that was whole when it was opened is replaced as well', () => {
    const folder = newFolder()
    const path = join(folder, 'lab.sqlite')
    const first = archiveIn(folder).archive
    for (let number = 1; number <= 9; number += 1) first.add(large(`run ${number}`))
    first.close()
    const { archive, told } = archiveIn(folder)
    const [newest] = archive.list()
    damage(path, 4096, statSync(path).size - 4096)
    expect(() => archive.read(newest?.id ?? 0)).toThrow()
    expect(told).toEqual([expect.stringMatching(/^damaged /)])
    archive.add({ ...run, name: 'new' })
    expect(archive.list().map(({ name }) => name)).toContain('new')
    archive.close()
    expect(namesIn(folder)).toContain('new')
  })
})

describe('a file that somebody else', () => {
  test.each([
    ['removed', (folder: string) => rmSync(join(folder, 'lab.sqlite'))],
    ['removed with all that stood beside it', (folder: string) => rmSync(folder, { recursive: true })],
    ['moved away', (folder: string) => renameSync(join(folder, 'lab.sqlite'), join(folder, 'elsewhere'))],
  ])('%s is written again with all runs', async (_what, remove) => {
    const folder = newFolder()
    const { archive, told } = archiveIn(folder)
    archive.add({ ...run, name: 'before' })
    remove(folder)
    await vi.waitFor(() => expect(told).toEqual(['removed']), 10_000)
    archive.add({ ...run, name: 'after' })
    archive.close()
    expect(namesIn(folder)).toEqual(['after', 'before'])
  })

  test.skipIf(process.platform === 'win32')('removed behind a link is written again behind the link', () => {
    const [folder, elsewhere] = [newFolder(), newFolder()]
    symlinkSync(join(elsewhere, 'lab.sqlite'), join(folder, 'lab.sqlite'))
    writeFileSync(join(elsewhere, 'lab.sqlite'), '')
    const { archive, told } = archiveIn(folder)
    archive.add({ ...run, name: 'before' })
    rmSync(join(elsewhere, 'lab.sqlite'))
    archive.add({ ...run, name: 'after' })
    expect(told).toEqual(['removed'])
    expect(lstatSync(join(folder, 'lab.sqlite')).isSymbolicLink()).toBe(true)
    archive.close()
    expect(namesIn(elsewhere)).toEqual(['after', 'before'])
  })

  test('replaced is used from then on, and the runs are kept beside it', () => {
    const folder = newFolder()
    const others = newFolder()
    const theirs = archiveIn(others).archive
    theirs.add({ ...run, name: 'theirs' })
    theirs.close()
    const { archive, told } = archiveIn(folder)
    archive.add({ ...run, name: 'ours' })
    copyFileSync(join(others, 'lab.sqlite'), join(folder, 'copy'))
    renameSync(join(folder, 'copy'), join(folder, 'lab.sqlite'))
    expect(archive.list().map(({ name }) => name)).toEqual(['theirs'])
    expect(told).toEqual([expect.stringMatching(/^replaced .*lab\.sqlite\.replaced-/), 'list changed'])
    const kept = newFolder()
    copyFileSync(told[0]?.replace('replaced ', '') ?? '', join(kept, 'lab.sqlite'))
    expect(namesIn(kept)).toEqual(['ours'])
  })

  test('removed just before the end is written again with all runs', () => {
    const folder = newFolder()
    const { archive, told } = archiveIn(folder)
    archive.add({ ...run, name: 'before' })
    rmSync(join(folder, 'lab.sqlite'))
    archive.close()
    expect(told).toEqual(['removed'])
    expect(namesIn(folder)).toEqual(['before'])
  })

  test('removed, with a folder in the way of a new one, leaves the runs beside it', () => {
    const folder = newFolder()
    const { archive, told } = archiveIn(folder)
    archive.add({ ...run, name: 'before' })
    for (const suffix of ['', ...companions]) rmSync(join(folder, `lab.sqlite${suffix}`), { force: true })
    mkdirSync(join(folder, 'lab.sqlite-wal'))
    archive.close()
    expect(told).toEqual([expect.stringMatching(/^replaced .*lab\.sqlite\.restored-/), 'list changed'])
    const kept = newFolder()
    copyFileSync(told[0]?.replace('replaced ', '') ?? '', join(kept, 'lab.sqlite'))
    expect(namesIn(kept)).toEqual(['before'])
  })

  test('removed, and that cannot be written again, keeps its runs at the end for another try', () => {
    const folder = newFolder()
    const { archive, told } = archiveIn(folder)
    archive.add({ ...run, name: 'before' })
    rmSync(folder, { recursive: true })
    writeFileSync(folder, '')
    archive.close()
    expect(told).toEqual([expect.stringMatching(/^1 unstored: ./)])
    rmSync(folder)
    archive.storeAgain()
    expect(archive.unstored).toBe(0)
    expect(namesIn(folder)).toEqual(['before'])
  })

  test('replaced by a file where the folder should be is told, until it can be written again', () => {
    vi.useFakeTimers()
    const folder = newFolder()
    const { archive, told } = archiveIn(folder)
    archive.add({ ...run, name: 'before' })
    rmSync(folder, { recursive: true })
    writeFileSync(folder, '')
    archive.add({ ...run, name: 'after' })
    expect(told).toEqual([expect.stringMatching(/^1 unstored: ./), expect.stringMatching(/^2 unstored: ./)])
    const [newest] = archive.list()
    expect(archive.list().map(({ notStored }) => notStored)).toEqual([true, true])
    archive.add({ ...run, name: 'removed' })
    archive.remove(archive.list()[0]?.id ?? 0)
    expect(archive.unstored).toBe(2)
    expect(archive.list()[0]).toEqual(newest)
    told.splice(2)
    rmSync(folder)
    vi.advanceTimersByTime(10_000)
    expect(told.slice(2)).toEqual(expect.arrayContaining(['removed', '0 unstored: null', 'list changed']))
    expect(readdirSync(folder)).toContain('lab.sqlite')
    archive.close()
    expect(namesIn(folder)).toEqual(['after', 'before'])
  })
})
