import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { LogBatch, unpackBatch } from '../../../src/engine/transcript/batch.ts'
import { LogStore } from '../../../src/engine/transcript/store.ts'
import { allEntries, logMessage } from '../../support/log-entries.ts'

const mebibyte = 1024 * 1024
const hourMs = 3600 * 1000
const dayMs = 24 * hourMs
/** An arbitrary start time. */
const noon = 1_700_000_000_000

/** A store whose clock reads `clock.now`. */
function openStore(path: string, maximumAgeMs: number | null, clock: { now: number }): LogStore {
  const store = new LogStore(path, mebibyte, maximumAgeMs, () => clock.now)
  onTestFinished(() => store.close())
  return store
}

const newPath = (): string => join(mkdtempSync(join(tmpdir(), 'inspector-')), 'log.sqlite')

function appendAt(store: LogStore, ...times: readonly number[]): void {
  const batch = new LogBatch()
  for (const [index, at] of times.entries()) batch.add(logMessage({ at }), index, 0)
  store.append(unpackBatch(batch.pack().batch))
}

const timesOf = (store: LogStore): number[] =>
  store.query({ filter: allEntries, afterId: 0, beforeId: null, limit: 1000 }).map(({ at }) => at)

describe('the age limit of entries', () => {
  test('is applied when the file is opened, and deletions are counted', () => {
    const path = newPath()
    const first = new LogStore(path, mebibyte, null, () => noon)
    appendAt(first, noon - 3 * dayMs, noon - 2 * dayMs - 1, noon - 2 * dayMs, noon)
    first.close()
    const store = openStore(path, 2 * dayMs, { now: noon })
    expect(timesOf(store)).toEqual([noon - 2 * dayMs, noon])
    expect(store.status).toMatchObject({ count: 2, evicted: 2 })
  })

  test('is applied while entries are written, but not for each', () => {
    const clock = { now: noon }
    const store = openStore(newPath(), dayMs, clock)
    appendAt(store, noon)
    clock.now = noon + dayMs + 1
    appendAt(store, clock.now)
    expect(timesOf(store)).toEqual([clock.now])
    appendAt(store, noon, clock.now + 1)
    expect(store.status.count).toBe(3)
  })

  test('applies to existing entries when set, and can be removed', () => {
    const clock = { now: noon }
    const store = openStore(newPath(), null, clock)
    appendAt(store, noon - 5 * hourMs, noon - hourMs)
    store.setBounds({ maximumBytes: mebibyte, maximumAgeMs: 2 * hourMs })
    expect(timesOf(store)).toEqual([noon - hourMs])
    store.setBounds({ maximumBytes: mebibyte, maximumAgeMs: null })
    clock.now = noon + 100 * dayMs
    appendAt(store, clock.now)
    expect(store.status).toMatchObject({ count: 2, evicted: 1 })
  })

  test('skips entries of a wrong clock, and still applies when the clock is set back', () => {
    const clock = { now: noon }
    const store = openStore(newPath(), dayMs, clock)
    for (const at of [noon + 400 * dayMs, noon - 2 * dayMs, noon]) appendAt(store, at)
    store.setBounds({ maximumBytes: mebibyte, maximumAgeMs: dayMs })
    expect(timesOf(store)).toEqual([noon + 400 * dayMs, noon])
    expect(store.status).toMatchObject({ count: 2, evicted: 1 })
    clock.now = noon - 30 * dayMs
    appendAt(store, noon - 40 * dayMs)
    clock.now = noon + 2 * dayMs
    appendAt(store, clock.now)
    expect(timesOf(store)).toEqual([noon + 400 * dayMs, clock.now])
  })

  test('deletes nothing from an empty log, and keeps recent entries after an older one that came late', () => {
    const store = openStore(newPath(), hourMs, { now: noon })
    expect(store.status).toMatchObject({ count: 0, evicted: 0 })
    for (const at of [noon, noon - 2 * hourMs, noon]) appendAt(store, at)
    store.setBounds({ maximumBytes: mebibyte, maximumAgeMs: hourMs })
    expect(store.status).toMatchObject({ count: 3, evicted: 0 })
  })
})
