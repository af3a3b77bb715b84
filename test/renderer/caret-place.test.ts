import { expect, test } from 'vitest'
import { caretPlace } from '../../src/renderer/ui/caret-place.ts'

test.each([
  ['{"a":1}', '{\n  "a": 1\n}', 0, 0],
  ['{"a":1}', '{\n  "a": 1\n}', 1, 1],
  ['{"a":1}', '{\n  "a": 1\n}', 2, 5],
  ['{"a":1}', '{\n  "a": 1\n}', 7, 12],
  ['{ "a" : 1 }', '{"a":1}', 11, 7],
  ['{ "a" : 1 }', '{"a":1}', 8, 5],
  ['{"a":1}', '{"a":2}', 2, undefined],
  ['[1 2]', '[1, 2]', 2, undefined],
  ['[1', '[1]', 2, undefined],
])('%j to %j, from %i', (before, after, caret, expected) => {
  expect(caretPlace(before, after, caret)).toBe(expected)
})
