import {
  barsOf,
  type CurvePoint,
  type Distribution,
  percentileCurve,
  percentileOf,
} from '../../shared/lab/distribution.ts'
import { drawableNs } from './drawable.ts'
import type { HistogramSeries } from './histogram-scene.ts'
import type { PercentileSeries } from './percentile-scene.ts'

/** Percentiles that people ask for by name; the curve has points at exactly these. */
const named = [50, 75, 90, 95, 99, 99.5, 99.9, 99.99, 99.999, 99.9999]

/** The curve of a distribution, with its figures at the percentiles shown in tables. */
export function percentileSeries(name: string, colour: number, distribution: Distribution): PercentileSeries {
  const curve = percentileCurve(distribution)
  const last = curve.at(-1)
  if (!last) return { name, colour, points: [] }
  const known = new Set(curve.map(({ percentile }) => percentile))
  const added = named
    .filter((percentile) => percentile < last.percentile && !known.has(percentile))
    .map((percentile): CurvePoint => ({ percentile, nanoseconds: percentileOf(distribution, percentile) ?? 0 }))
  return { name, colour, points: [...curve, ...added].sort((one, other) => one.percentile - other.percentile) }
}

export function histogramSeries(name: string, colour: number, distribution: Distribution): HistogramSeries {
  // The last bar takes everything beyond what can be drawn.
  return { name, colour, bars: barsOf({ ...distribution, values: distribution.values.map(drawableNs) }) }
}
