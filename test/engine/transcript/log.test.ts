import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { getPriority } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import Database from 'libsql'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { createEngine } from '../../../src/engine/engine.ts'
import { MessageLog } from '../../../src/engine/transcript/log.ts'
import { readEntries } from '../../../src/engine/transcript/read-entries.ts'
import { LogStore } from '../../../src/engine/transcript/store.ts'
import { requestSpec } from '../../../src/shared/session/spec.ts'
import { builtModule } from '../../support/built.ts'
import { bytes, texts } from '../../support/bytes.ts'
import { deferred } from '../../support/deferred.ts'
import { allEntries, logEvent, logMessage, packEntry } from '../../support/log-entries.ts'
import { nightly } from '../../support/nightly.ts'
import { newLogPath, openLog } from '../../support/open-log.ts'
import { runNode } from '../../support/running-program.ts'
import { ask, serve } from '../../support/sessions.ts'

// Starting processes takes a while on a busy machine.
vi.setConfig({ testTimeout: 30_000 })

const worker = builtModule('log-worker')

const newest = (log: MessageLog, limit: number) =>
  log.query({ filter: allEntries, afterId: null, beforeId: null, limit })

describe('the log', () => {
  test('answers with everything appended before', async () => {
    const { log } = openLog()
    log.append(logMessage({ frames: [bytes('a'), new Uint8Array(0)] }))
    log.append(logEvent('handshake', 'the peers can talk'))
    expect(await newest(log, 10)).toMatchObject([
      { id: 1, frameCount: 2, preview: 'a | (empty)' },
      { id: 2, frameCount: 0 },
    ])
    log.append(logMessage({ frames: [Uint8Array.of(0xff, 0)] }))
    const entry = await log.entry(3)
    expect(entry?.frames.map((frame) => [...frame])).toEqual([[0xff, 0]])
    expect(await log.entry(4)).toBeNull()
    log.append(logMessage({}))
    await log.flush()
    expect(log.status).toMatchObject({ count: 4, lastId: 4, evicted: 0, unlogged: 0 })
  })

  test('stops recording, counts what comes meanwhile, and goes on', async () => {
    const { log, until } = openLog()
    log.append(logMessage({}))
    await log.flush()
    log.record(false)
    expect(log.status).toMatchObject({ recording: false, unrecorded: 0 })
    log.append(logMessage({}), 2)
    log.append(logEvent('accept', 'a peer'), 3)
    // Nothing is written meanwhile that would tell it.
    expect(await until(({ unrecorded }) => unrecorded === 2)).toMatchObject({ recording: false, count: 1 })
    log.record(true)
    log.append(logMessage({}), 4)
    expect((await newest(log, 10)).map(({ id }) => id)).toEqual([1, 4])
    expect(log.status).toMatchObject({ recording: true, unrecorded: 2, unlogged: 0, failedToWrite: 0 })
  })

  test.runIf(process.platform === 'linux')('is written by a thread that gives way to all others (Linux)', async () => {
    const niceness = () =>
      readdirSync('/proc/self/task').map((thread) => {
        const [, fields = ''] = readFileSync(`/proc/self/task/${thread}/stat`, 'utf8').split(') ')
        return Number(fields.split(' ')[16])
      })
    const normal = getPriority()
    const { log } = openLog()
    await log.flush()
    expect(niceness()).toContain(Math.min(19, normal + 5))
    expect(getPriority()).toBe(normal)
  })

  test('writes a batch without being asked', async () => {
    const path = newLogPath()
    const written = deferred()
    const log = new MessageLog({
      path,
      maximumBytes: 2 ** 20,
      maximumAgeMs: null,
      worker: pathToFileURL(worker),
      tell(event) {
        if (event.type !== 'log.changed') written.reject(new Error(event.type))
        else if (event.status.count === 1) written.resolve()
      },
    })
    onTestFinished(() => log.close())
    log.append(logMessage({ frames: [bytes('x')] }))
    await written.promise
  })

  test('reads all entries, page by page, with their bytes', async () => {
    const { log } = openLog()
    for (let index = 1; index <= 1234; index += 1) log.append(logMessage({ frames: [bytes(`message ${index}`)] }))
    const found: string[] = []
    for await (const entry of readEntries(log, allEntries)) found.push(...texts(entry.frames))
    expect(found).toEqual(Array.from({ length: 1234 }, (_, index) => `message ${index + 1}`))
  })

  test('reads only what existed at the start', async () => {
    const { log } = openLog()
    for (let index = 1; index <= 10; index += 1) log.append(logMessage({ frames: [bytes(`message ${index}`)] }))
    let found = 0
    for await (const _entry of readEntries(log, allEntries)) {
      found += 1
      log.append(logMessage({ frames: [bytes('another')] }))
    }
    expect(found).toBe(10)
  })

  test('sorts the records of a batch by their numbers', async () => {
    const { log } = openLog()
    for (const number of [3, 1, 7, 2]) log.append(logMessage({ at: number, frames: [bytes('a')] }), number)
    expect((await newest(log, 10)).map(({ id, at }) => [id, at])).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
      [7, 7],
    ])
  })

  test('goes on with the numbers of its file', async () => {
    const { log, path } = openLog()
    await log.numbered
    expect(log.nextNumber()).toBe(1)
    log.append(logMessage({}), 41)
    expect(log.nextNumber()).toBe(1)
    await log.flush()
    expect(log.nextNumber()).toBe(42)
    await log.close()
    const again = openLog(path)
    await again.log.numbered
    expect(again.log.nextNumber()).toBe(42)
  })

  test('can be cleared and limited', async () => {
    const { log } = openLog()
    for (let index = 0; index < 100; index += 1) log.append(logMessage({ frames: [new Uint8Array(1000)] }))
    await log.setBounds({ maximumBytes: 50_000, maximumAgeMs: null })
    expect(log.status?.maximumBytes).toBe(50_000)
    expect(log.status?.bytes).toBeLessThanOrEqual(50_000)
    expect(log.status?.evicted).toBeGreaterThan(50)
    await log.clear()
    expect(log.status).toMatchObject({ count: 0, evicted: 0, bytes: 0, cleared: 1 })
  })

  test('closes only when everything is written, and can be closed twice', async () => {
    const { log, path } = openLog()
    for (let index = 1; index <= 5000; index += 1) log.append(logMessage({ frames: [bytes(`message ${index}`)] }))
    await Promise.all([log.close(), log.close()])
    await log.close()
    await expect(newest(log, 1)).rejects.toMatchObject({ code: 'log-unavailable' })
    const store = new LogStore(path, 2 ** 30)
    expect(store.status.count).toBe(5000)
    store.close()
  })

  test('keeps every entry of a flood', async () => {
    const { log } = openLog()
    const flood = nightly ? 100_000 : 20_000
    for (let index = 1; index <= flood; index += 1) log.append(logMessage({ frames: [bytes(String(index))] }))
    await log.flush()
    expect(log.status).toMatchObject({ count: flood, lastId: flood, unlogged: 0 })
    const last = await newest(log, 1000)
    expect(last.map(({ preview }) => preview)).toEqual(
      Array.from({ length: 1000 }, (_, index) => String(flood - 999 + index)),
    )
  }, 30_000)

  test('counts entries beyond what may be queued', async () => {
    const { log } = openLog()
    const large = new Uint8Array(2 ** 26)
    // Four times 64 MiB may be queued; nothing is written while this loop blocks the thread.
    for (let index = 0; index < 7; index += 1) log.append(logMessage({ frames: [large] }))
    await log.flush()
    expect(log.status).toMatchObject({ count: 4, unlogged: 3 })
    log.append(logMessage({ frames: [bytes('x')] }))
    await log.flush()
    expect(log.status).toMatchObject({ count: 5, unlogged: 3 })
  }, 60_000)
})

