import { expect, it } from 'vitest'
import { parseJsonText } from '../../../src/shared/kept/json-text.ts'

it('reads JSON with and without a byte order mark', () => {
  expect(parseJsonText('{"a":[1]}')).toEqual({ a: [1] })
  expect(parseJsonText('\ufeff{"a":[1]}')).toEqual({ a: [1] })
})

it.each([
  ['', /^it is not JSON: it is empty$/],
  ['\ufeff', /^it is not JSON: it is empty$/],
  ['{"a":', /^it is not JSON: it is cut short$/],
  ['{"a":[1', /^it is not JSON/],
  ['{"a":1\n,"b" 2}', /^it is not JSON \(line 2, column 6\)$/],
  ['<html>', /^it is not JSON/],
  ['\ufeff\ufeff{}', /^it is not JSON/],
])('says in words what is wrong with %j', (text, expected) => {
  expect(() => parseJsonText(text)).toThrow(expected)
})
