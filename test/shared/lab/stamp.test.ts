import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Arrivals } from '../../../src/shared/lab/arrivals.ts'
import { helloSequence, mostRuns, readStamp, stampBytes, writeStamp } from '../../../src/shared/lab/stamp.ts'

test('what is written to a message is read from it, wherever the message lies', () => {
  fc.assert(
    fc.property(
      fc.record({
        run: fc.integer({ min: 0, max: mostRuns - 1 }),
        isMeasured: fc.boolean(),
        sequence: fc.integer({ min: 0, max: helloSequence }),
        sentNs: fc.double({ noNaN: true, min: 0 }),
      }),
      fc.nat(40),
      fc.nat(40),
      (stamp, before, after) => {
        const buffer = new Uint8Array(before + stampBytes + after).fill(0xaa)
        writeStamp(new DataView(buffer.buffer), before, stamp)
        expect(readStamp(buffer.subarray(before))).toEqual(stamp)
        expect(buffer.subarray(0, before).every((byte) => byte === 0xaa)).toBe(true)
        expect(buffer.subarray(before + stampBytes).every((byte) => byte === 0xaa)).toBe(true)
      },
    ),
  )
})

test('a message that is too short has no stamp', () => {
  expect(readStamp(new Uint8Array(stampBytes - 1))).toBeNull()
})

/** The same with memory for all of them. */
function counted(sequences: readonly number[]) {
  const seen = new Set<number>()
  let greatest = -1
  let reordered = 0
  let repeated = 0
  for (const sequence of sequences) {
    if (seen.has(sequence)) repeated += 1
    else if (sequence < greatest) reordered += 1
    seen.add(sequence)
    greatest = Math.max(greatest, sequence)
  }
  return { delivered: seen.size, reordered, repeated }
}

const arrivalsOf = (sequences: readonly number[], size: number) => {
  const arrivals = new Arrivals(size)
  const isFirst = sequences.map((sequence) => arrivals.add(sequence))
  const { delivered, reordered, repeated } = arrivals
  return { counts: { delivered, reordered, repeated }, isFirst }
}

test('what is lost, late and repeated is counted exactly where all are remembered', () => {
  // Some of 128 numbers, in any order, some of them twice.
  fc.assert(
    fc.property(fc.array(fc.nat(127), { maxLength: 300 }), (sequences) => {
      const { counts, isFirst } = arrivalsOf(sequences, 128)
      expect(counts).toEqual(counted(sequences))
      expect(isFirst.filter(Boolean)).toHaveLength(counts.delivered)
    }),
  )
})

test('the same goes for numbers that grow, as long as none comes later than is remembered', () => {
  const steps = fc.array(fc.integer({ min: -20, max: 40 }), { maxLength: 500 })
  fc.assert(
    fc.property(steps, (changes) => {
      const sequences: number[] = []
      let greatest = 0
      for (const change of changes) {
        sequences.push(Math.max(0, greatest + change))
        greatest = Math.max(greatest, sequences.at(-1) ?? 0)
      }
      expect(arrivalsOf(sequences, 64).counts).toEqual(counted(sequences))
    }),
  )
})

test('a gap that is longer than what is remembered leaves nothing of before', () => {
  expect(arrivalsOf([0, 1, 1000, 1001, 1000, 999], 64).counts).toEqual({ delivered: 5, reordered: 1, repeated: 1 })
})

test('what comes later than is remembered counts as late', () => {
  expect(arrivalsOf([0, 100, 0], 64).counts).toEqual({ delivered: 3, reordered: 1, repeated: 0 })
})
