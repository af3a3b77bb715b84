import fc from 'fast-check'
import { expect, test } from 'vitest'
import { partOf, sharedStep, tooManyWorkers } from '../../../src/shared/lab/share.ts'
import { labSettings } from '../../support/lab.ts'

const shares = (of: number) => Array.from({ length: of }, (_, index) => ({ index, of }))
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
const step = { at: null, load: { model: 'closed' as const, concurrency: 1 }, frames: [] }

test('the parts of workers add up to the whole, and differ by one at most', () => {
  fc.assert(
    fc.property(fc.nat(10_000), fc.integer({ min: 1, max: 64 }), (whole, of) => {
      const parts = shares(of).map((share) => partOf(whole, share))
      expect(sum(parts)).toBe(whole)
      expect(Math.max(...parts) - Math.min(...parts)).toBeLessThanOrEqual(1)
    }),
  )
})

test('sockets and requests of a closed loop are all made, by those that have sockets', () => {
  const numbers = fc.tuple(
    fc.integer({ min: 1, max: 1024 }),
    fc.integer({ min: 1, max: 64 }),
    fc.integer({ min: 1, max: 1e9 }),
  )
  fc.assert(
    fc.property(numbers, ([concurrency, of, requests]) => {
      const whole = { ...step, load: { model: 'closed' as const, concurrency } }
      const parts = shares(of).map((share) => sharedStep(whole, { length: { by: 'count', requests } }, share))
      const made = parts.filter((part) => part !== null)
      const sockets = made.map((part) => (part.step.load.model === 'closed' ? part.step.load.concurrency : 0))
      expect(sum(made.map(({ length }) => (length.by === 'count' ? length.requests : 0)))).toBe(requests)
      // Those whose sockets had no request left are not there.
      if (requests >= concurrency) expect(sum(sockets)).toBe(concurrency)
      expect(sockets.every((each) => each > 0)).toBe(true)
    }),
  )
})

test('workers are too many where a closed loop has fewer sockets, in all steps of a sweep', () => {
  const settings = { ...labSettings, load: { model: 'closed' as const, concurrency: 2 } }
  expect(tooManyWorkers({ ...settings, workers: 2 })).toBeNull()
  expect(tooManyWorkers({ ...settings, workers: 3 })).toBe('3 workers need at least 3 sockets, one each.')
  expect(tooManyWorkers({ ...settings, workers: 3, sweep: { over: 'sockets', sockets: [1, 4] } })).toBeNull()
  expect(tooManyWorkers({ ...settings, workers: 64, load: { model: 'open', ratePerSecond: 1 } })).toBeNull()
})
