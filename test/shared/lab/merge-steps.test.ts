import fc from 'fast-check'
import { expect, test } from 'vitest'
import { StepRecorder } from '../../../src/engine/lab/step-recorder.ts'
import { emptyDistribution } from '../../../src/shared/lab/distribution.ts'
import { inFewNumbers, mergeSlots, mergeSteps } from '../../../src/shared/lab/merge-steps.ts'
import type { LabStep } from '../../../src/shared/lab/plan.ts'
import { stepResultSchema } from '../../../src/shared/lab/result.ts'
import { stepOf } from '../../support/lab.ts'

const open: LabStep = { at: null, load: { model: 'open', ratePerSecond: 100 }, frames: [] }
const rest = {
  connect: emptyDistribution,
  sockets: 1,
  reconnects: 0,
  instrument: { loopDelay: { p50Ns: 0, p99Ns: 0, maxNs: 0 }, busy: 0 },
}
const startNs = 5e9

interface Sample {
  readonly worker: number
  readonly doneNs: number
  readonly tookNs: number
  readonly lateNs: number
}

const samples = fc.array(
  fc.record({
    worker: fc.nat(3),
    doneNs: fc.integer({ min: 0, max: 30e9 }),
    tookNs: fc.integer({ min: 1, max: 90e9 }),
    lateNs: fc.integer({ min: 0, max: 1e9 }),
  }),
  { minLength: 1, maxLength: 60 },
)

/** What one recorder makes of these, in the order in which replies come. */
function recorded(of: readonly Sample[], expectedNs: number | null) {
  const recorder = new StepRecorder(open, startNs, expectedNs)
  for (const { doneNs, tookNs, lateNs } of [...of].sort((one, other) => one.doneNs - other.doneNs)) {
    const at = startNs + doneNs
    recorder.sent += 1
    recorder.reply({ dueNs: at - tookNs - lateNs, sentNs: at - tookNs, doneNs: at })
  }
  return recorder.result(0, rest)
}

test('what several workers recorded is merged as if one had recorded it all', () => {
  fc.assert(
    fc.property(samples, fc.constantFrom(null, 30e9), (all, expectedNs) => {
      const one = recorded(all, expectedNs)
      const workers = [...new Set(all.map(({ worker }) => worker))]
      const parts = workers.map((worker) =>
        recorded(
          all.filter((sample) => sample.worker === worker),
          expectedNs,
        ),
      )
      const merged = mergeSteps(open, parts)
      for (const figure of ['latency', 'service', 'lateness'] as const) {
        const { meanNs, ...exact } = merged[figure] ?? emptyDistribution
        const { meanNs: expected, ...others } = one[figure] ?? emptyDistribution
        expect(exact).toEqual(others)
        expect(meanNs).toBeCloseTo(expected ?? Number.NaN, 0)
      }
      expect(merged.counts).toEqual(one.counts)
      expect(merged.elapsedNs).toBe(one.elapsedNs)
      // No reply is in two slots, and the slots follow one another.
      expect(merged.slots.reduce((count, { latency }) => count + latency.count, 0)).toBe(all.length)
      for (const [index, slot] of merged.slots.entries()) {
        const before = merged.slots[index - 1]
        if (before) expect(slot.fromMs).toBeGreaterThanOrEqual(before.fromMs + before.lengthMs - 1e-3)
      }
      if (expectedNs !== null) {
        expect(merged.slots.map(({ latency }) => latency.counts)).toEqual(
          one.slots.map(({ latency }) => latency.counts),
        )
      }
      expect(stepResultSchema.parse(merged)).toEqual(merged)
    }),
  )
})

test('errors add up, and the instrument is that of the worst', () => {
  const busy = { loopDelay: { p50Ns: 1, p99Ns: 90, maxNs: 100 }, busy: 0.9 }
  const late = { loopDelay: { p50Ns: 2, p99Ns: 80, maxNs: 900 }, busy: 0.2 }
  const error = (message: string, count: number) => ({ code: 'internal', message, count })
  const merged = mergeSteps(stepOf([[]]), [
    stepOf([[1]], { instrument: busy, errors: [error('a', 2), error('b', 1)], reconnects: 3 }),
    stepOf([[2, 3]], { instrument: late, errors: [error('b', 5)], reconnects: 1, sockets: 2 }),
  ])
  expect(merged).toMatchObject({
    instrument: { loopDelay: { p50Ns: 2, p99Ns: 90, maxNs: 900 }, busy: 0.9 },
    errors: [error('b', 6), error('a', 2)],
    reconnects: 4,
    sockets: 3,
    counts: { replied: 3 },
  })
})

test('slots that one worker had to double are merged with the others of their time', () => {
  const slot = (fromMs: number, lengthMs: number, samplesOf: number) => ({
    ...(stepOf([Array.from({ length: samplesOf }, () => 100)]).slots[0] ?? expect.unreachable()),
    fromMs,
    lengthMs,
  })
  const fine = [slot(0, 50, 1), slot(50, 50, 2), slot(100, 50, 4), slot(150, 20, 8)]
  const coarse = [slot(0, 100, 16), slot(100, 100, 32), slot(200, 30, 64)]
  expect(mergeSlots([fine, coarse]).map(({ fromMs, lengthMs, latency }) => [fromMs, lengthMs, latency.count])).toEqual([
    [0, 100, 19],
    [100, 100, 44],
    [200, 30, 64],
  ])
})

test("a worker's part is kept in few numbers, with the figures that findings need", () => {
  const part = stepOf([Array.from({ length: 500 }, (_, index) => 1000 + index)])
  const few = inFewNumbers(part)
  expect(few.slots).toEqual([])
  expect(few.latency.values.length).toBeLessThanOrEqual(3)
  expect(few.latency).toMatchObject({ count: 500, minNs: 1000, maxNs: 1499, meanNs: part.latency.meanNs })
  expect(stepResultSchema.parse(few)).toEqual(few)
})
