import { scaleLinear } from 'd3-scale'
import { line } from 'd3-shape'
import { formatDuration } from '../../shared/format.ts'
import type { CurvePoint } from '../../shared/lab/distribution.ts'
import { drawableNs } from './drawable.ts'
import { type DurationScale, durationAxis } from './duration-scale.ts'
import { percentileLabel } from './labels.ts'
import { type Axes, layOut } from './layout.ts'
import type { PlotPalette } from './palette.ts'
import { nameBeforeFigures } from './plot-text.ts'
import type { PlotPoint } from './points.ts'
import { seriesStyle } from './series-style.ts'
import { durationSpan } from './spans.ts'
import { alongX, type Tick, thinned } from './ticks.ts'

/** One line of a percentile plot. */
export interface PercentileSeries {
  readonly name: string
  /** Index of its colour, dash and marker, from 0. */
  readonly colour: number
  /** Ascending in both coordinates; the last is the maximum. */
  readonly points: readonly CurvePoint[]
}

export interface PercentileScene {
  readonly axes: Axes
  readonly lines: readonly { readonly path: string; readonly end: PlotPoint | undefined }[]
  readonly points: readonly (readonly PlotPoint[])[]
}

/** -log10(1 - p) of a percentile: 0 % is at 0, 90 % at 1, 99 % at 2. */
const ninesOf = (percentile: number): number => -Math.log10(Math.min(1, Math.max(1e-12, 1 - percentile / 100)))

/** The marked percentiles, in nines as above. */
const wholeNines = Array.from({ length: 13 }, (_, nines) => ({ nines, percentile: 100 - 100 / 10 ** nines }))
const median = { nines: Math.log10(2), percentile: 50 }

function percentileTicks(place: (nines: number) => number, most: number): readonly Tick[] {
  const tick = ({ nines, percentile }: typeof median): Tick => ({
    position: place(nines),
    label: percentileLabel(percentile),
  })
  const whole = wholeNines.filter(({ nines }) => nines <= most + 1e-9)
  const kept = thinned(whole.map(tick), alongX)
  const [zero, ninety, ...rest] = kept
  if (!zero || !ninety || kept.length < whole.length) return kept
  // The median is the most wanted figure, so it is marked where it fits.
  const withMedian = [zero, tick(median), ninety, ...rest]
  return thinned(withMedian, alongX).length === withMedian.length ? withMedian : kept
}

interface SceneRequest {
  readonly series: readonly PercentileSeries[]
  readonly width: number
  readonly height: number
  /** Height of the legend, in pixels. */
  readonly above: number
  readonly palette: PlotPalette
  readonly scale?: DurationScale | undefined
}

/** Room above and below the curves on a logarithmic axis. */
const logarithmicRoom = 1.15

export function percentileScene({
  series,
  width,
  height,
  above,
  palette,
  scale = 'linear',
}: SceneRequest): PercentileScene {
  const all = series.flatMap(({ points }) => points)
  const mostNines = Math.max(1, ...all.map(({ percentile }) => ninesOf(percentile)))
  const drawn = all.map(({ nanoseconds }) => drawableNs(nanoseconds))
  const mostNs = Math.max(1, ...drawn)
  const durations =
    scale === 'linear'
      ? durationAxis(scale, 0, mostNs * 1.05, 'y')
      : durationAxis(scale, Math.min(mostNs, ...drawn) / logarithmicRoom, mostNs * logarithmicRoom, 'y')
  const alongWidth = (left: number, right: number) => scaleLinear([0, mostNines], [left, right])
  const axes = layOut({
    width,
    height,
    above,
    xTicks: (left, right) => percentileTicks(alongWidth(left, right), mostNines),
    yTicks: (top, bottom) => durations.ticks(bottom, top),
  })
  const xOf = alongWidth(axes.area.left, axes.area.right)
  const yOf = durations.place(axes.area.bottom, axes.area.top)
  const points = series.map(({ name, colour, points: curve }) =>
    curve.map(({ percentile, nanoseconds }, index): PlotPoint => {
      const ofWhom = series.length > 1 ? `${nameBeforeFigures(name)}: ` : ''
      const value = formatDuration(nanoseconds)
      return {
        x: xOf(ninesOf(percentile)),
        y: yOf(drawableNs(nanoseconds)),
        colour: seriesStyle(palette, colour).colour,
        words: `${ofWhom}${index === curve.length - 1 ? `max ${value}` : `${percentileLabel(percentile)} within ${value}`}`,
      }
    }),
  )
  const path = line<PlotPoint>(
    ({ x }) => x,
    ({ y }) => y ?? axes.area.bottom,
  ).digits(1)
  return { axes, points, lines: points.map((curve) => ({ path: path(curve) ?? '', end: curve.at(-1) })) }
}

/** The duration at `percentile`: that of the first point of the curve at or above it. */
function at(points: readonly CurvePoint[], percentile: number): readonly number[] {
  const point = points.find((each) => each.percentile >= percentile - 1e-9) ?? points.at(-1)
  return point ? [point.nanoseconds] : []
}

/** The figures of one or more curves in a few words: `p50 190 µs, p99 410 µs, max 1.9 ms to 2.1 ms`. */
export function percentileWords(curves: readonly (readonly CurvePoint[])[]): string {
  if (curves.every(({ length }) => length === 0)) return 'no samples'
  const span = (percentile: number) => durationSpan(curves.flatMap((points) => at(points, percentile)))
  return `p50 ${span(50)}, p99 ${span(99)}, max ${span(100)}`
}
