import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findingsOf } from '../../../src/shared/lab/findings.ts'
import { type Batches, batchesInWords, batchFigures, mergeTurns } from '../../../src/shared/lab/turns.ts'
import { stepOf } from '../../support/lab.ts'

function batchesOf(sizes: readonly number[]): Batches {
  const turns = new Map<number, number>()
  for (const size of [...sizes].sort((one, other) => one - other)) turns.set(size, (turns.get(size) ?? 0) + 1)
  return { sizes: [...turns.keys()], turns: [...turns.values()] }
}

test('turns of several workers are those of all, whoever counted them', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 2000 }), { maxLength: 40 })
  fc.assert(
    fc.property(sizes, sizes, (one, other) => {
      const turnsOf = (of: readonly number[]) => ({ requests: batchesOf(of), replies: batchesOf(one) })
      expect(mergeTurns([turnsOf(one), null, turnsOf(other)])?.requests).toEqual(batchesOf([...one, ...other]))
    }),
  )
  expect(mergeTurns([null, null])).toBeNull()
})

test('mean, p99 and the most by turn', () => {
  const batches = batchesOf([...Array.from({ length: 98 }, () => 1), 5, 2000])
  expect(batchFigures(batches)).toEqual({ mean: 21.03, p99: 5, max: 2000 })
  expect(batchesInWords(batches)).toBe('21 (p99 5, max 2,000)')
  expect(batchFigures(batchesOf([]))).toBeNull()
  expect(batchesInWords(batchesOf([]))).toBe('–')
})

test('replies that are read many at once are told', () => {
  const samples = Array.from({ length: 1000 }, () => 1e6)
  const step = (size: number) =>
    stepOf([samples], { turns: { requests: batchesOf([]), replies: batchesOf([size, size]) } })
  expect(findingsOf(step(3))).toEqual([])
  expect(findingsOf(step(12))).toMatchObject([
    { kind: 'batches', level: 'note', what: 'The measuring process read 12.0 replies at once on average (p99 12).' },
  ])
})
