import { scaleLinear } from 'd3-scale'
import { useMemo } from 'react'
import { formatDuration, formatRate } from '../../shared/format.ts'
import type { Slot } from '../../shared/lab/result.ts'
import { AxisLabels, BaseLine, Grid } from './axes.tsx'
import { drawableMs, drawableRate } from './drawable.ts'
import { counted, rateLabel, stretchLabel } from './labels.ts'
import { layOut, tenth } from './layout.ts'
import { Nothing } from './nothing.tsx'
import { type PlotSurface, PlotSvg } from './plot-svg.tsx'
import type { PlotPoint } from './points.ts'
import { seriesStyle } from './series-style.ts'
import { linearTicks, timeTicks } from './ticks.ts'

interface Bar {
  readonly fromMs: number
  readonly toMs: number
  readonly perSecond: number
  readonly words: string
}

/** A last slot may be so short that what falls into it is no rate. */
const leastPart = 0.2

/** What was done in each slot, per second. */
function barsOf(slots: readonly Slot[]): readonly Bar[] {
  const longest = Math.max(0, ...slots.map(({ lengthMs }) => drawableMs(lengthMs)))
  return slots.flatMap(({ fromMs, lengthMs, latency, accepted }) => {
    const [from, length] = [drawableMs(fromMs), drawableMs(lengthMs)]
    if (length <= 0 || length < longest * leastPart) return []
    const done = accepted ?? latency.count
    const perSecond = drawableRate((done / length) * 1000)
    const words = `${stretchLabel(from, length)}: ${formatRate(perSecond)}, ${counted(done, 'message')}`
    return [{ fromMs: from, toMs: from + length, perSecond, words }]
  })
}

interface RatePlotProps extends PlotSurface {
  /** In chronological order. */
  readonly slots: readonly Slot[]
  /** What became of messages: `accepted`. */
  readonly done: string
}

/** Messages per second over the time of the run. */
export function RatePlot({ slots, done, ...surface }: RatePlotProps) {
  const { width, height, palette } = surface
  const { colour } = seriesStyle(palette, 0)
  const bars = useMemo(() => barsOf(slots), [slots])
  const scene = useMemo(() => {
    const longest = Math.max(1, ...bars.map(({ toMs }) => toMs))
    const domain = [0, Math.max(1e-3, ...bars.map(({ perSecond }) => perSecond)) * 1.08] as const
    const alongWidth = (left: number, right: number) => scaleLinear([0, longest], [left, right])
    const axes = layOut({
      width,
      height,
      above: 0,
      xTicks: (left, right) => timeTicks(longest, alongWidth(left, right)),
      yTicks: (top, bottom) =>
        linearTicks(domain, scaleLinear(domain, [bottom, top]), rateLabel, { spacing: 24, whole: false }),
    })
    const { left, right, top, bottom } = axes.area
    const xOf = alongWidth(left, right)
    const yOf = scaleLinear(domain, [bottom, top])
    const points = bars.map(
      ({ fromMs, toMs, perSecond, words }): PlotPoint => ({
        x: xOf((fromMs + toMs) / 2),
        y: yOf(perSecond),
        others: [],
        colour,
        words,
      }),
    )
    return { axes, xOf, yOf, points: [points] }
  }, [bars, width, height, colour])
  const rates = bars.map(({ perSecond }) => perSecond)
  const last = bars.at(-1)
  const label = `Messages ${done} over ${formatDuration((last?.toMs ?? 0) * 1e6)}`
  if (bars.length === 0) return <Nothing {...surface} label={label} words="no samples" />
  const words = `${formatRate(Math.min(...rates))} to ${formatRate(Math.max(...rates))}`
  const { axes, xOf, yOf, points } = scene
  return (
    <PlotSvg {...surface} area={axes.area} label={`${label}: ${words}`} resting={words} points={points}>
      <Grid axes={axes} palette={palette} upright={false} />
      <g fill={colour}>
        {bars.map(({ fromMs, toMs, perSecond }) => (
          <rect
            key={fromMs}
            x={tenth(xOf(fromMs))}
            y={tenth(yOf(perSecond))}
            width={tenth(Math.max(1, xOf(toMs) - xOf(fromMs) - 1))}
            height={tenth(Math.max(0, axes.area.bottom - yOf(perSecond)))}
          />
        ))}
      </g>
      <BaseLine area={axes.area} palette={palette} />
      <AxisLabels axes={axes} palette={palette} />
    </PlotSvg>
  )
}
