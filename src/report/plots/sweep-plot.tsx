import { useMemo } from 'react'
import { formatDuration } from '../../shared/format.ts'
import { type SweptOver, sweepWords } from '../../shared/lab/sweep.ts'
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
import { durationSpan } from './spans.ts'
import { type DrawnRun, sweepScene } from './sweep-scene.ts'
import { type SweepPercentile, type SweepSeries, sweepPercentiles } from './sweep-series.ts'

export interface SweepPlotProps extends PlotSurface {
  readonly runs: readonly SweepSeries[]
  readonly over: SweptOver
  /** What was measured, in the plural: `round trips`. */
  readonly subject: string
  /** Percentiles to draw; all when absent. */
  readonly percentiles?: readonly SweepPercentile[]
  /** Whether to show throughput below; when absent, if the height allows. */
  readonly throughput?: boolean
}

/** Least height, in pixels, for throughput below the durations. */
const heightForBoth = 240

/** Colour and marker distinguish runs, so the dash distinguishes percentiles. */
const dashes: Record<SweepPercentile, string | undefined> = { p50: undefined, p90: '6 3', p99: '2 2.5' }

/** The legend entries of runs, when there are several. */
function entriesOfRuns(runs: readonly SweepSeries[], palette: PlotPalette): LegendEntry[] {
  if (runs.length < 2) return []
  return runs.map((run) => {
    const { colour, marker } = seriesStyle(palette, run.colour)
    return { name: run.name, symbol: { colour, marker } }
  })
}

function entriesOfPercentiles(
  runs: readonly SweepSeries[],
  percentiles: readonly SweepPercentile[],
  palette: PlotPalette,
): LegendEntry[] {
  const [only] = runs
  const colour = runs.length === 1 && only ? seriesStyle(palette, only.colour).colour : palette.ink
  return percentiles.map((name) => ({ name, symbol: { colour, line: { dash: dashes[name], width: 2 } } }))
}

function wordsOf({ points }: SweepSeries, over: SweptOver): string {
  const answered = points.filter(({ p50 }) => p50 !== null)
  const first = answered[0]
  const last = answered.at(-1)
  if (!first || !last) return 'no replies'
  const at = sweepWords[over].format
  const p50 = (value: number | null) => formatDuration(value ?? 0)
  if (first === last) return `p50 ${p50(first.p50)} at ${at(first.at)}`
  return `p50 from ${p50(first.p50)} at ${at(first.at)} to ${p50(last.p50)} at ${at(last.at)}`
}

/** The range over several runs: `p50 150 µs to 2.6 ms`. */
function p50Words(runs: readonly SweepSeries[]): string {
  const all = runs.flatMap(({ points }) => points.flatMap(({ p50 }) => (p50 === null ? [] : [p50])))
  return all.length === 0 ? 'no replies' : `p50 ${durationSpan(all)}`
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

/** Durations over what was swept, with throughput below. */
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
  const legends = useMemo(() => {
    const rows = [
      { of: 'runs', entries: entriesOfRuns(runs, palette) },
      { of: 'percentiles', entries: entriesOfPercentiles(runs, percentiles, palette) },
    ]
    let top = 0
    return rows.map(({ of, entries }) => {
      const names = isBare({ width, height }) ? [] : entries.map(({ name }) => name)
      const legend = { of, entries, top, layout: legendLayout(names, width, height / 4) }
      top += legend.layout.height
      return legend
    })
  }, [runs, percentiles, palette, width, height])
  const above = legends.reduce((sum, { layout }) => sum + layout.height, 0)
  const scene = useMemo(
    () => sweepScene({ runs, over, percentiles, withThroughput, width, height, above, palette }),
    [runs, over, percentiles, withThroughput, width, height, above, palette],
  )
  const label = `${subject} by ${sweepWords[over].by}`
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
      resting={several ? p50Words(runs) : words.join()}
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
      {legends.map(({ of, entries, top, layout }) => (
        <Legend key={of} entries={entries} layout={layout} palette={palette} top={top} />
      ))}
    </PlotSvg>
  )
}
