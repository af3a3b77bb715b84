import { scaleLinear } from 'd3-scale'
import { formatCount, formatDuration } from '../../shared/format.ts'
import type { HistogramBar } from '../../shared/latency/summary.ts'
import { drawableNs } from './drawable.ts'
import { type DurationScale, durationAxis } from './duration-scale.ts'
import { counted, shareLabel } from './labels.ts'
import { type Axes, layOut, tenth } from './layout.ts'
import type { PlotPalette } from './palette.ts'
import { nameBeforeFigures } from './plot-text.ts'
import type { PlotPoint } from './points.ts'
import { seriesStyle } from './series-style.ts'
import { linearTicks } from './ticks.ts'

/** The bars of one series, ascending and contiguous. */
export interface HistogramSeries {
  readonly name: string
  /** Index of its colour and dash, from 0. */
  readonly colour: number
  readonly bars: readonly HistogramBar[]
  /** Samples that are longer than what is drawn. */
  readonly beyond?: number
}

export interface DrawnBar {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface HistogramScene {
  readonly axes: Axes
  /** The non-empty bars of the first series. */
  readonly filled: readonly DrawnBar[]
  /** The outlines of all series, as paths; none for a single series. */
  readonly outlines: readonly string[]
  readonly points: readonly (readonly PlotPoint[])[]
}

interface SceneRequest {
  readonly series: readonly HistogramSeries[]
  readonly width: number
  readonly height: number
  /** Height of the legend, in pixels. */
  readonly above: number
  readonly palette: PlotPalette
  /** Of the durations; the bars are made for it. */
  readonly scale?: DurationScale | undefined
}

export const totalOf = (bars: readonly HistogramBar[]): number => bars.reduce((sum, { count }) => sum + count, 0)

/** Non-empty bars have at least this height: the rare ones matter most. */
const leastHeight = 1.5
/** Bars at least this wide, in pixels, get a gap when no outline lies over them. */
const widthWithGap = 5

function barWords(bar: HistogramBar, total: number, name: string | null): string {
  const share = total === 0 ? 0 : bar.count / total
  const range = `${formatDuration(bar.fromNs)} to ${formatDuration(bar.toNs)}`
  return name === null
    ? `${range}: ${formatCount(bar.count)} (${shareLabel(share)})`
    : `${nameBeforeFigures(name)}: ${shareLabel(share)} at ${range}`
}

/** Counts for one series; shares for several, whose sample counts can differ. */
export function histogramScene({
  series,
  width,
  height,
  above,
  palette,
  scale = 'logarithmic',
}: SceneRequest): HistogramScene {
  const several = series.length > 1
  const all = series.flatMap(({ bars }) => bars)
  // The first bar of a logarithmic axis starts at 1 ns: a logarithm has no zero.
  const endOf = (ns: number) => (scale === 'linear' ? drawableNs(ns) : Math.max(1, drawableNs(ns)))
  const ends = all.flatMap(({ fromNs, toNs }) => [endOf(fromNs), endOf(toNs)])
  const durations = durationAxis(
    scale,
    ends.reduce((least, end) => Math.min(least, end), ends[0] ?? 1),
    ends.reduce((most, end) => Math.max(most, end), ends[0] ?? 1),
    'x',
  )
  const totals = series.map(({ bars, beyond = 0 }) => totalOf(bars) + beyond)
  const heightOf = (count: number, index: number) => (several ? count / Math.max(1, totals[index] ?? 1) : count)
  const tallest = series.flatMap(({ bars }, index) => bars.map(({ count }) => heightOf(count, index)))
  const most = tallest.reduce((one, other) => Math.max(one, other), several ? 0 : 1) || 1
  const alongHeight = (top: number, bottom: number) => scaleLinear([0, most * 1.05], [bottom, top])
  const axes = layOut({
    width,
    height,
    above,
    xTicks: durations.ticks,
    yTicks: (top, bottom) =>
      linearTicks([0, most * 1.05], alongHeight(top, bottom), several ? shareLabel : formatCount, { whole: !several }),
  })
  const { area } = axes
  const xOf = durations.place(area.left, area.right)
  const yOf = alongHeight(area.top, area.bottom)

  const drawn = series.map(({ bars }, index) =>
    bars.map(({ fromNs, toNs, count }): DrawnBar => {
      const x = xOf(endOf(fromNs))
      const full = xOf(endOf(toNs)) - x
      const tall = count === 0 ? 0 : Math.max(leastHeight, area.bottom - yOf(heightOf(count, index)))
      return { x, y: area.bottom - tall, width: full, height: tall }
    }),
  )
  const [first = []] = drawn
  return {
    axes,
    filled: first
      .filter((bar) => bar.height > 0)
      .map(({ x, y, width: full, height: tall }) => ({
        x: tenth(x),
        y: tenth(y),
        width: tenth(full >= widthWithGap && !several ? full - 1 : full),
        height: tenth(tall),
      })),
    outlines: several ? drawn.map((bars) => outlineOf(bars, area.bottom)) : [],
    points: drawn.map((bars, index) =>
      bars.flatMap((bar, place): PlotPoint[] => {
        const one = series[index]
        const data = one?.bars[place]
        if (!one || !data) return []
        const { colour } = seriesStyle(palette, one.colour)
        const words = barWords(data, totals[index] ?? 0, several ? one.name : null)
        return [{ x: bar.x + bar.width / 2, y: bar.y, colour, words }]
      }),
    ),
  }
}

/** The upper edge of bars: up from the base line, along them and down again. */
function outlineOf(bars: readonly DrawnBar[], bottom: number): string {
  const first = bars[0]
  const last = bars.at(-1)
  if (!first || !last) return ''
  const steps = bars.map(({ x, y, width }) => `L${tenth(x)},${tenth(y)}L${tenth(x + width)},${tenth(y)}`)
  return `M${tenth(first.x)},${tenth(bottom)}${steps.join('')}L${tenth(last.x + last.width)},${tenth(bottom)}`
}

/** `; 12 longer ones are not drawn`, or nothing. */
export function beyondInWords(series: readonly HistogramSeries[]): string {
  const beyond = series.reduce((total, { beyond: longer = 0 }) => total + longer, 0)
  if (beyond === 0) return ''
  return `; ${counted(beyond, 'longer one')} ${beyond === 1 ? 'is' : 'are'} not drawn`
}

/** A histogram in words: `10,000 samples from 120 µs to 1.9 ms, most at 186 µs to 209 µs`. */
export function histogramWords(bars: readonly HistogramBar[]): string {
  const first = bars[0]
  const last = bars.at(-1)
  const total = totalOf(bars)
  if (!first || !last || total === 0) return 'no samples'
  const mode = bars.reduce((most, bar) => (bar.count > most.count ? bar : most), first)
  const spread = `from ${formatDuration(first.fromNs)} to ${formatDuration(last.toNs)}`
  const most = bars.length === 1 ? '' : `, most at ${formatDuration(mode.fromNs)} to ${formatDuration(mode.toNs)}`
  return `${counted(total, 'sample')} ${spread}${most}`
}
