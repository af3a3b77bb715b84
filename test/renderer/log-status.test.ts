import { describe, expect, test } from 'vitest'
import { describeEmpty, describeLog } from '../../src/renderer/features/log/log-status.ts'
import type { LogStatus } from '../../src/shared/transcript/status.ts'
import { allEntries } from '../support/log-entries.ts'

/** What a view says that leaves all out by itself. */
const hidden = 'Only events so far.'

const status: LogStatus = {
  lastId: 31,
  count: 31,
  evicted: 0,
  recording: true,
  unrecorded: 0,
  unlogged: 0,
  failedToWrite: 0,
  trouble: null,
  behindMs: 0,
  cleared: 0,
  bytes: 1024,
  maximumBytes: 1024 * 1024,
}
const size = '1.00 KiB of 1.00 MiB'
const six = { matching: 6, of: 31 }

describe('the whole log', () => {
  test('says how many entries there are', () => {
    expect(describeLog(status, allEntries, null)).toBe(`31 entries · ${size}`)
    expect(describeLog({ ...status, count: 1 }, allEntries, null)).toBe(`1 entry · ${size}`)
  })

  test.each([{ text: 'x' }, { hides: ['received'] }, { session: 'server' }] as const)(
    'says of how many with %j',
    (part) => {
      const filter = { ...allEntries, ...part }
      expect(describeLog(status, filter, six)).toBe(`6 of 31 entries · ${size}`)
      expect(describeLog(status, filter, null)).toBe(`… of 31 entries · ${size}`)
    },
  )
})

describe('the log without its events', () => {
  const messages = { ...allEntries, hides: ['events'] } as const

  test('counts the messages, of which the whole log has more', () => {
    expect(describeLog(status, messages, { matching: 20, of: 20 })).toBe(`20 entries · ${size}`)
    expect(describeLog(status, messages, null)).toBe(`… entries · ${size}`)
    expect(describeLog(status, { ...messages, text: 'x' }, { matching: 6, of: 20 })).toBe(`6 of 20 entries · ${size}`)
  })

  test('says of a search that goes on that there may be more', () => {
    const found = { matching: 6, of: 20, isPartial: true } as const
    expect(describeLog(status, { ...messages, text: 'x' }, found)).toBe(`6… of 20 entries · ${size}`)
  })
})

describe('the events', () => {
  const events = { ...allEntries, kind: 'event' } as const

  test('are counted as events, without the size of the log', () => {
    expect(describeLog(status, events, { matching: 12, of: 12 })).toBe('12 events')
    expect(describeLog(status, { ...events, text: 'x' }, { matching: 3, of: 12 })).toBe('3 of 12 events')
    expect(describeLog(status, events, { matching: 1, of: 1 })).toBe('1 event')
    expect(describeLog(status, events, null)).toBe('… events')
  })

  test('tell that recording is stopped, and what was not recorded', () => {
    const count = { matching: 1, of: 1 }
    const stopped = { ...status, recording: false }
    expect(describeLog(stopped, events, count)).toBe('1 event · recording is stopped')
    expect(describeLog({ ...stopped, unrecorded: 1200 }, events, count)).toBe(
      '1 event · recording is stopped · 1,200 not recorded',
    )
    expect(describeLog({ ...status, unrecorded: 2 }, events, count)).toBe('1 event · 2 not recorded')
    expect(describeEmpty({ ...stopped, count: 0 }, 'Nothing yet.', hidden)).toContain('Recording is stopped')
  })

  test('tell what is missing', () => {
    const full = { ...status, evicted: 2000, unlogged: 3, failedToWrite: 4 }
    expect(describeLog(full, events, { matching: 1, of: 1 })).toBe(
      '1 event · 2,000 oldest log entries removed · 3 came too fast to log · 4 could not be written',
    )
  })
})

test('a log that is not there', () => {
  expect(describeLog(null, allEntries, null)).toBe('The log is not available')
})

test('a log of which a view leaves all out', () => {
  expect(describeEmpty({ ...status, count: 2 }, 'Nothing has happened yet.', hidden)).toBe(hidden)
})

describe('an empty log', () => {
  const none = { ...status, count: 0 }
  const untouched = 'Nothing has happened yet.'

  test('says that nothing has happened only where that is true', () => {
    expect(describeEmpty(none, untouched, hidden)).toBe(untouched)
    for (const had of [{ cleared: 1 }, { evicted: 1 }, { unlogged: 1 }, { failedToWrite: 1 }]) {
      expect(describeEmpty({ ...none, ...had }, untouched, hidden)).toBe('The log is empty.')
    }
  })

  test('says that it cannot be written', () => {
    const words = 'The log cannot be written, so there is nothing to show.'
    expect(describeEmpty({ ...none, trouble: 'the disk is full' }, untouched, hidden)).toBe(words)
    expect(describeEmpty(null, untouched, hidden)).toBe(untouched)
  })
})
