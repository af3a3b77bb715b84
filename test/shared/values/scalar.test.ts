import { expect, test } from 'vitest'
import { codecs, type EncodingId } from '../../../src/shared/codecs/index.ts'
import { plottable } from '../../../src/shared/values/scalar.ts'

test.each<readonly [EncodingId, string, ReturnType<typeof plottable>]>([
  ['json', '1', 'number'],
  ['json', '"12.5"', 'number'],
  ['json', 'true', 'number'],
  ['json', '"twelve"', null],
  ['json', 'null', null],
  ['json', '[1, 2.5]', 'numbers'],
  ['json', '[1]', null],
  ['json', '[1, "2"]', null],
  ['json', '{"0": 1, "1": 2}', null],
  ['cbor', "85(h'0000803f00000040')", 'numbers'],
  ['cbor', "h'3132'", null],
  ['cbor', "2(h'010000000000000000')", 'number'],
  ['cbor', '1(1700000000)', 'number'],
  ['messagepack', 'timestamp("2023-11-14T22:13:20.5Z")', 'number'],
])('%s %s can be plotted: %s', (encoding, text, expected) => {
  const root = codecs[encoding].read?.(codecs[encoding].encode(text)).root
  expect(root && plottable(root)).toBe(expected)
})
