import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Gaps } from '../../../src/shared/series/gaps.ts'
import { Thinner } from '../../../src/shared/series/thin.ts'

type Point = readonly [x: number, y: number]

const pairs = (numbers: Float64Array): Point[] =>
  Array.from(
    { length: numbers.length / 2 },
    (_, place): Point => [numbers[2 * place] ?? 0, numbers[2 * place + 1] ?? 0],
  )

function thin(points: readonly Point[], width: number, gaps: ReadonlySet<number> = new Set()): Point[] {
  const thinner = new Thinner(width)
  for (const [place, [x, y]] of points.entries()) thinner.add(x, y, gaps.has(place))
  return pairs(thinner.finish())
}

const points = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: -50, max: 50 })), { maxLength: 400 })
  .map((some) => some.toSorted(([one], [other]) => one - other))

describe('points that are thinned', () => {
  test('keep the first, the last, the least and the greatest of each column, in their order, and no others', () => {
    fc.assert(
      fc.property(points, fc.integer({ min: 1, max: 60 }), (some, width) => {
        const kept = thin(some, width)
        const columns = new Map<number, Point[]>()
        for (const point of some) {
          const column = Math.floor(point[0] / width)
          columns.set(column, [...(columns.get(column) ?? []), point])
        }
        const wanted = [...columns.values()].flatMap((column) => {
          const values = column.map(([, y]) => y)
          const least = values.indexOf(Math.min(...values))
          const greatest = values.indexOf(Math.max(...values))
          const places = new Set([0, Math.min(least, greatest), Math.max(least, greatest), column.length - 1])
          return [...places]
            .toSorted((one, other) => one - other)
            .flatMap((place) => (column[place] ? [column[place]] : []))
        })
        expect(kept).toEqual(wanted)
      }),
    )
  })

  test('thinned twice are the same', () => {
    fc.assert(
      fc.property(points, fc.integer({ min: 1, max: 60 }), (some, width) => {
        const once = thin(some, width)
        expect(thin(once, width)).toEqual(once)
      }),
    )
  })

  test('are all there without a width', () => {
    expect(
      thin(
        [
          [1, 2],
          [1, 2],
          [2, 3],
        ],
        0,
      ),
    ).toEqual([
      [1, 2],
      [1, 2],
      [2, 3],
    ])
  })

  test('have a break where nothing came, and where a number is none', () => {
    const some: readonly Point[] = [
      [0, 1],
      [1, 2],
      [50, 3],
      [60, Number.NaN],
      [61, 4],
      [62, Number.POSITIVE_INFINITY],
    ]
    expect(thin(some, 10, new Set([2]))).toEqual([
      [0, 1],
      [1, 2],
      [50, Number.NaN],
      [50, 3],
      [61, Number.NaN],
      [61, 4],
    ])
    expect(
      thin(
        [
          [0, Number.NaN],
          [1, 5],
        ],
        10,
      ),
    ).toEqual([[1, 5]])
  })
})

describe('gaps', () => {
  const gapsIn = (times: readonly number[]): number[] => {
    const gaps = new Gaps()
    return times.filter((at) => gaps.isBefore(at))
  }

  test('are pauses that are much longer than usual', () => {
    expect(gapsIn([0, 100, 200, 300, 5000, 5100])).toEqual([5000])
    expect(gapsIn([0, 10_000, 20_000, 30_000])).toEqual([])
    expect(gapsIn([0, 1, 2, 500, 501])).toEqual([])
  })

  test('are none for long in what comes in bursts', () => {
    const times = Array.from({ length: 30 }, (_, burst) => [0, 10, 20].map((after) => burst * 2000 + after)).flat()
    expect(gapsIn(times).length).toBeLessThan(6)
    expect(gapsIn(times).every((at) => at < 12_000)).toBe(true)
  })

  test('are none where a clock was set back', () => {
    expect(gapsIn([1000, 1100, 0, 100, 200])).toEqual([])
  })
})
