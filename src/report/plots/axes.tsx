import { type Area, type Axes, labelGap, tenth } from './layout.ts'
import type { PlotPalette } from './palette.ts'
import { toBaseline } from './plot-text.ts'

/** The middle of a pixel, so that a 1 px line covers exactly one pixel. */
const crisp = (pixels: number): number => Math.floor(pixels) + 0.5

interface GridProps {
  readonly axes: Axes
  readonly palette: PlotPalette
  /** Draw lines at the marks of the x axis too. */
  readonly upright?: boolean
}

/** Grid lines behind the data. */
export function Grid({ axes: { area, xTicks, yTicks }, palette, upright = true }: GridProps) {
  return (
    <g stroke={palette.grid} shapeRendering="crispEdges">
      {yTicks.map(({ position }) => (
        <line key={position} x1={area.left} x2={area.right} y1={crisp(position)} y2={crisp(position)} />
      ))}
      {upright
        ? xTicks.map(({ position }) => (
            <line key={position} x1={crisp(position)} x2={crisp(position)} y1={area.top} y2={area.bottom} />
          ))
        : null}
    </g>
  )
}

/** The base line under the data. */
export function BaseLine({ area, palette }: { readonly area: Area; readonly palette: PlotPalette }) {
  const y = crisp(area.bottom)
  return <line x1={area.left} x2={area.right} y1={y} y2={y} stroke={palette.axis} shapeRendering="crispEdges" />
}

/** The labels of both axes, above the data. */
export function AxisLabels({
  axes: { area, xTicks, yTicks },
  palette,
}: {
  readonly axes: Axes
  readonly palette: PlotPalette
}) {
  return (
    <g fill={palette.ink}>
      {yTicks.map(({ position, label }) => (
        <text key={position} x={area.left - labelGap} y={tenth(position + toBaseline)} textAnchor="end">
          {label}
        </text>
      ))}
      {xTicks.map(({ position, label }) => (
        <g key={position}>
          <line
            x1={crisp(position)}
            x2={crisp(position)}
            y1={area.bottom}
            y2={area.bottom + 4}
            stroke={palette.axis}
            shapeRendering="crispEdges"
          />
          <text x={tenth(position)} y={tenth(area.bottom + 16)} textAnchor="middle">
            {label}
          </text>
        </g>
      ))}
    </g>
  )
}
