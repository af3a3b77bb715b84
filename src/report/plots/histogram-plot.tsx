import { useMemo } from 'react'
import { AxisLabels, BaseLine, Grid } from './axes.tsx'
import type { DurationScale } from './duration-scale.ts'
import { beyondInWords, type HistogramSeries, histogramScene, histogramWords, totalOf } from './histogram-scene.ts'
import { isBare } from './layout.ts'
import { Legend, type LegendEntry } from './legend.tsx'
import { legendLayout } from './legend-layout.ts'
import { Nothing } from './nothing.tsx'
import { type PlotSurface, PlotSvg } from './plot-svg.tsx'
import { visibleText } from './plot-text.ts'
import { seriesStyle } from './series-style.ts'

export interface HistogramPlotProps extends PlotSurface {
  /** The first is filled; the others are outlines over it. */
  readonly series: readonly HistogramSeries[]
  /** What was measured, in the plural: `round trips`. */
  readonly subject: string
  /** Of the durations; logarithmic unless said otherwise. */
  readonly scale?: DurationScale | undefined
}

/** Fainter under outlines, so that they stand out. */
const fillOpacity = { alone: 1, beneath: 0.35 }

/** Distribution of durations. */
export function HistogramPlot({ series, subject, scale, ...surface }: HistogramPlotProps) {
  const { width, height, palette } = surface
  const several = series.length > 1
  const opacity = several ? fillOpacity.beneath : fillOpacity.alone
  const entries = useMemo(
    () =>
      series.map(({ name, colour }, index): LegendEntry => {
        const style = seriesStyle(palette, colour)
        const line = { dash: style.dash, width: 1.5 }
        return { name, symbol: index === 0 ? { colour: style.colour, area: opacity } : { colour: style.colour, line } }
      }),
    [series, palette, opacity],
  )
  const legend = useMemo(
    () => legendLayout(several && !isBare({ width, height }) ? entries.map(({ name }) => name) : [], width, height / 3),
    [entries, several, width, height],
  )
  const scene = useMemo(
    () => histogramScene({ series, width, height, above: legend.height, palette, scale }),
    [series, width, height, legend, palette, scale],
  )
  const label = `Distribution of ${subject}`
  if (series.every(({ bars }) => totalOf(bars) === 0)) return <Nothing {...surface} label={label} words="no samples" />
  const words = series.map(({ name, bars }) => `${several ? `${visibleText(name)} ` : ''}${histogramWords(bars)}`)
  const beyond = beyondInWords(series)
  const { axes, filled, outlines, points } = scene
  return (
    <PlotSvg
      {...surface}
      area={axes.area}
      label={`${label}: ${words.join('; ')}${beyond}`}
      resting={`${several ? 'Shares in percent of each series' : words.join()}${beyond}`}
      points={points}
    >
      <Grid axes={axes} palette={palette} upright={false} />
      <g fill={seriesStyle(palette, series[0]?.colour ?? 0).colour} fillOpacity={opacity}>
        {filled.map((bar, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a bar is known by its place; two may be thinner than a pixel
          <rect key={index} {...bar} />
        ))}
      </g>
      {outlines.map((path, index) => {
        const style = seriesStyle(palette, series[index]?.colour ?? 0)
        return (
          <path
            // biome-ignore lint/suspicious/noArrayIndexKey: a series is known by its place; names may be the same
            key={index}
            d={path}
            fill="none"
            stroke={style.colour}
            strokeWidth={1.5}
            strokeDasharray={style.dash}
          />
        )
      })}
      <BaseLine area={axes.area} palette={palette} />
      <AxisLabels axes={axes} palette={palette} />
      <Legend entries={entries} layout={legend} palette={palette} />
    </PlotSvg>
  )
}
