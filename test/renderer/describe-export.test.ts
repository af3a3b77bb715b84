import { expect, test } from 'vitest'
import { describeExport } from '../../src/renderer/ui/describe-export.ts'

const exported = { path: '/tmp/log.csv', entries: 605_075, removed: 0, cleared: false }

test('an export says what it has saved, and where', () => {
  expect(describeExport(exported, 'message')).toBe('Saved 605,075 messages to /tmp/log.csv.')
  expect(describeExport({ ...exported, entries: 1 }, 'entry')).toBe('Saved 1 entry to /tmp/log.csv.')
  expect(describeExport({ ...exported, path: null, removed: 3 }, 'entry')).toBe('')
})

test.each([
  [{ removed: 19_700 }, '19,700 were removed from the log before they could be saved.'],
  [{ removed: 1 }, '1 was removed from the log before it could be saved.'],
  [{ removed: null }, 'The log removed its oldest entries meanwhile: some may be missing in the file.'],
  [{ cleared: true }, 'The log was cleared meanwhile: the others are not in the file.'],
])('an export says what is missing: %o', (lost, words) => {
  expect(describeExport({ ...exported, ...lost }, 'message')).toBe(`Saved 605,075 messages to /tmp/log.csv. ${words}`)
})
