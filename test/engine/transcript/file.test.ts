import { closeSync, openSync, readdirSync, renameSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { companions } from '../../../src/engine/files/set-aside.ts'
import type { MessageLog } from '../../../src/engine/transcript/log.ts'
import { readEntries } from '../../../src/engine/transcript/read-entries.ts'
import { bytes, texts } from '../../support/bytes.ts'
import { allEntries, logMessage } from '../../support/log-entries.ts'
import { newLogPath, openLog } from '../../support/open-log.ts'
import { canMount, mountSmallDisk, type SmallDisk } from '../../support/small-disk.ts'

vi.setConfig({ testTimeout: 30_000 })

function smallDisk(): SmallDisk {
  const disk = mountSmallDisk('size=8m')
  onTestFinished(() => disk.remove())
  return disk
}

/** Fills what is left of a disk. Returns how to make room again. */
function fill(disk: SmallDisk): () => void {
  const path = join(disk.path, 'filler')
  expect(() => writeFileSync(path, Buffer.alloc(16 * 1024 * 1024))).toThrow(/ENOSPC/)
  return () => rmSync(path)
}

const large = logMessage({ frames: [new Uint8Array(100_000)] })
const small = logMessage({ frames: [new Uint8Array(10_000)] })
const named = (text: string) => logMessage({ frames: [bytes(text)] })

async function contentOf(log: MessageLog): Promise<string[]> {
  const found: string[] = []
  for await (const { frames } of readEntries(log, allEntries)) found.push(...texts(frames))
  return found
}

describe.runIf(canMount)('a log on a full disk (root on Linux)', () => {
  test('says so, counts every entry that is lost, and goes on when there is room', async () => {
    const disk = smallDisk()
    const { log, told, until } = openLog(join(disk.path, 'log.sqlite'))
    const appended = 300
    for (let index = 0; index < appended; index += 1) log.append(large)
    const status = await until(({ count, failedToWrite }) => count + failedToWrite === appended)
    expect(status.trouble).toBe('the disk is full')
    expect(status.failedToWrite).toBeGreaterThan(100)
    expect(told).toEqual(['failed', 'the disk is full'])
    disk.remount('size=64m')
    // Nothing has to be written for that.
    await until(({ trouble }) => trouble === null)
    expect(told.slice(2)).toEqual(['recovered', String(status.failedToWrite)])
    log.append(named('after'))
    await log.flush()
    expect(log.status).toMatchObject({ count: status.count + 1, failedToWrite: status.failedToWrite })
  })

  test('can be read from the start, and is written when there is room', async () => {
    const disk = smallDisk()
    const path = join(disk.path, 'log.sqlite')
    const before = openLog(path)
    before.log.append(named('before'))
    await before.log.close()
    const makeRoom = fill(disk)
    const { log, told, until } = openLog(path)
    expect((await until(({ trouble }) => trouble !== null)).trouble).toBe('the disk is full')
    expect(await contentOf(log)).toEqual(['before'])
    log.append(named('lost'))
    await until(({ failedToWrite }) => failedToWrite === 1)
    makeRoom()
    await until(({ trouble }) => trouble === null)
    log.append(named('after'))
    expect(await contentOf(log)).toEqual(['before', 'after'])
    expect(told).toEqual(['failed', 'the disk is full', 'recovered', '1'])
  })

  test('that does not tell its size is not taken for full', async () => {
    const disk = mountSmallDisk('size=0')
    onTestFinished(() => disk.remove())
    const path = join(disk.path, 'log.sqlite')
    const before = openLog(path)
    before.log.append(named('before'))
    await before.log.close()
    const { log, told } = openLog(path)
    log.append(named('after'))
    expect(await contentOf(log)).toEqual(['before', 'after'])
    expect(told).toEqual([])
  })

  test('that has no log yet is begun when there is room', async () => {
    const disk = smallDisk()
    const makeRoom = fill(disk)
    const { log, until } = openLog(join(disk.path, 'log.sqlite'))
    log.append(named('lost'))
    await until(({ failedToWrite, trouble }) => failedToWrite === 1 && trouble === 'the disk is full')
    await expect(contentOf(log)).resolves.toEqual([])
    makeRoom()
    await until(({ trouble }) => trouble === null)
    log.append(named('after'))
    expect(await contentOf(log)).toEqual(['after'])
  })

  test('can be cleared, and then has room', async () => {
    const disk = smallDisk()
    const { log, until } = openLog(join(disk.path, 'log.sqlite'))
    for (let index = 0; index < 200; index += 1) log.append(large)
    await until(({ trouble }) => trouble !== null)
    await log.flush()
    await log.clear()
    expect(log.status).toMatchObject({ count: 0, trouble: null })
    log.append(named('after'))
    expect(await contentOf(log)).toEqual(['after'])
  })
})

describe('a log whose file', () => {
  test('was removed is begun anew', async () => {
    const { log, path, told, until } = openLog()
    log.append(named('before'))
    await log.flush()
    for (const suffix of ['', ...companions]) rmSync(path + suffix, { force: true })
    const status = await until(({ cleared }) => cleared === 1)
    expect(status.count).toBe(0)
    expect(told).toEqual(['disturbed', 'removed'])
    log.append(named('after'))
    expect(await contentOf(log)).toEqual(['after'])
    await log.close()
    const again = openLog(path)
    expect(await contentOf(again.log)).toEqual(['after'])
  })

  test('turns out to be damaged is begun anew, and loses nothing that comes then', async () => {
    const path = newLogPath()
    const maximumBytes = 12_000_000
    const before = openLog(path, maximumBytes)
    // Nearly full, so that what comes has damaged pages read.
    for (let index = 0; index < 1000; index += 1) before.log.append(small)
    await before.log.close()
    const { log, told } = openLog(path, maximumBytes)
    await log.flush()
    const file = openSync(path, 'r+')
    writeSync(file, Buffer.alloc(statSync(path).size - 4096, 0xa5), 0, undefined, 4096)
    closeSync(file)
    for (let index = 0; index < 5; index += 1) log.append(small)
    await log.flush()
    expect(told).toEqual(['damaged', expect.stringContaining('.damaged-'), 'the file is damaged'])
    expect(log.status).toMatchObject({ count: 5, failedToWrite: 0, trouble: null })
  })

  test('was replaced uses the one that is there', async () => {
    const other = openLog()
    other.log.append(named('of another time'))
    await other.log.close()
    const { log, path, told, until } = openLog()
    log.append(named('before'))
    await log.flush()
    renameSync(other.path, path)
    await until(({ cleared }) => cleared === 1)
    expect(told).toEqual(['disturbed', 'replaced'])
    log.append(named('after'))
    expect(await contentOf(log)).toEqual(['of another time', 'after'])
  })

  test('lost its folder gets a new one', async () => {
    const path = join(dirname(newLogPath()), 'folder', 'log.sqlite')
    const { log, until } = openLog(path)
    log.append(named('before'))
    await log.flush()
    rmSync(dirname(path), { recursive: true })
    await until(({ cleared }) => cleared === 1)
    log.append(named('after'))
    expect(await contentOf(log)).toEqual(['after'])
    expect(readdirSync(dirname(path))).toContain('log.sqlite')
  })
})
