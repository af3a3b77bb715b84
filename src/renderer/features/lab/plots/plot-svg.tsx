import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useState } from 'react'
import { type Area, tenth } from './layout.ts'
import type { PlotPalette } from './palette.ts'
import { fontSize } from './plot-text.ts'
import { afterKey, nearestPoint, type PlotPoint, type PlotPoints, type Pointed, pointAt } from './points.ts'

/** What a plot says in words: of the point that is pointed at or, while none is, of the whole. */
export interface PlotCaption {
  readonly words: string
  readonly pointed: boolean
}

/** What every plot is given by the place that it is drawn in. Width and height in pixels. */
export interface PlotSurface {
  readonly width: number
  readonly height: number
  readonly palette: PlotPalette
  /** Told the words of the plot whenever they change. Without it the plot is a still picture. */
  readonly onCaption?: ((caption: PlotCaption) => void) | undefined
}

/** Pixels on each side below which there is nothing to see in any plot. */
const leastSize = 24

interface PlotSvgProps extends PlotSurface {
  readonly area: Area
  /** The whole plot in one sentence. */
  readonly label: string
  /** The words while nothing is pointed at. */
  readonly resting: string
  readonly points: PlotPoints
  readonly children: ReactNode
}

function Crosshair({ area, palette, point }: { area: Area; palette: PlotPalette; point: PlotPoint }) {
  const dots = new Set([...(point.y === null ? [] : [point.y]), ...(point.others ?? [])])
  return (
    <g pointerEvents="none">
      <line
        x1={tenth(point.x)}
        x2={tenth(point.x)}
        y1={area.top}
        y2={area.bottom}
        stroke={palette.ink}
        strokeDasharray="3 2"
      />
      {[...dots].map((y) => (
        <circle
          key={y}
          cx={tenth(point.x)}
          cy={tenth(y)}
          r={4}
          fill={point.colour}
          stroke={palette.surface}
          strokeWidth={2}
        />
      ))}
    </g>
  )
}

/** The picture that holds a plot, and what can be pointed at in it: with the pointer, or with the arrow keys. */
export function PlotSvg({ width, height, palette, onCaption, area, label, resting, points, children }: PlotSvgProps) {
  const [pointed, setPointed] = useState<Pointed | null>(null)
  const point = pointAt(points, pointed)
  const words = point?.words ?? resting
  const isPointed = point !== undefined
  useEffect(() => onCaption?.({ words, pointed: isPointed }), [onCaption, words, isPointed])

  const follow = (event: PointerEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    if (box.width === 0 || box.height === 0) return
    const x = ((event.clientX - box.left) * width) / box.width
    const y = ((event.clientY - box.top) * height) / box.height
    setPointed(nearestPoint(points, x, y))
  }
  const step = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const next = afterKey(points, pointed, event.key)
    if (next === undefined) return
    event.preventDefault()
    setPointed(next)
  }
  const interaction = onCaption
    ? {
        tabIndex: 0,
        onPointerMove: follow,
        onPointerLeave: () => setPointed(null),
        onBlur: () => setPointed(null),
        onKeyDown: step,
      }
    : {}
  return (
    <svg
      role="img"
      aria-label={label}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      fontSize={fontSize}
      style={{ display: 'block', fontVariantNumeric: 'tabular-nums' }}
      {...interaction}
    >
      {width >= leastSize && height >= leastSize ? children : null}
      {point ? <Crosshair area={area} palette={palette} point={point} /> : null}
    </svg>
  )
}
