import type { ReactNode } from 'react'
import type { LogSort } from '../../shared/transcript/query.ts'
import type { RecordRow } from '../../shared/transcript/record.ts'
import { maximumColumnWidth, minimumColumnWidth, type TableLayout } from '../../shared/workspace.ts'

/** Between columns, and at the ends of a row, in pixels. */
const columnGap = 12

export interface Column {
  /** Names the column in what is kept of a table. */
  readonly id: string
  readonly name: string
  /** In pixels; the least, where it grows. */
  readonly width: number
  /** Its part of the room that the others leave; without it, it has its width. */
  readonly grows?: number
  readonly numeric?: boolean
  /** Whether the name is only read out, where the cells are too narrow for it. */
  readonly hidesName?: boolean
  /** What rows are sorted by at a click on the heading. */
  readonly sorts?: LogSort['by']
  cell(row: RecordRow): ReactNode
}

/** A width that a column may have. */
const boundedWidth = (width: number): number =>
  Math.round(Math.min(maximumColumnWidth, Math.max(minimumColumnWidth, width)))

/** The columns that are shown. At least one is, whatever was kept of an earlier table. */
export function shownColumns(columns: readonly Column[], { hidden }: TableLayout): readonly Column[] {
  const shown = columns.filter(({ id }) => !hidden.includes(id))
  return shown.length > 0 ? shown : columns
}

/** The CSS grid tracks of columns, and the least width of a row, in pixels. */
export function tracksOf(
  columns: readonly Column[],
  { widths }: TableLayout,
): { readonly template: string; readonly least: number } {
  const template = columns.map(({ id, width, grows }) => {
    const own = widths[id]
    if (own !== undefined) return `${own}px`
    return grows === undefined ? `${width}px` : `minmax(${width}px, ${grows}fr)`
  })
  const total = columns.reduce((sum, { id, width }) => sum + (widths[id] ?? width), 0)
  return { template: template.join(' '), least: total + columnGap * (columns.length + 1) }
}

export const withWidth = (layout: TableLayout, id: string, width: number): TableLayout => ({
  ...layout,
  widths: { ...layout.widths, [id]: boundedWidth(width) },
})

/** The column has its usual width again. */
export function withUsualWidth(layout: TableLayout, id: string): TableLayout {
  const { [id]: _own, ...widths } = layout.widths
  return { ...layout, widths }
}

export const withShown = (layout: TableLayout, id: string, isShown: boolean): TableLayout => ({
  ...layout,
  hidden: isShown ? layout.hidden.filter((each) => each !== id) : [...layout.hidden, id],
})

/** The order after a click on a column's heading; null for the usual one. The largest come first, but not the newest. */
export function nextSort(by: LogSort['by'], sort: LogSort | null): LogSort | null {
  if (sort?.by !== by) return by === 'time' && sort !== null ? null : { by, descending: true }
  return sort.descending && by !== 'time' ? { by, descending: false } : null
}

/** The order of a column's rows, for assistive tools. */
export function ariaSort({ sorts }: Column, sort: LogSort | null): 'ascending' | 'descending' | 'none' | undefined {
  if (!sorts) return undefined
  if (sort === null) return sorts === 'time' ? 'ascending' : 'none'
  if (sort.by !== sorts) return 'none'
  return sort.descending ? 'descending' : 'ascending'
}
