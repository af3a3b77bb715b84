import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef, useState } from 'react'
import { tenth } from '../../../report/plots/layout.ts'
import { pagePalette } from '../../../report/plots/palette.ts'
import { fontSize } from '../../../report/plots/plot-text.ts'
import { SeriesDrawing, slotStyle } from '../../../report/plots/series-plot.tsx'
import { nearestOf, type SeriesData, seriesScene } from '../../../report/plots/series-scene.ts'
import type { Span } from '../../state/plot-store.ts'
import { useSize } from '../../ui/use-size.ts'
import classes from './plot.module.css'

/** What a turn of the wheel and a key change. */
const wheelFactor = 1.0015
const keyFactor = 1.5
const panPart = 0.2
const cursorPart = 0.02
/** A shorter drag is a click. */
const leastDrag = 4

/** A part of the x axis, less or more of it, around a place that stays where it is. */
const zoomed = ({ from, to }: Span, at: number, factor: number): Span => ({
  from: at - (at - from) * factor,
  to: at + (to - at) * factor,
})

const moved = ({ from, to }: Span, by: number): Span => ({ from: from + by, to: to + by })

interface PlotPictureProps {
  readonly data: SeriesData
  readonly label: string
  /** The place that is looked at, from 0 at the left end of the x axis to 1 at its right end; null for none. */
  readonly cursor: number | null
  readonly onCursor: (part: number | null) => void
  /** Shows another part of the x axis. */
  readonly onSpan: (span: Span) => void
  /** Zooms by a factor around an x, or around the newest where the plot goes on. */
  readonly onZoom: (factor: number, zoomed: Span) => void
  readonly onReset: () => void
  readonly onHold: () => void
}

/** A picture of series, in which a part can be chosen with pointer, wheel and keys. */
export function PlotPicture({ data, label, cursor, onCursor, onSpan, onZoom, onReset, onHold }: PlotPictureProps) {
  const place = useRef<HTMLDivElement>(null)
  const svg = useRef<SVGSVGElement>(null)
  const size = useSize(place)
  const { width, height } = size
  const scene = useMemo(() => seriesScene(data, { width, height }), [data, width, height])
  const [drag, setDrag] = useState<{ readonly from: number; readonly to: number } | null>(null)
  const { area } = scene
  const { span } = data

  const pixelOf = (event: { readonly clientX: number }): number => {
    const left = svg.current?.getBoundingClientRect().left ?? 0
    return Math.max(area.left, Math.min(area.right, event.clientX - left))
  }
  const onPointerMove = (event: PointerEvent) => {
    const pixel = pixelOf(event)
    onCursor((pixel - area.left) / (area.right - area.left))
    if (drag) setDrag({ ...drag, to: pixel })
  }
  const onPointerDown = (event: PointerEvent<SVGSVGElement>) => {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    const pixel = pixelOf(event)
    setDrag({ from: pixel, to: pixel })
  }
  const onPointerUp = () => {
    setDrag(null)
    if (!drag || Math.abs(drag.to - drag.from) < leastDrag) return
    const [one, other] = [scene.xAt(drag.from), scene.xAt(drag.to)]
    onSpan({ from: Math.min(one, other), to: Math.max(one, other) })
  }
  // React listens to wheels passively, and the page must not scroll.
  const onWheel = useRef((_event: WheelEvent): void => undefined)
  onWheel.current = (event) => {
    event.preventDefault()
    const along = event.shiftKey ? event.deltaY : event.deltaX
    if (along !== 0) return onSpan(moved(span, ((span.to - span.from) * along) / Math.max(1, area.right - area.left)))
    const factor = wheelFactor ** event.deltaY
    onZoom(factor, zoomed(span, scene.xAt(pixelOf(event)), factor))
  }
  useEffect(() => {
    const element = place.current
    const listen = (event: WheelEvent) => onWheel.current(event)
    element?.addEventListener('wheel', listen, { passive: false })
    return () => element?.removeEventListener('wheel', listen)
  }, [])

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const length = span.to - span.from
    const part = cursor ?? 0.5
    const zoom = (factor: number) => () => onZoom(factor, zoomed(span, span.from + part * length, factor))
    const go = (step: number) => () => {
      if (event.shiftKey) onSpan(moved(span, step * panPart * length))
      else onCursor(Math.max(0, Math.min(1, part + step * cursorPart)))
    }
    const keys: Record<string, () => void> = {
      '+': zoom(1 / keyFactor),
      '=': zoom(1 / keyFactor),
      '-': zoom(keyFactor),
      '0': onReset,
      ' ': onHold,
      ArrowLeft: go(-1),
      ArrowRight: go(1),
      Home: () => onCursor(0),
      End: () => onCursor(1),
      ...(cursor === null ? {} : { Escape: () => onCursor(null) }),
    }
    const act = keys[event.key]
    if (!act) return
    event.preventDefault()
    act()
  }

  const at = cursor === null ? null : area.left + cursor * (area.right - area.left)
  return (
    <div ref={place} className={classes.place}>
      {width > 0 && height > 0 ? (
        <svg
          ref={svg}
          role="img"
          aria-label={label}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: its keys zoom and move the cursor
          tabIndex={0}
          width={width}
          height={height}
          viewBox={`0 0 ${width} ${height}`}
          fontSize={fontSize}
          onPointerMove={onPointerMove}
          onPointerDown={onPointerDown}
          onPointerUp={onPointerUp}
          onPointerCancel={() => setDrag(null)}
          onPointerLeave={() => {
            if (!drag) onCursor(null)
          }}
          onDoubleClick={onReset}
          onKeyDown={onKeyDown}
        >
          <SeriesDrawing data={data} scene={scene} palette={pagePalette} />
          {at === null ? null : (
            <line
              x1={tenth(at)}
              x2={tenth(at)}
              y1={area.top}
              y2={area.bottom}
              stroke={pagePalette.ink}
              strokeDasharray="3 2"
            />
          )}
          {at === null
            ? null
            : data.series.map((series, index) => {
                const point = nearestOf(series, scene.xAt(at), span)
                return point ? (
                  <circle
                    // biome-ignore lint/suspicious/noArrayIndexKey: a series has no identity here but its place
                    key={index}
                    cx={tenth(scene.xOf(point.x))}
                    cy={tenth(scene.yOf(series.axis, point.y))}
                    r={4}
                    fill={slotStyle(pagePalette, series.slot).colour}
                    stroke={pagePalette.surface}
                    strokeWidth={2}
                  />
                ) : null
              })}
          {drag ? (
            <rect
              className={classes.chosen}
              x={Math.min(drag.from, drag.to)}
              y={area.top}
              width={Math.abs(drag.to - drag.from)}
              height={area.bottom - area.top}
            />
          ) : null}
        </svg>
      ) : null}
    </div>
  )
}
