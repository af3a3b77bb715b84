import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ClockComparison } from '../../../../src/engine/lab/roles/clock-comparison.ts'

const way = fc.integer({ min: 0, max: 50_000_000 })

test('a moment on the other clock is known as exactly as is said, however long the ways there and back', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -1e15, max: 1e15 }),
      fc.array(fc.tuple(way, way), { minLength: 1, maxLength: 16 }),
      (offsetNs, ways) => {
        const comparison = new ClockComparison()
        let nowNs = 1e15
        for (const [there, back] of ways) {
          const number = comparison.ask(nowNs)
          comparison.answer(number, nowNs + there + offsetNs, nowNs + there + back)
          nowNs += there + back
        }
        const wrongNs = Math.abs(comparison.there(nowNs) - (nowNs + offsetNs))
        const { uncertaintyNs, roundTripNs } = comparison.clock ?? expect.unreachable()
        expect(wrongNs).toBeLessThanOrEqual(uncertaintyNs + 1)
        expect(roundTripNs).toBe(Math.min(...ways.map(([there, back]) => there + back)))
      },
    ),
  )
})

test('the worst of the comparisons that a load depended on is told', () => {
  const comparison = new ClockComparison()
  const compare = (roundTripNs: number) => {
    comparison.begin()
    comparison.answer(comparison.ask(0), 0, roundTripNs)
    comparison.there(0)
  }
  expect(comparison.clock).toBeNull()
  for (const each of [200, 900, 100]) compare(each)
  expect(comparison.clock).toEqual({ uncertaintyNs: 450, roundTripNs: 900 })
})

test('without an answer the comparison before counts; answers that nobody asked for do not', () => {
  const comparison = new ClockComparison()
  expect(comparison.there(5)).toBe(5)
  comparison.answer(comparison.ask(0), 1000, 0)
  comparison.begin()
  comparison.answer(77, 1e9, 0)
  expect(comparison.there(5)).toBe(1005)
})
