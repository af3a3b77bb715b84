import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Points } from '../../../src/engine/series/points.ts'
import { Thinner } from '../../../src/shared/series/thin.ts'

const filled = (values: readonly (readonly [number, number])[]): Points => {
  const points = new Points()
  for (const [x, y] of values) points.add(x, y, false)
  return points
}

describe('points', () => {
  test('of a span are thinned as if each were looked at', () => {
    const many = fc
      .array(
        fc.tuple(fc.integer({ min: 0, max: 9 }), fc.oneof(fc.integer({ min: -9, max: 9 }), fc.constant(Number.NaN))),
        {
          minLength: 1500,
          maxLength: 3000,
        },
      )
      .map((steps) => {
        let x = 0
        return steps.map(([step, y]): readonly [number, number] => {
          x += step
          return [x, y]
        })
      })
    fc.assert(
      fc.property(
        many,
        fc.integer({ min: 1, max: 300 }),
        fc.nat(5000),
        fc.integer({ min: 1, max: 9000 }),
        (some, columns, from, length) => {
          const span = { from, to: from + length }
          const thinner = new Thinner(length / columns)
          const first = some.findIndex(([x]) => x >= span.from)
          const last = some.findIndex(([x]) => x > span.to)
          const start = first < 0 ? some.length - 1 : Math.max(0, first - 1)
          const end = last < 0 ? some.length : last + 1
          for (const [x, y] of some.slice(start, end)) thinner.add(x, y, false)
          expect(filled(some).thinned(span, columns)).toEqual(thinner.finish())
        },
      ),
      { numRuns: 60, endOnFailure: true },
    )
  })

  test('that go back along x are drawn in the order of x', () => {
    expect(
      filled([
        [3, 1],
        [1, 2],
        [2, 3],
      ]).thinned(null, 100),
    ).toEqual(new Float64Array([1, 2, 2, 3, 3, 1]))
  })

  test('that came earlier stand before the others', () => {
    const points = filled([[10, 1]])
    points.addEarlier(
      filled([
        [1, 5],
        [2, 6],
      ]),
    )
    expect(points.slice(points.first, 100)).toEqual(new Float64Array([1, 5, 2, 6, 10, 1]))
    expect(points.slice(points.first + 1, 1)).toEqual(new Float64Array([2, 6]))
    expect(points.whole).toEqual({ from: 1, to: 10 })
    expect(points.thinned(null, 1000)).toEqual(new Float64Array([1, 5, 2, 6, 10, 1]))
  })

  test('keep their places when the oldest go', () => {
    const points = filled(Array.from({ length: 1200 }, (_, place) => [place, place] as const))
    const dropped = points.dropOldest()
    expect(points.first).toBe(dropped)
    expect(points.slice(700, 2)).toEqual(new Float64Array([700, 700, 701, 701]))
    expect(points.slice(0, 1)).toEqual(new Float64Array([dropped, dropped]))
    points.addEarlier(filled([[0, 9]]))
    expect(points.slice(700, 1)).toEqual(new Float64Array([700, 700]))
    expect(points.slice(points.first, 1)).toEqual(new Float64Array([0, 9]))
  })

  test('go in blocks, the oldest first', () => {
    const points = filled(Array.from({ length: 1000 }, (_, place) => [place, place] as const))
    expect(points.dropOldest()).toBe(512)
    expect(points.count).toBe(488)
    expect(points.whole).toEqual({ from: 512, to: 999 })
  })

  test('are none of nothing', () => {
    expect(new Points().thinned(null, 100)).toEqual(new Float64Array())
    expect(new Points().whole).toBeNull()
  })
})
