import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useState } from 'react'
import { type Area, tenth } from './layout.ts'
import type { PlotPalette } from './palette.ts'
import { fontSize } from './plot-text.ts'
import { afterKey, nearestPoint, type PlotPoint, type PlotPoints, type Pointed, pointAt } from './points.ts'

/** The words of a plot: of the point under the pointer or, when there is none, of the whole plot. */
export interface PlotCaption {
  readonly words: string
  readonly pointed: boolean
}

/** What the surrounding page gives every plot. Width and height in pixels. */
export interface PlotSurface {
  readonly width: number
  readonly height: number
  readonly palette: PlotPalette
  /** Called with the caption whenever it changes. Without it the plot is static. */
  readonly onCaption?: ((caption: PlotCaption) => void) | undefined
}

/** Smallest width and height, in pixels, at which a plot is drawn. */
const leastSize = 24

interface PlotSvgProps extends PlotSurface {
  readonly area: Area
  /** The whole plot in one sentence. */
  readonly label: string
  /** The caption while no point is selected. */
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

/** What the elements of a page have: hosts without a page draw plots too, and know no such thing. */
interface InPage {
  getBoundingClientRect(): {
    readonly left: number
    readonly top: number
    readonly width: number
    readonly height: number
  }
}

/** The SVG of a plot. Its points can be selected with the pointer or the arrow keys. */
export function PlotSvg({ width, height, palette, onCaption, area, label, resting, points, children }: PlotSvgProps) {
  const [pointed, setPointed] = useState<Pointed | null>(null)
  const point = pointAt(points, pointed)
  const words = point?.words ?? resting
  const isPointed = point !== undefined
  useEffect(() => onCaption?.({ words, pointed: isPointed }), [onCaption, words, isPointed])

  const follow = (event: PointerEvent<SVGSVGElement & InPage>) => {
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