describe('a file that cannot be used', () => {
  const damages: [string, (path: string) => void][] = [
    ['that is no database', (path) => writeFileSync(path, 'not a database, whatever its name says'.repeat(100))],
    [
      'with a damaged page',
      (path) => {
        const store = new LogStore(path, 2 ** 30)
        const frame = new Uint8Array(3000).fill(7)
        store.append(Array.from({ length: 100 }, (_, index) => packEntry(logMessage({ frames: [frame] }), index)))
        store.close()
        writeFileSync(path, readFileSync(path).fill(0xee, 4096, 4096 * 8))
      },
    ],
    [
      'of an unknown version',
      (path) => {
        const database = new Database(path)
        database.exec('PRAGMA user_version = -1')
        database.close()
      },
    ],
  ]

  test.each(damages)('%s is set aside unchanged, and a new one started', async (_what, damage) => {
    const path = newLogPath()
    damage(path)
    const before = readFileSync(path)
    const { log, told } = openLog(path)
    log.append(logMessage({ frames: [bytes('new')] }))
    expect(await newest(log, 10)).toMatchObject([{ id: 1, preview: 'new' }])
    const [what, setAside = '', reason] = told
    expect(what).toBe('damaged')
    expect(reason).toMatch(/\w/)
    expect(basename(setAside)).toMatch(/^log\.sqlite\.damaged-[\dTZ.-]+$/)
    expect(readFileSync(setAside).length).toBe(before.length)
    await log.close()
    const reopened = openLog(path)
    expect(await newest(reopened.log, 10)).toHaveLength(1)
    expect(reopened.told).toEqual([])
  })

  test('because a newer version wrote it stays where it is, untouched', async () => {
    const path = newLogPath()
    const newer = new Database(path)
    newer.exec('PRAGMA user_version = 99')
    newer.close()
    const before = readFileSync(path)
    const { log, failed } = openLog(path)
    expect(await failed).toMatch(/newer version.*format 99/)
    log.append(logMessage({}))
    expect(readFileSync(path)).toEqual(before)
    expect(readdirSync(dirname(path))).toEqual([basename(path)])
  })

  test('because another process holds it stays where it is, untouched', async () => {
    const path = newLogPath()
    const holder = new Database(path)
    holder.exec('BEGIN EXCLUSIVE')
    onTestFinished(() => void holder.close())
    const { failed, told } = openLog(path)
    expect(await failed).toMatch(/locked/)
    expect(told).toHaveLength(2)
    expect(readdirSync(dirname(path)).filter((name) => name.includes('damaged'))).toEqual([])
  })

  test('in a place that cannot be written is reported, and the engine continues', async () => {
    const file = newLogPath()
    writeFileSync(file, '')
    const { log, failed, told } = openLog(join(file, 'log.sqlite'))
    const engine = createEngine({ emit: () => undefined, log })
    onTestFinished(() => engine.dispose())
    expect(await failed).toMatch(/\w/)
    const { endpoint } = await serve(engine, 'tcp://127.0.0.1:0')
    engine.open('one', requestSpec(endpoint))
    expect(texts((await ask(engine, 'one', [bytes('x')], 5000)).frames)).toEqual(['x'])
    expect(log.status).toMatchObject({ count: 0, trouble: await failed })
    await expect(newest(log, 1)).rejects.toMatchObject({ code: 'log-unavailable' })
    await log.close()
    expect(told.filter((each) => each === 'failed')).toHaveLength(1)
  })

  test('drops a batch that the database rejects, counts it, and accepts the next', async () => {
    const { log, failed } = openLog()
    log.append({ ...logMessage({}), at: Number.NaN })
    log.append(logMessage({}))
    await log.flush()
    expect(await failed).toMatch(/NOT NULL/)
    expect(log.status).toMatchObject({ count: 0, unlogged: 0, failedToWrite: 2 })
    log.append(logMessage({}))
    await log.flush()
    expect(log.status).toMatchObject({ count: 1, unlogged: 0, failedToWrite: 2 })
  })
})

describe('a process', () => {
  test('that is killed while appending leaves a file with everything acknowledged', async () => {
    const path = newLogPath()
    const child = runNode(builtModule('appending'), path, worker)
    await child.until(/^\d{4,}$/m)
    child.kill('SIGKILL')
    const { signal, stdout, stderr } = await child.ended
    expect([signal, stderr]).toEqual(['SIGKILL', ''])
    const acknowledged = Math.max(...stdout.split('\n').slice(0, -1).map(Number))
    const { log, told } = openLog(path)
    const found: string[] = []
    for await (const entry of readEntries(log, allEntries)) found.push(...texts(entry.frames))
    expect(found.length).toBeGreaterThanOrEqual(acknowledged)
    expect(found).toEqual(found.map((_, index) => `message ${index + 1}`))
    expect(told).toEqual([])
    expect(readdirSync(dirname(path)).filter((name) => name.includes('damaged'))).toEqual([])
  })

  test('ends by itself once its engine and its log are disposed of', async () => {
    const path = newLogPath()
    expect(await runNode(builtModule('leaving'), path, worker).ended).toEqual({
      code: 0,
      signal: null,
      stdout: 'disposed\n',
      stderr: '',
    })
    expect(existsSync(path)).toBe(true)
  })
})
