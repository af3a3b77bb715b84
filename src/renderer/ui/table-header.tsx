import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { type KeyboardEvent, useRef } from 'react'
import type { LogSort } from '../../shared/transcript/query.ts'
import { ColumnEdge } from './column-edge.tsx'
import { type ColumnsControl, columnMenu } from './columns-menu.ts'
import { openContextMenu } from './context-menu.tsx'
import classes from './record-table.module.css'
import { ariaSort, type Column, nextSort, shownColumns } from './table-columns.ts'

interface HeadingProps extends ColumnsControl {
  readonly column: Column
  readonly sort: LogSort | null
  readonly onSort: (sort: LogSort | null) => void
  readonly isTabStop: boolean
}

function Heading({ column, sort, onSort, isTabStop, ...control }: HeadingProps) {
  const { name, numeric, hidesName, sorts } = column
  const order = ariaSort(column, sort)
  const Arrow = order === 'descending' ? IconArrowDown : IconArrowUp
  const isSorted = sort !== null && sort.by === sorts
  const heading = useRef<HTMLSpanElement>(null)
  const sortBy = () => sorts && onSort(nextSort(sorts, sort))
  const resize = () => heading.current?.querySelector<HTMLElement>('[role="separator"]')?.focus()
  return (
    <span
      ref={heading}
      role="columnheader"
      className={classes.heading}
      data-numeric={numeric || undefined}
      data-sorts={sorts !== undefined || undefined}
      aria-sort={order}
      tabIndex={isTabStop ? 0 : -1}
      title={sorts ? `Sort by ${name.toLowerCase()}` : undefined}
      onClick={sortBy}
      onKeyDown={(event) => {
        if (event.target !== event.currentTarget || (event.key !== 'Enter' && event.key !== ' ')) return
        event.preventDefault()
        sortBy()
      }}
      onContextMenu={openContextMenu(() => columnMenu(column, control, onSort, resize))}
    >
      <span className={hidesName ? 'visually-hidden' : classes.headingName}>{name}</span>
      {isSorted ? <Arrow size={12} aria-hidden /> : null}
      <ColumnEdge column={column} {...control} />
    </span>
  )
}

interface TableHeaderProps extends ColumnsControl {
  readonly template: string
  readonly sort: LogSort | null
  readonly onSort: (sort: LogSort | null) => void
  /** Whether the table is entered here: it has no rows. */
  readonly isTabStop: boolean
  /** Moves among the headings, and back to the rows. */
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void
}

/** The names of the columns: they sort, have other widths, and can be hidden. */
export function TableHeader({ template, sort, onSort, isTabStop, onKeyDown, ...control }: TableHeaderProps) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the headings in it take the focus
    <div
      className={classes.header}
      role="row"
      aria-rowindex={1}
      style={{ gridTemplateColumns: template }}
      onKeyDown={onKeyDown}
    >
      {shownColumns(control.columns, control.layout).map((column, index) => (
        <Heading
          key={column.id}
          column={column}
          sort={sort}
          onSort={onSort}
          isTabStop={isTabStop && index === 0}
          {...control}
        />
      ))}
    </div>
  )
}
