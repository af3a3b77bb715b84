import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Sequence } from '../../../src/engine/watch/sequence.ts'

/** The kinds of steps that numbers make. */
function kindsOf(numbers: readonly number[], modulus: bigint | null = null): readonly string[] {
  const sequence = new Sequence(modulus)
  return numbers.map((number) => sequence.take(BigInt(number)).kind)
}

test('tells gaps, what fills them, what comes again, and a new beginning', () => {
  expect(kindsOf([5, 6, 7])).toEqual(['first', 'next', 'next'])
  expect(kindsOf([1, 5, 3, 3, 6, 5])).toEqual(['first', 'gap', 'reordered', 'repeated', 'next', 'repeated'])
  expect(kindsOf([5000, 5001, 0, 1])).toEqual(['first', 'next', 'restart', 'next'])
  expect(kindsOf([10, 4])).toEqual(['first', 'restart'])
  expect(new Sequence(null).take(7n)).toEqual({ kind: 'first' })
  const sequence = new Sequence(null)
  sequence.take(1n)
  expect(sequence.take(5n)).toEqual({ kind: 'gap', from: 2n, to: 4n, missing: 3 })
})

test('goes on with 0 after the greatest number of its type', () => {
  expect(kindsOf([254, 255, 0, 1], 256n)).toEqual(['first', 'next', 'next', 'next'])
  const sequence = new Sequence(256n)
  sequence.take(254n)
  expect(sequence.take(1n)).toEqual({ kind: 'gap', from: 255n, to: 0n, missing: 2 })
  expect(sequence.take(0n)).toEqual({ kind: 'reordered' })
  expect(sequence.take(255n)).toEqual({ kind: 'reordered' })
  expect(sequence.take(2n)).toEqual({ kind: 'next' })
})

test('a counter of 32 bits that begins anew in its second half has no gap of thousands of millions', () => {
  expect(kindsOf([3_000_000_000, 0, 1], 2n ** 32n)).toEqual(['first', 'restart', 'next'])
})

test('whatever is left out, comes late or comes twice: missing is what never came', () => {
  const plan = fc.array(fc.constantFrom('send', 'lose', 'delay', 'repeat'), { minLength: 1, maxLength: 200 })
  fc.assert(
    fc.property(
      plan,
      fc.constantFrom(null, 256n, 2n ** 32n),
      fc.integer({ min: 0, max: 255 }),
      (steps, modulus, start) => {
        const numbers: bigint[] = [BigInt(start)]
        const late: bigint[] = []
        let lost = 0
        for (const [index, step] of steps.entries()) {
          const number = BigInt(start + 1 + index)
          if (step === 'lose') lost += 1
          else if (step === 'delay') late.push(number)
          else numbers.push(number)
          if (step === 'repeat') numbers.push(number)
        }
        // One that is the last closes what was left out before it.
        numbers.push(BigInt(start + 1 + steps.length))
        const sequence = new Sequence(modulus)
        let [missing, repeated, restarts] = [0, 0, 0]
        for (const number of [...numbers, ...late]) {
          const step = sequence.take(modulus === null ? number : number % modulus)
          if (step.kind === 'gap') missing += step.missing
          if (step.kind === 'reordered') missing -= 1
          if (step.kind === 'repeated') repeated += 1
          if (step.kind === 'restart') restarts += 1
        }
        // Of a byte, what is half a turn behind looks as if it was ahead.
        if (modulus === 256n && steps.length > 100) return
        expect({ missing, repeated, restarts }).toEqual({
          missing: lost,
          repeated: steps.filter((step) => step === 'repeat').length,
          restarts: 0,
        })
      },
    ),
  )
})
