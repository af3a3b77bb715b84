import { expect, test } from 'vitest'
import { jsonPieces } from '../../../src/engine/files/json-pieces.ts'

const long = 'a "quoted"\n\u0000 line \u{1f600}'.repeat(30_000)

test.each([
  ['short strings', { number: 1, text: 'ä\n"', list: [null, true] }],
  ['long strings', { first: long, between: [1, { second: `x${long}` }], last: '' }],
  [
    'a surrogate pair at each place where a string is cut',
    { even: '\u{1f600}'.repeat(350_000), odd: `x${'\u{1f600}'.repeat(350_000)}` },
  ],
  ['lone surrogates', { text: '\ud83d'.repeat(1_100_000) }],
])('a document with %s is as from JSON.stringify', (_what, document) => {
  const pieces = [...jsonPieces(document)]
  expect(JSON.parse(pieces.join(''))).toEqual(document)
  expect(pieces.every((piece) => piece.length < 1_000_000)).toBe(true)
  expect(pieces.length > 10).toBe(JSON.stringify(document).length > 1_000_000)
})

test('short documents are written exactly as by JSON.stringify', () => {
  const document = { number: 1, text: 'ä\n"', list: [null, true] }
  expect([...jsonPieces(document)].join('')).toBe(`${JSON.stringify(document, null, 2)}\n`)
})
