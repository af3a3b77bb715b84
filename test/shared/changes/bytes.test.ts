import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type ByteChange, changedBytes } from '../../../src/shared/changes/bytes.ts'
import { hunksOf } from '../../../src/shared/changes/hunks.ts'

/** The later bytes, made of the earlier ones and what changed. */
function applied(before: Uint8Array, after: Uint8Array, changes: readonly ByteChange[]): number[] {
  const bytes: number[] = []
  let at = 0
  for (const change of changes) {
    bytes.push(...before.subarray(at, change.before.start), ...after.subarray(change.after.start, change.after.end))
    at = change.before.end
  }
  return [...bytes, ...before.subarray(at)]
}

const pairs = fc.oneof(
  fc.tuple(fc.uint8Array(), fc.uint8Array()),
  // Much in common, in another place.
  fc
    .tuple(fc.uint8Array(), fc.uint8Array({ maxLength: 4 }), fc.uint8Array({ minLength: 1 }))
    .map(([start, middle, end]): [Uint8Array, Uint8Array] => [
      new Uint8Array([...start, ...end]),
      new Uint8Array([...start, ...middle, ...end, ...middle]),
    ]),
)

test('what changed makes the later bytes of the earlier ones', () => {
  fc.assert(
    fc.property(pairs, ([before, after]) => {
      const changes = changedBytes(before, after)
      expect(applied(before, after, changes)).toEqual([...after])
      for (const { before: old, after: now } of changes)
        expect(old.end - old.start + now.end - now.start).toBeGreaterThan(0)
    }),
  )
})

test('equal bytes have no changes', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(changedBytes(bytes, bytes.slice())).toEqual([])
    }),
  )
})

test('bytes of equal length are compared in their places', () => {
  expect(changedBytes(new Uint8Array([1, 2, 3, 4, 5]), new Uint8Array([1, 9, 3, 8, 5]))).toEqual([
    { before: { start: 1, end: 2 }, after: { start: 1, end: 2 } },
    { before: { start: 3, end: 4 }, after: { start: 3, end: 4 } },
  ])
})

test('a byte that was put in between moves the rest, which is the same', () => {
  const before = Uint8Array.from({ length: 100 }, (_, index) => index)
  const after = new Uint8Array([...before.subarray(0, 40), 0xff, ...before.subarray(40, 80), ...before.subarray(81)])
  expect(changedBytes(before, new Uint8Array([...after, 7]))).toEqual([
    { before: { start: 40, end: 40 }, after: { start: 40, end: 41 } },
    { before: { start: 80, end: 81 }, after: { start: 81, end: 81 } },
    { before: { start: 100, end: 100 }, after: { start: 100, end: 101 } },
  ])
})

test('large bytes of different lengths that have nothing in common are one change', () => {
  const before = new Uint8Array(1_000_000).fill(1)
  const after = new Uint8Array(999_999).fill(2)
  expect(changedBytes(before, after)).toEqual([
    { before: { start: 0, end: 1_000_000 }, after: { start: 0, end: 999_999 } },
  ])
})

test('hunks have what is around a change, and join those that are near', () => {
  const before = Uint8Array.from('the price is 100, and so is the other; and much later 5', (letter) =>
    letter.charCodeAt(0),
  )
  const after = Uint8Array.from('the price is 200, and so is the other; and much later 6', (letter) =>
    letter.charCodeAt(0),
  )
  const { hunks, more } = hunksOf(before, after, changedBytes(before, after))
  expect(more).toBe(0)
  expect(hunks).toHaveLength(2)
  expect(hunks[0]?.before).toEqual({
    offset: 9,
    more: 0,
    pieces: [
      { hex: '20 69 73 20', text: '·is·', isChanged: false },
      { hex: '31', text: '1', isChanged: true },
      { hex: '30 30 2c 20', text: '00,·', isChanged: false },
    ],
  })
  expect(hunks[1]?.after.pieces.at(-1)).toEqual({ hex: '36', text: '6', isChanged: true })
})

test('a long change is cut, and says how much is left', () => {
  const { hunks } = hunksOf(
    new Uint8Array(),
    new Uint8Array(1000),
    changedBytes(new Uint8Array(), new Uint8Array(1000)),
  )
  expect(hunks[0]?.before).toEqual({ offset: 0, pieces: [], more: 0 })
  expect(hunks[0]?.after.more).toBe(1000 - 64)
})
