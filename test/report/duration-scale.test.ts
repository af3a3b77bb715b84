import fc from 'fast-check'
import { expect, test } from 'vitest'
import { durationAxis } from '../../src/report/plots/duration-scale.ts'
import { histogramScene } from '../../src/report/plots/histogram-scene.ts'
import { pagePalette } from '../../src/report/plots/palette.ts'
import { percentileScene } from '../../src/report/plots/percentile-scene.ts'
import { histogramSeriesOf, percentileSeries } from '../../src/report/plots/step-series.ts'
import { timelineScene } from '../../src/report/plots/timeline-scene.ts'
import { distributionOf } from '../support/lab.ts'

const scales = ['logarithmic', 'linear'] as const
const ends = fc.tuple(fc.double({ min: 0, max: 1e14, noNaN: true }), fc.double({ min: 0, max: 1e14, noNaN: true }))

test.each(scales)('a %s axis places everything between its ends, in order, with marks on it', (scale) => {
  fc.assert(
    fc.property(ends, fc.constantFrom('x' as const, 'y' as const), ([one, other], along) => {
      const [low, high] = [Math.min(one, other), Math.max(one, other)]
      const axis = durationAxis(scale, low, high, along)
      const place = axis.place(100, 500)
      expect(place(low)).toBeGreaterThanOrEqual(100)
      expect(place(high)).toBeLessThanOrEqual(500.001)
      expect(place(low)).toBeLessThanOrEqual(place(high))
      for (const { position } of axis.ticks(100, 500)) {
        expect(position).toBeGreaterThanOrEqual(99.999)
        expect(position).toBeLessThanOrEqual(500.001)
      }
    }),
  )
})

/** Most at 1 ms, and one of 100 ms. */
const samples = [...Array.from({ length: 999 }, (_, index) => 1_000_000 + index), 100_000_000]
const distribution = distributionOf(samples)
const size = { width: 600, height: 300, above: 0 }

test('a linear histogram shows the many, and says how many it does not draw', () => {
  const [linear] = histogramSeriesOf([{ name: 'one', distribution }], 'linear')
  const [logarithmic] = histogramSeriesOf([{ name: 'one', distribution }], 'logarithmic')
  expect(linear?.beyond).toBe(10)
  expect(logarithmic?.beyond ?? 0).toBe(0)
  const { filled } = histogramScene({ ...size, series: linear ? [linear] : [], palette: pagePalette, scale: 'linear' })
  expect(filled.length).toBeGreaterThan(50)
})

test('a logarithmic axis of percentiles gives the many more room than a linear one', () => {
  const middle = (scale: (typeof scales)[number]) => {
    const { points } = percentileScene({
      ...size,
      series: [percentileSeries('one', 0, distribution)],
      palette: pagePalette,
      scale,
    })
    return points[0]?.[5]?.y ?? 0
  }
  expect(middle('logarithmic')).toBeLessThan(middle('linear'))
})

test('a timeline is drawn on the axis that was chosen, whatever is in it', () => {
  const slot = (latency: typeof distribution, fromMs: number) => ({
    fromMs,
    lengthMs: 100,
    timedOut: 0,
    failed: 0,
    latency,
    accepted: null,
  })
  const slots = [slot(distribution, 0), slot(distributionOf([900_000, 1_100_000]), 100)]
  const largest = (scale: (typeof scales)[number] | undefined) =>
    timelineScene({ ...size, subject: 'round trips', slots, colour: 'blue', scale }).largest[1]?.y ?? 0
  expect(largest('linear')).toBeGreaterThan(largest('logarithmic'))
  // It chooses the logarithmic one by itself: the maximum is far above the usual p99.
  expect(largest(undefined)).toBe(largest('logarithmic'))
})
