import { useMemo } from 'react'
import { formatDuration } from '../../shared/format.ts'
import { mergeDistributions, percentileOf } from '../../shared/lab/distribution.ts'
import type { Slot } from '../../shared/lab/result.ts'
import { AxisLabels, BaseLine, Grid } from './axes.tsx'
import type { DurationScale } from './duration-scale.ts'
import { isBare, tenth } from './layout.ts'
import { Legend, type LegendEntry } from './legend.tsx'
import { legendLayout } from './legend-layout.ts'
import { LossRow } from './losses.tsx'
import { Marker } from './markers.tsx'
import { Nothing } from './nothing.tsx'
import type { PlotPalette } from './palette.ts'
import { type PlotSurface, PlotSvg } from './plot-svg.tsx'
import { seriesStyle } from './series-style.ts'
import { timedIn } from './subject.ts'
import { lossWords } from './timeline-data.ts'
import { timelineScene } from './timeline-scene.ts'

export interface TimelinePlotProps extends PlotSurface {
  /** In chronological order. */
  readonly slots: readonly Slot[]
  /** What was measured, in the plural: `round trips`. */
  readonly subject: string
  /** All slots in a few words, where they cannot be told from the slots: those of a run that goes on are coarse. */
  readonly summary?: string | undefined
  /** Undefined chooses one that shows most. */
  readonly scale?: DurationScale | undefined
}

const bandOpacity = 0.22
/** Below this height, in pixels, the legend has no second line for losses; the caption mentions them. */
const heightForLosses = 140

function entriesOf(slots: readonly Slot[], palette: PlotPalette, withLosses: boolean): LegendEntry[] {
  const { colour } = seriesStyle(palette, 0)
  const largest = seriesStyle(palette, 1)
  const { alarm } = palette
  return [
    { name: 'p50', symbol: { colour, line: { dash: undefined, width: 2 } } },
    { name: 'p50 to p99', symbol: { colour, area: bandOpacity } },
    { name: 'max', symbol: { colour: largest.colour, marker: 'diamond' } },
    ...(withLosses && slots.some(({ timedOut }) => timedOut > 0)
      ? [{ name: 'timeouts', symbol: { colour: alarm, marker: 'cross' as const } }]
      : []),
    ...(withLosses && slots.some(({ failed }) => failed > 0)
      ? [{ name: 'failures', symbol: { colour: alarm, marker: 'triangle' as const } }]
      : []),
  ]
}

/** All slots in a few words: `p50 190 µs, max 1.9 ms, 2 timeouts`. */
function wordsOf(slots: readonly Slot[], subject: string): string {
  const all = mergeDistributions(slots.map(({ latency }) => latency))
  const sum = (kind: 'timedOut' | 'failed') => slots.reduce((total, slot) => total + slot[kind], 0)
  const p50 = percentileOf(all, 50)
  return [
    ...(p50 === null || all.maxNs === null
      ? [`no ${timedIn(subject)[1]}`]
      : [`p50 ${formatDuration(p50)}`, `max ${formatDuration(all.maxNs)}`]),
    lossWords.timedOut(sum('timedOut')),
    ...(sum('failed') > 0 ? [lossWords.failed(sum('failed'))] : []),
  ].join(', ')
}

/** Durations over the time of the run, and when requests got no reply. */
export function TimelinePlot({ slots, subject, summary, scale, ...surface }: TimelinePlotProps) {
  const { width, height, palette } = surface
  const { colour } = seriesStyle(palette, 0)
  const withLosses = height >= heightForLosses
  const entries = useMemo(() => entriesOf(slots, palette, withLosses), [slots, palette, withLosses])
  const legend = useMemo(
    () => legendLayout(isBare({ width, height }) ? [] : entries.map(({ name }) => name), width, height / 3),
    [entries, width, height],
  )
  const scene = useMemo(
    () => timelineScene({ slots, subject, width, height, above: legend.height, colour, scale }),
    [slots, subject, width, height, legend, colour, scale],
  )
  const points = useMemo(() => [scene.points], [scene])
  const words = useMemo(() => summary ?? wordsOf(slots, subject), [slots, subject, summary])
  const last = slots.at(-1)
  const label = `Timeline of ${subject} over ${formatDuration((last ? last.fromMs + last.lengthMs : 0) * 1e6)}`
  if (slots.every(({ latency, timedOut, failed }) => latency.count + timedOut + failed === 0)) {
    return <Nothing {...surface} label={label} words="no samples" />
  }
  const { axes, bands, largest, timedOut, timedOutY, failed, failedY } = scene
  return (
    <PlotSvg {...surface} area={axes.area} label={`${label}: ${words}`} resting={words} points={points}>
      <Grid axes={axes} palette={palette} upright={false} />
      {bands.map(({ area, p50, p99 }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a stretch of time is known by its place
        <g key={index} fill="none" stroke={colour} strokeLinejoin="round">
          <path d={area} fill={colour} fillOpacity={bandOpacity} stroke="none" />
          <path d={p99} strokeWidth={0.75} />
          <path d={p50} strokeWidth={2} />
        </g>
      ))}
      {bands.length === 0 && !isBare(surface) ? (
        <text
          x={tenth((axes.area.left + axes.area.right) / 2)}
          y={tenth((axes.area.top + axes.area.bottom) / 2)}
          textAnchor="middle"
          fill={palette.ink}
        >
          No {timedIn(subject)[1]}
        </text>
      ) : null}
      {largest.map(({ x, y }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a stretch of time is known by its place
        <Marker key={index} shape="diamond" x={x} y={y} colour={seriesStyle(palette, 1).colour} radius={2.2} />
      ))}
      <BaseLine area={axes.area} palette={palette} />
      <LossRow losses={timedOut} kind="timedOut" y={timedOutY} right={axes.area.right} colour={palette.alarm} />
      <LossRow losses={failed} kind="failed" y={failedY} right={axes.area.right} colour={palette.alarm} />
      <AxisLabels axes={axes} palette={palette} />
      <Legend entries={entries} layout={legend} palette={palette} />
    </PlotSvg>
  )
}
