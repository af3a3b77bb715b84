import { scaleLinear, scaleLog } from 'd3-scale'
import { line } from 'd3-shape'
import { formatCount, formatDuration, formatRate } from '../../shared/format.ts'
import { type SweptOver, sweepWords } from '../../shared/lab/sweep.ts'
import { drawableBytes, drawableNs, drawableRate, logarithmicDomain } from './drawable.ts'
import { durationLabel, rateLabel, sizeLabel } from './labels.ts'
import { type Area, type Axes, isBare, layOut } from './layout.ts'
import type { PlotPalette } from './palette.ts'
import { nameBeforeFigures } from './plot-text.ts'
import type { PlotPoint } from './points.ts'
import { seriesStyle } from './series-style.ts'
import type { SweepPercentile, SweepPoint, SweepSeries } from './sweep-series.ts'
import { alongX, alongY, fitting, linearTicks, logarithmicTicks, type Tick, thinned } from './ticks.ts'

const axisLabels: Readonly<Record<SweptOver, (value: number) => string>> = {
  size: sizeLabel,
  rate: rateLabel,
  sockets: formatCount,
  inFlight: formatCount,
}

interface Spot {
  readonly x: number
  readonly y: number
}

export interface DrawnRun {
  /** For each percentile, its line in segments: a step without replies interrupts it. */
  readonly lines: readonly { readonly percentile: SweepPercentile; readonly paths: readonly string[] }[]
  readonly spots: readonly Spot[]
  /** Null when throughput is not shown. */
  readonly throughput: { readonly path: string; readonly spots: readonly Spot[] } | null
}

export interface SweepScene {
  readonly axes: Axes
  readonly latency: Area
  /** Null when throughput is not shown. */
  readonly throughput: Area | null
  readonly runs: readonly DrawnRun[]
  readonly points: readonly (readonly PlotPoint[])[]
}

interface SceneRequest {
  readonly runs: readonly SweepSeries[]
  readonly over: SweptOver
  readonly percentiles: readonly SweepPercentile[]
  readonly withThroughput: boolean
  readonly width: number
  readonly height: number
  /** Height of the legend, in pixels. */
  readonly above: number
  readonly palette: PlotPalette
}

/** Share of the height of both panels. */
const latencyShare = 0.62
/** Half the length of the line drawn for an isolated step, in pixels. */
const lonePiece = 6
/** Gap between the panels, which holds the name of the lower one, in pixels. */
const betweenPanels = 26

interface Panels {
  readonly latency: { readonly top: number; readonly bottom: number }
  readonly throughput: { readonly top: number; readonly bottom: number } | null
}

function panelsOf(top: number, bottom: number, withThroughput: boolean): Panels {
  const height = bottom - top - betweenPanels
  if (!withThroughput || height <= 0) return { latency: { top, bottom }, throughput: null }
  const end = top + Math.round(height * latencyShare)
  return { latency: { top, bottom: end }, throughput: { top: end + betweenPanels, bottom } }
}

/** Marks at the measured values; when there are too many, evenly spaced ones stay evenly spaced. */
function measuredTicks(values: readonly number[], place: (value: number) => number, over: SweptOver): readonly Tick[] {
  const label = axisLabels[over]
  const ticks = values.map((value) => ({ position: place(value), label: label(value) }))
  const distances = ticks.slice(1).map(({ position }, index) => position - (ticks[index]?.position ?? 0))
  const even = Math.max(...distances) - Math.min(...distances) < 2
  return even ? thinned(ticks, alongX) : fitting(ticks, alongX)
}

const placeOf = ({ at }: SweepPoint): number => Math.max(1e-3, drawableBytes(at))

function pieces(points: readonly SweepPoint[], percentile: SweepPercentile): readonly (readonly SweepPoint[])[] {
  const found: SweepPoint[][] = [[]]
  for (const point of points) {
    if (point[percentile] === null) found.push([])
    else found.at(-1)?.push(point)
  }
  return found.filter(({ length }) => length > 0)
}

/** A step in words: `4 KiB: p50 190 µs, p99 410 µs, 5,231 /s`. */
function wordsOf(point: SweepPoint, over: SweptOver, percentiles: readonly SweepPercentile[]): string {
  const figures = percentiles.flatMap((percentile) => {
    const value = point[percentile]
    return value === null ? [] : [`${percentile} ${formatDuration(value)}`]
  })
  const parts = figures.length === 0 ? ['no replies'] : [...figures, formatRate(point.throughput)]
  return `${sweepWords[over].format(point.at)}: ${parts.join(', ')}`
}

