import { expect, test } from 'vitest'
import { samplesFor } from '../../../src/shared/lab/samples.ts'

test.each([
  [50, 20],
  [90, 100],
  [99, 1000],
  [99.9, 10_000],
  [99.99, 100_000],
])('p%d needs %d samples', (percentile, samples) => {
  expect(samplesFor(percentile)).toBe(samples)
})
