import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { searchForms, searchTerms } from '../../../src/shared/transcript/search/terms.ts'
import { parseSearch } from '../../../src/shared/transcript/search.ts'
import { tries } from '../../support/nightly.ts'

/** Noon of a day, here. */
const now = new Date(2024, 1, 29, 12).getTime()

const shown = (text: string): unknown[] => {
  const { words, terms, problem } = parseSearch(text, now)
  if (problem !== null) return [`! ${problem}`]
  return [
    ...terms.map(({ condition, excludes }) => (excludes ? { not: condition } : condition)),
    ...words.map(({ text: word }) => word),
  ]
}

const at = (...parts: [number, number, number, number?, number?, number?, number?]): number =>
  new Date(...parts).getTime()

describe('a term is read from', () => {
  test.each<[string, unknown[]]>([
    ['topic:prices.', [{ of: 'topic', text: 'prices.' }]],
    ['topic:"a b" x', [{ of: 'topic', text: 'a b' }, 'x']],
    ['topic:"a \\" b"', [{ of: 'topic', text: 'a " b' }]],
    ["topic:h'00 ff'", [{ of: 'topic', text: "h'00 ff'" }]],
    ['-socket:tcp://127.0.0.1:5555', [{ not: { of: 'socket', text: 'tcp://127.0.0.1:5555' } }]],
    ['peer:a', [{ of: 'peer', text: 'a', direction: null }]],
    [
      'from:a to:b',
      [
        { of: 'peer', text: 'a', direction: 'received' },
        { of: 'peer', text: 'b', direction: 'sent' },
      ],
    ],
    ['is:Sent', [{ of: 'direction', direction: 'sent' }]],
    ['size:>1KiB', [{ of: 'size', operator: '>', bytes: 1024 }]],
    ['size:<=1.5kb', [{ of: 'size', operator: '<=', bytes: 1500 }]],
    ['size:200', [{ of: 'size', operator: '=', bytes: 200 }]],
    ['size:==2m', [{ of: 'size', operator: '=', bytes: 2_000_000 }]],
    ['size:>=1GiB', [{ of: 'size', operator: '>=', bytes: 1024 ** 3 }]],
    ['after:10:15', [{ of: 'time', operator: '>=', at: at(2024, 1, 29, 10, 15) }]],
    ['before:9:05:03.5', [{ of: 'time', operator: '<', at: at(2024, 1, 29, 9, 5, 3, 500) }]],
    ['after:2023-12-31', [{ of: 'time', operator: '>=', at: at(2023, 11, 31) }]],
    ['after:2023-12-31T23:59', [{ of: 'time', operator: '>=', at: at(2023, 11, 31, 23, 59) }]],
    ['after:2023-12-31T23:59:59.123Z', [{ of: 'time', operator: '>=', at: Date.parse('2023-12-31T23:59:59.123Z') }]],
  ])('%j', (text, terms) => expect(shown(text)).toEqual(terms))

  test.each([
    'topic:',
    'size:large',
    'is:fine',
    'after:lunch',
    'http://a',
    'Topic:a',
    'price:5',
    '"topic:a"',
    'from:""',
  ])('%j is a word', (text) => expect(parseSearch(text, now)).toMatchObject({ terms: [], problem: null }))

  test.each([
    ['size:>1XB', 'size:>1XB is no size. Write one such as size:>1KiB or size:<=200.'],
    ['size:>', 'size:> is no size. Write one such as size:>1KiB or size:<=200.'],
    [
      'after:10:99',
      'after:10:99 is no time. Write one such as after:10:15, after:10:15:30.5 or after:2024-02-29T10:15.',
    ],
    [
      'before:2023-02-29',
      'before:2023-02-29 is no time. Write one such as before:10:15, before:10:15:30.5 or before:2024-02-29T10:15.',
    ],
    [
      'after:2023-13-01',
      'after:2023-13-01 is no time. Write one such as after:10:15, after:10:15:30.5 or after:2024-02-29T10:15.',
    ],
    [
      'x after:25:00 y',
      'after:25:00 is no time. Write one such as after:10:15, after:10:15:30.5 or after:2024-02-29T10:15.',
    ],
  ])('%j tells its mistake', (text, problem) => expect(parseSearch(text, now).problem).toBe(problem))
})

test('every example is what its row says, and finds no mistake', () => {
  for (const { name, example } of searchTerms) {
    expect(example.startsWith(`${name}:`)).toBe(true)
    expect(parseSearch(example)).toMatchObject({ terms: [expect.anything()], words: [], problem: null })
  }
  for (const { example } of searchForms) expect(parseSearch(example).problem).toBe(null)
})

test('any value of a term is read', () => {
  const name = fc.constantFrom(...searchTerms.map((term) => term.name))
  const value = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...'0123456789:-.TZ<>=kiKB') }),
  )
  fc.assert(
    fc.property(name, value, (term, text) => {
      const { terms, words, problem } = parseSearch(`${term}:${text}`, now)
      if (problem !== null) expect([...terms, ...words]).toEqual([])
      for (const { condition } of terms) {
        if (condition.of === 'time') expect(Number.isFinite(condition.at)).toBe(true)
        if (condition.of === 'size') expect(Number.isFinite(condition.bytes)).toBe(true)
      }
    }),
    tries(500, 2000),
  )
})