export function sweepScene(request: SceneRequest): SweepScene {
  const { runs, over, percentiles, withThroughput, width, height, above, palette } = request
  const all = runs.flatMap(({ points }) => points)
  const places = [...new Set(all.map(placeOf))].sort((one, other) => one - other)
  const durations = all.flatMap((point) =>
    percentiles.flatMap((percentile) => {
      const value = point[percentile]
      return value === null ? [] : [Math.max(1, drawableNs(value))]
    }),
  )
  const domainX = logarithmicDomain(places[0] ?? 1, places.at(-1) ?? 1)
  const least = Math.min(...(durations.length > 0 ? durations : [1]))
  const most = Math.max(...(durations.length > 0 ? durations : [1]))
  const domainY = logarithmicDomain(least / 1.15, most * 1.15)
  const domainRate = [0, Math.max(1e-3, ...all.map(({ throughput }) => drawableRate(throughput))) * 1.08] as const
  const alongWidth = (left: number, right: number) => scaleLog(domainX, [left, right])
  const panels = (top: number, bottom: number) => panelsOf(top, bottom, withThroughput && !isBare({ width, height }))

  const axes = layOut({
    width,
    height,
    above,
    // Inset by a marker, so that the first and last points are not on the edge.
    xTicks: (left, right) => measuredTicks(places, alongWidth(left + 6, right - 6), over),
    yTicks: (top, bottom) => {
      const { latency, throughput } = panels(top, bottom)
      const upper = logarithmicTicks(domainY, scaleLog(domainY, [latency.bottom, latency.top]), durationLabel, alongY)
      if (!throughput) return upper
      const lower = linearTicks(domainRate, scaleLinear(domainRate, [throughput.bottom, throughput.top]), rateLabel, {
        spacing: 24,
        whole: false,
      })
      return [...upper, ...lower]
    },
  })
  const { left, right, top, bottom } = axes.area
  const { latency, throughput } = panels(top, bottom)
  const scaleX = alongWidth(left + 6, right - 6)
  const xOf = (point: SweepPoint) => scaleX(placeOf(point))
  const scaleY = scaleLog(domainY, [latency.bottom, latency.top])
  const yOf = (nanoseconds: number | null) => scaleY(Math.max(1, drawableNs(nanoseconds ?? 1)))
  const scaleRate = throughput && scaleLinear(domainRate, [throughput.bottom, throughput.top])
  const rateOf = (point: SweepPoint) => (scaleRate ? scaleRate(drawableRate(point.throughput)) : bottom)
  const path = line<Spot>(
    ({ x }) => x,
    ({ y }) => y,
  ).digits(1)
  const pathOf = (points: readonly SweepPoint[], value: (point: SweepPoint) => number) => {
    const spots = points.map((point): Spot => ({ x: xOf(point), y: value(point) }))
    const [only] = spots
    // A line of one point would be invisible, and only its dash identifies the percentile.
    const ends = spots.length === 1 && only ? [-lonePiece, lonePiece].map((by) => ({ ...only, x: only.x + by })) : spots
    return path(ends) ?? ''
  }
  const shown = (point: SweepPoint) =>
    percentiles.flatMap((percentile) => (point[percentile] === null ? [] : [yOf(point[percentile])]))

  return {
    axes,
    latency: { left, right, ...latency },
    throughput: throughput && { left, right, ...throughput },
    runs: runs.map(({ points }) => ({
      lines: percentiles.map((percentile) => ({
        percentile,
        paths: pieces(points, percentile).map((piece) => pathOf(piece, (point) => yOf(point[percentile]))),
      })),
      spots: points.flatMap((point) => shown(point).map((y) => ({ x: xOf(point), y }))),
      throughput: throughput && {
        path: pathOf(points, rateOf),
        spots: points.map((point) => ({ x: xOf(point), y: rateOf(point) })),
      },
    })),
    points: runs.map(({ name, colour, points }) =>
      points.map((point): PlotPoint => {
        const [y = null, ...others] = shown(point)
        return {
          x: xOf(point),
          y,
          others: throughput ? [...others, rateOf(point)] : others,
          colour: seriesStyle(palette, colour).colour,
          words: `${runs.length > 1 ? `${nameBeforeFigures(name)}, ` : ''}${wordsOf(point, over, percentiles)}`,
        }
      }),
    ),
  }
}
