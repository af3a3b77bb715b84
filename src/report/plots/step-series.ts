import {
  barsOf,
  type CurvePoint,
  type Distribution,
  linearBarsOf,
  linearSpanOf,
  percentileCurve,
  percentileOf,
} from '../../shared/lab/distribution.ts'
import { drawableNs } from './drawable.ts'
import type { DurationScale } from './duration-scale.ts'
import { type HistogramSeries, totalOf } from './histogram-scene.ts'
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

/** The last bar takes everything beyond what can be drawn. */
const drawable = (distribution: Distribution): Distribution => ({
  ...distribution,
  values: distribution.values.map(drawableNs),
})

export const histogramSeries = (name: string, colour: number, distribution: Distribution): HistogramSeries => ({
  name,
  colour,
  bars: barsOf(drawable(distribution)),
})

/** Series of the same axis; on a linear one they have the same bars. */
export function histogramSeriesOf(
  drawn: readonly { readonly name: string; readonly distribution: Distribution }[],
  scale: DurationScale,
): readonly HistogramSeries[] {
  if (scale === 'logarithmic')
    return drawn.map(({ name, distribution }, index) => histogramSeries(name, index, distribution))
  const distributions = drawn.map(({ distribution }) => drawable(distribution))
  const span = linearSpanOf(distributions)
  return distributions.map((distribution, colour) => {
    const bars = span === null ? [] : linearBarsOf(distribution, span)
    return { name: drawn[colour]?.name ?? '', colour, bars, beyond: distribution.count - totalOf(bars) }
  })
}
