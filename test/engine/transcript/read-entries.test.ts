import { describe, expect, test, vi } from 'vitest'
import type { MessageLog } from '../../../src/engine/transcript/log.ts'
import { readEntries } from '../../../src/engine/transcript/read-entries.ts'
import type { ReadingProgress } from '../../../src/shared/transcript/exported.ts'
import type { LogFilter } from '../../../src/shared/transcript/query.ts'
import { bytes } from '../../support/bytes.ts'
import { allEntries, logEvent, logMessage } from '../../support/log-entries.ts'
import { openLog } from '../../support/open-log.ts'
import { readToEnd } from '../../support/read-log.ts'

vi.setConfig({ testTimeout: 30_000 })

/** Room for some 5,000 of the messages. */
const maximumBytes = 1_250_000

/** Appends messages of two sockets in turn, and some events. */
function append(log: MessageLog, count: number): void {
  for (let index = 0; index < count; index += 1) {
    const session = index % 2 === 0 ? 'one' : 'two'
    log.append(logMessage({ session, frames: [bytes(`message ${index}`)] }))
    if (index % 100 === 0) log.append(logEvent('accept', 'a peer', { session }))
  }
}

const filters: readonly [string, LogFilter][] = [
  ['everything', allEntries],
  ['the messages of a socket', { ...allEntries, kind: 'message', session: 'two' }],
  ['a word', { ...allEntries, text: '7' }],
  ['an expression', { ...allEntries, text: '/[0-46-9]$/' }],
]

async function matchingIn(log: MessageLog, filter: LogFilter): Promise<number> {
  for (;;) {
    const { matching, isPartial } = await log.count({ filter })
    if (!isPartial) return matching
  }
}

describe.each(filters)('reading what matches while the log removes its oldest entries: %s', (_name, filter) => {
  test('tells how many were removed before they were read', async () => {
    const { log } = openLog(undefined, maximumBytes)
    append(log, 4000)
    const matching = await matchingIn(log, filter)
    const { ids, read } = await readToEnd(log, filter, async (count) => {
      if (count !== 1) return
      append(log, 4000)
      await log.flush()
    })
    expect(read.removed).toBeGreaterThan(0)
    expect(read).toEqual({ removed: matching - ids.length, cleared: false })
    expect(ids).toEqual(ids.toSorted((one, other) => one - other))
  })

  test('tells of a lower bound, too', async () => {
    const { log } = openLog(undefined, maximumBytes)
    append(log, 4000)
    const matching = await matchingIn(log, filter)
    const { ids, read } = await readToEnd(log, filter, async (count) => {
      if (count === 1) await log.setBounds({ maximumBytes: 400_000, maximumAgeMs: null })
    })
    expect(read.removed).toBeGreaterThan(0)
    expect(read).toEqual({ removed: matching - ids.length, cleared: false })
  })

  test('misses nothing where only what was read is removed', async () => {
    const { log } = openLog(undefined, maximumBytes)
    append(log, 4000)
    const matching = await matchingIn(log, filter)
    const { ids, read } = await readToEnd(log, filter, async (count) => {
      if (count !== matching) return
      append(log, 4000)
      await log.flush()
    })
    expect(log.status?.evicted).toBeGreaterThan(0)
    expect(ids).toHaveLength(matching)
    expect(read).toEqual({ removed: 0, cleared: false })
  })
})

test('entries that were removed before are not missing, nor are those that come later', async () => {
  const { log } = openLog(undefined, maximumBytes)
  append(log, 8000)
  await log.flush()
  expect(log.status?.evicted).toBeGreaterThan(0)
  const count = log.status?.count
  const { ids, read } = await readToEnd(log, allEntries, async (at) => {
    if (at === 1) append(log, 10)
  })
  expect(ids).toHaveLength(count ?? 0)
  expect(read).toEqual({ removed: 0, cleared: false })
})

test('a log that is cleared meanwhile says so, and how many were not read', async () => {
  const { log } = openLog()
  append(log, 2000)
  const matching = await matchingIn(log, allEntries)
  const { ids, read } = await readToEnd(log, allEntries, async (count) => {
    if (count === 1) await log.clear()
  })
  expect(ids.length).toBeGreaterThan(0)
  expect(ids.length).toBeLessThan(matching)
  expect(read).toEqual({ removed: matching - ids.length, cleared: true })
})

test('tells how far it has come, and ends when it is told to', async () => {
  const { log } = openLog()
  append(log, 2000)
  const parts: number[] = []
  const onProgress = ({ done, of }: ReadingProgress) => parts.push(done / of)
  for await (const _entry of readEntries(log, allEntries, { onProgress }));
  expect(parts.length).toBeGreaterThan(2)
  expect(parts[0]).toBe(0)
  expect(parts).toEqual(parts.toSorted((one, other) => one - other))
  expect(parts.at(-1)).toBeLessThanOrEqual(1)

  const abort = new AbortController()
  const entries = readEntries(log, allEntries, { signal: abort.signal })
  await entries.next()
  abort.abort()
  const rest = async () => {
    for await (const _entry of entries);
  }
  await expect(rest()).rejects.toThrow('aborted')
})
