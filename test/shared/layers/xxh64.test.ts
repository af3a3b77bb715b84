import { expect, test } from 'vitest'
import { xxh64 } from '../../../src/shared/layers/xxh64.ts'

// The specification's own inputs: https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md and its tests.
test.each([
  ['', 0xef46db3751d8e999n],
  ['a', 0xd24ec4f1a98c6e5bn],
  ['abc', 0x44bc2cf5ad770999n],
  ['Nobody inspects the spammish repetition', 0xfbcea83c8a378bf1n],
])('%j', (text, sum) => {
  expect(xxh64(new TextEncoder().encode(text))).toBe(sum)
})

test('does not depend on where the bytes lie in their buffer', () => {
  const text = 'Nobody inspects the spammish repetition'
  expect(xxh64(new TextEncoder().encode(`xyz${text}`).subarray(3))).toBe(0xfbcea83c8a378bf1n)
})
