import { useMemo } from 'react'
import { formatDuration, formatRate, formatSize } from '../../../../shared/format.ts'
import { AxisLabels, BaseLine, Grid } from './axes.tsx'
import { isBare, tenth } from './layout.ts'
import { Legend, type LegendEntry } from './legend.tsx'
import { legendLayout } from './legend-layout.ts'
import { Marker } from './markers.tsx'
import { Nothing } from './nothing.tsx'
import type { PlotPalette } from './palette.ts'
import { type PlotSurface, PlotSvg } from './plot-svg.tsx'
import { visibleText } from './plot-text.ts'
import { seriesStyle } from './series-style.ts'
import { type DrawnRun, type SweptOver, sweepScene } from './sweep-scene.ts'
import { type SweepPercentile, type SweepSeries, sweepPercentiles } from './sweep-series.ts'

export interface SweepPlotProps extends PlotSurface {
  readonly runs: readonly SweepSeries[]
  readonly over: SweptOver
  /** What was measured, in the plural: `round trips`. */
  readonly subject: string
  /** Those that are drawn; all of them when absent. */
  readonly percentiles?: readonly SweepPercentile[]
  /** Whether throughput stands beneath; when absent, wherever there is the height for it. */
  readonly throughput?: boolean
}

/** From this height on, in pixels, throughput stands beneath the durations. */
const heightForBoth = 240

/** Runs differ in colour and marker, so the dash is what percentiles are told apart by. */
const dashes: Record<SweepPercentile, string | undefined> = { p50: undefined, p90: '6 3', p99: '2 2.5' }

function entriesOf(
  runs: readonly SweepSeries[],
  percentiles: readonly SweepPercentile[],
  palette: PlotPalette,
): LegendEntry[] {
  const [only] = runs
  const colour = runs.length === 1 && only ? seriesStyle(palette, only.colour).colour : palette.ink
  const ofPercentiles = percentiles.map((percentile) => ({
    name: percentile,
    symbol: { colour, line: { dash: dashes[percentile], width: 2 } },
  }))
  if (runs.length === 1) return ofPercentiles
  const ofRuns = runs.map((run) => {
    const style = seriesStyle(palette, run.colour)
    return { name: run.name, symbol: { colour: style.colour, marker: style.marker } }
  })
  return [...ofRuns, ...ofPercentiles]
}

function wordsOf({ points }: SweepSeries, over: SweptOver): string {
  const answered = points.filter(({ p50 }) => p50 !== null)
  const first = answered[0]
  const last = answered.at(-1)
  if (!first || !last) return 'no replies'
  const at = (value: number) => (over === 'size' ? formatSize(value) : formatRate(value))
  const p50 = (value: number | null) => formatDuration(value ?? 0)
  if (first === last) return `p50 ${p50(first.p50)} at ${at(first.at)}`
  return `p50 from ${p50(first.p50)} at ${at(first.at)} to ${p50(last.p50)} at ${at(last.at)}`
}

interface RunProps {
  readonly drawn: DrawnRun
  readonly style: ReturnType<typeof seriesStyle>
}

function Run({ drawn: { lines, spots, throughput }, style }: RunProps) {
  const marks = [...spots, ...(throughput?.spots ?? [])]
  return (
    <g>
      <g fill="none" stroke={style.colour} strokeWidth={1.75} strokeLinejoin="round">
        {lines.flatMap(({ percentile, paths }) =>
          paths.map((path) => <path key={`${percentile} ${path}`} d={path} strokeDasharray={dashes[percentile]} />),
        )}
        {throughput ? <path d={throughput.path} /> : null}
      </g>
      {marks.map(({ x, y }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two marks may lie on the same spot
        <Marker key={index} shape={style.marker} x={x} y={y} colour={style.colour} radius={2.5} />
      ))}
    </g>
  )
}

/** Durations over sizes or rates, and beneath them how many replies a second there were. */
export function SweepPlot({
  runs,
  over,
  subject,
  percentiles = sweepPercentiles,
  throughput: asked,
  ...surface
}: SweepPlotProps) {
  const { width, height, palette } = surface
  const withThroughput = asked ?? height >= heightForBoth
  const entries = useMemo(() => entriesOf(runs, percentiles, palette), [runs, percentiles, palette])
  const legend = useMemo(
    () => legendLayout(isBare({ width, height }) ? [] : entries.map(({ name }) => name), width, height / 3),
    [entries, width, height],
  )
  const scene = useMemo(
    () => sweepScene({ runs, over, percentiles, withThroughput, width, height, above: legend.height, palette }),
    [runs, over, percentiles, withThroughput, width, height, legend, palette],
  )
  const label = `${subject} by ${over === 'size' ? 'size of the message' : 'rate'}`
  const heading = label.charAt(0).toUpperCase() + label.slice(1)
  if (runs.every(({ points }) => points.length === 0)) return <Nothing {...surface} label={heading} words="no steps" />
  const several = runs.length > 1
  const words = runs.map((run) => `${several ? `${visibleText(run.name)} ` : ''}${wordsOf(run, over)}`)
  const { axes, latency, throughput } = scene
  return (
    <PlotSvg
      {...surface}
      area={axes.area}
      label={`${heading}: ${words.join('; ')}`}
      resting={several ? '' : words.join()}
      points={scene.points}
    >
      <Grid axes={axes} palette={palette} upright={false} />
      {scene.runs.map((drawn, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a run is known by its place; names may be the same
        <Run key={index} drawn={drawn} style={seriesStyle(palette, runs[index]?.colour ?? 0)} />
      ))}
      {throughput ? (
        <>
          <BaseLine area={latency} palette={palette} />
          <text x={throughput.left} y={tenth(throughput.top - 7)} fill={palette.ink}>
            Throughput
          </text>
        </>
      ) : null}
      <BaseLine area={axes.area} palette={palette} />
      <AxisLabels axes={axes} palette={palette} />
      <Legend entries={entries} layout={legend} palette={palette} />
    </PlotSvg>
  )
}
