import { type KeyboardEvent, type PointerEvent, useRef } from 'react'
import { maximumColumnWidth, minimumColumnWidth } from '../../shared/workspace.ts'
import type { ColumnsControl } from './columns-menu.ts'
import classes from './record-table.module.css'
import { type Column, withUsualWidth, withWidth } from './table-columns.ts'

/** In pixels. */
const keyStep = 8

interface ColumnEdgeProps extends Pick<ColumnsControl, 'layout' | 'onLayout'> {
  readonly column: Column
}

/** The heading that an element is in. */
const headingOf = (element: Element): HTMLElement | null => element.closest<HTMLElement>('[role="columnheader"]')

/** The edge of a heading: dragged, or moved with the arrow keys, it changes the width of its column. */
export function ColumnEdge({ column, layout, onLayout }: ColumnEdgeProps) {
  const { id, name } = column
  const from = useRef<{ readonly x: number; readonly width: number } | null>(null)
  const widthNow = (edge: Element) => headingOf(edge)?.clientWidth ?? column.width
  const setWidth = (width: number) => onLayout(withWidth(layout, id, width))
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    from.current = { x: event.clientX, width: widthNow(event.currentTarget) }
  }
  const end = () => {
    from.current = null
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const { currentTarget, key } = event
    const by = key === 'ArrowLeft' ? -keyStep : key === 'ArrowRight' ? keyStep : null
    if (by !== null) setWidth(widthNow(currentTarget) + by)
    else if (key === 'Enter' || key === 'Escape') headingOf(currentTarget)?.focus()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <span
      role="separator"
      aria-orientation="vertical"
      aria-label={`Width of ${name}`}
      aria-valuenow={layout.widths[id] ?? column.width}
      aria-valuemin={minimumColumnWidth}
      aria-valuemax={maximumColumnWidth}
      tabIndex={-1}
      className={classes.edge}
      onPointerDown={onPointerDown}
      onPointerMove={({ clientX }) => from.current && setWidth(from.current.width + clientX - from.current.x)}
      onPointerUp={end}
      onPointerCancel={end}
      onDoubleClick={() => onLayout(withUsualWidth(layout, id))}
      // A click on the heading sorts.
      onClick={(event) => event.stopPropagation()}
      onKeyDown={onKeyDown}
    />
  )
}
