import { useId } from 'react'
import { Grid } from './axes.tsx'
import { labelGap, tenth } from './layout.ts'
import { Legend } from './legend.tsx'
import { legendLayout } from './legend-layout.ts'
import { Marker } from './markers.tsx'
import type { PlotPalette } from './palette.ts'
import { fontSize, toBaseline } from './plot-text.ts'
import { type SeriesData, type SeriesScene, seriesScene } from './series-scene.ts'
import { seriesStyle } from './series-style.ts'
import type { Tick } from './ticks.ts'

/** Colours repeat after as many series; markers then are others. */
const colours = 6

/** How a series looks: no two of the first 36 have the colour and the marker of one another. */
export function slotStyle(palette: PlotPalette, slot: number) {
  const { colour } = seriesStyle(palette, slot)
  const { marker } = seriesStyle(palette, slot + Math.floor(slot / colours))
  return { colour, marker }
}

interface AxisProps {
  readonly scene: SeriesScene
  readonly palette: PlotPalette
}

function Labels({
  ticks,
  x,
  anchor,
}: {
  readonly ticks: readonly Tick[]
  readonly x: number
  readonly anchor: 'start' | 'end'
}) {
  return ticks.map(({ position, label }) => (
    <text key={position} x={x} y={tenth(position + toBaseline)} textAnchor={anchor}>
      {label}
    </text>
  ))
}

function Axes({ scene: { area, xTicks, leftTicks, rightTicks }, palette }: AxisProps) {
  return (
    <>
      <path
        d={`M${area.left} ${area.top}V${area.bottom}H${area.right}V${area.top}`}
        fill="none"
        stroke={palette.axis}
        shapeRendering="crispEdges"
      />
      <g fill={palette.ink}>
        <Labels ticks={leftTicks} x={area.left - labelGap} anchor="end" />
        <Labels ticks={rightTicks} x={area.right + labelGap} anchor="start" />
        {xTicks.map(({ position, label }) => (
          <text key={position} x={tenth(position)} y={area.bottom + 16} textAnchor="middle">
            {label}
          </text>
        ))}
      </g>
    </>
  )
}

/** What happened, as lines from top to bottom with a wedge. */
function Marks({ scene: { area, marks }, palette }: AxisProps) {
  return marks.map(({ x, words }) => (
    <g key={x} data-mark={words}>
      <title>{words}</title>
      <line x1={x + 0.5} x2={x + 0.5} y1={area.top} y2={area.bottom} stroke={palette.alarm} strokeDasharray="2 3" />
      <Marker shape="wedge" x={x + 0.5} y={area.top - 4} colour={palette.alarm} radius={4} />
    </g>
  ))
}

export interface SeriesDrawingProps {
  readonly data: SeriesData
  readonly scene: SeriesScene
  readonly palette: PlotPalette
}

/** Lines, marks and axes, without an SVG around them. */
export function SeriesDrawing({ data, scene, palette }: SeriesDrawingProps) {
  const clip = useId()
  const { area } = scene
  const yTicks = scene.leftTicks.length > 0 ? scene.leftTicks : scene.rightTicks
  return (
    <>
      <clipPath id={clip}>
        <rect x={area.left} y={area.top - 4} width={area.right - area.left} height={area.bottom - area.top + 8} />
      </clipPath>
      <Grid axes={{ area, xTicks: scene.xTicks, yTicks }} palette={palette} />
      <Axes scene={scene} palette={palette} />
      <Marks scene={scene} palette={palette} />
      <g clipPath={`url(#${clip})`}>
        {data.series.map(({ slot }, index) => {
          const { colour, marker } = slotStyle(palette, slot)
          const { line = '', markers = [], isDense = false } = scene.lines[index] ?? {}
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a series has no identity here but its place
            <g key={index}>
              <path
                d={line}
                fill="none"
                stroke={colour}
                strokeWidth={isDense ? 1 : 1.25}
                strokeLinejoin="bevel"
                // Smooth edges of many thousand short lines would take long, and not be seen.
                shapeRendering={isDense ? 'optimizeSpeed' : undefined}
              />
              {markers.map(({ x, y }, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: nor has a marker
                <Marker key={place} shape={marker} x={x} y={y} colour={colour} radius={2.5} />
              ))}
            </g>
          )
        })}
      </g>
    </>
  )
}

interface SeriesPlotProps {
  readonly data: SeriesData
  readonly width: number
  readonly height: number
  readonly palette: PlotPalette
  readonly label: string
}

/** A plot of series with its legend, as it is saved. */
export function SeriesPlot({ data, width, height, palette, label }: SeriesPlotProps) {
  const names = data.series.map(({ name, axis }) => (axis === 'right' ? `${name} (right)` : name))
  const legend = legendLayout(names, width, height / 3)
  const scene = seriesScene(data, { width, height, above: legend.height })
  const entries = data.series.map(({ slot }, index) => {
    const { colour, marker } = slotStyle(palette, slot)
    return { name: names[index] ?? '', symbol: { colour, line: { dash: undefined, width: 1.5 }, marker } }
  })
  return (
    <svg
      role="img"
      aria-label={label}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      fontSize={fontSize}
      style={{ display: 'block', fontVariantNumeric: 'tabular-nums' }}
    >
      <Legend entries={entries} layout={legend} palette={palette} />
      <SeriesDrawing data={data} scene={scene} palette={palette} />
    </svg>
  )
}
