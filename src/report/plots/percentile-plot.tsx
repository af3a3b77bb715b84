import { useMemo } from 'react'
import { AxisLabels, BaseLine, Grid } from './axes.tsx'
import type { DurationScale } from './duration-scale.ts'
import { isBare } from './layout.ts'
import { Legend, type LegendEntry } from './legend.tsx'
import { legendLayout } from './legend-layout.ts'
import { Marker } from './markers.tsx'
import { Nothing } from './nothing.tsx'
import { type PercentileSeries, percentileScene, percentileWords } from './percentile-scene.ts'
import { type PlotSurface, PlotSvg } from './plot-svg.tsx'
import { visibleText } from './plot-text.ts'
import { seriesStyle } from './series-style.ts'

export interface PercentilePlotProps extends PlotSurface {
  readonly series: readonly PercentileSeries[]
  /** What was measured, in the plural: `round trips`. */
  readonly subject: string
  /** Of the durations; linear unless said otherwise. */
  readonly scale?: DurationScale | undefined
}

/**
 * Durations by percentile, on a logarithmic axis of the remainder to 100 %, which gives the slowest few as much room as
 * the rest.
 */
export function PercentilePlot({ series, subject, scale, ...surface }: PercentilePlotProps) {
  const { width, height, palette } = surface
  const several = series.length > 1
  const entries = useMemo(
    () =>
      series.map(({ name, colour }): LegendEntry => {
        const style = seriesStyle(palette, colour)
        return {
          name,
          symbol: { colour: style.colour, line: { dash: style.dash, width: 2 }, marker: style.marker },
        }
      }),
    [series, palette],
  )
  const legend = useMemo(
    () => legendLayout(several && !isBare({ width, height }) ? entries.map(({ name }) => name) : [], width, height / 3),
    [entries, several, width, height],
  )
  const scene = useMemo(
    () => percentileScene({ series, width, height, above: legend.height, palette, scale }),
    [series, width, height, legend, palette, scale],
  )
  const label = `Percentiles of ${subject}`
  if (series.every(({ points }) => points.length === 0))
    return <Nothing {...surface} label={label} words="no samples" />
  const figures = series.map(
    ({ name, points }) => `${several ? `${visibleText(name)} ` : ''}${percentileWords([points])}`,
  )
  const { axes, lines, points } = scene
  return (
    <PlotSvg
      {...surface}
      area={axes.area}
      label={`${label}: ${figures.join('; ')}`}
      resting={percentileWords(series.map(({ points: curve }) => curve))}
      points={points}
    >
      <Grid axes={axes} palette={palette} />
      <BaseLine area={axes.area} palette={palette} />
      {lines.map(({ path, end }, index) => {
        const style = seriesStyle(palette, series[index]?.colour ?? 0)
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a series is known by its place; names may be the same
          <g key={index}>
            <path
              d={path}
              fill="none"
              stroke={style.colour}
              strokeWidth={2}
              strokeDasharray={style.dash}
              strokeLinejoin="round"
            />
            {end ? <Marker shape={style.marker} x={end.x} y={end.y ?? axes.area.bottom} colour={style.colour} /> : null}
          </g>
        )
      })}
      <AxisLabels axes={axes} palette={palette} />
      <Legend entries={entries} layout={legend} palette={palette} />
    </PlotSvg>
  )
}
