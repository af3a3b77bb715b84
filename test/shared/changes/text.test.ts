import fc from 'fast-check'
import { expect, test } from 'vitest'
import { changedText } from '../../../src/shared/changes/text.ts'

const words = fc
  .array(fc.constantFrom('the ', 'price ', 'is ', '100', '200', '\n', 'é ', ''))
  .map((all) => all.join(''))

test('what is the same and was removed is the earlier text, with what was added the later', () => {
  fc.assert(
    fc.property(words, words, (before, after) => {
      const pieces = changedText(before, after)
      const without = (kind: string) =>
        pieces
          ?.filter((piece) => piece.kind !== kind)
          .map(({ text }) => text)
          .join('')
      // What is the same for long is cut.
      if (pieces?.some(({ text }) => text.includes('…'))) return
      expect(without('added')).toBe(before)
      expect(without('removed')).toBe(after)
    }),
  )
})

test('words that changed stand beside each other', () => {
  expect(changedText('the price is 100', 'the price is 200')).toEqual([
    { kind: 'same', text: 'the price is ' },
    { kind: 'removed', text: '100' },
    { kind: 'added', text: '200' },
  ])
})

test('long texts, and those that have little in common, are left to their bytes', () => {
  expect(changedText('a '.repeat(40_000), 'b')).toBeNull()
  const many = (from: number) => Array.from({ length: 2000 }, (_, index) => `${from + index}`).join(' ')
  expect(changedText(many(0), many(10_000))).toBeNull()
})
