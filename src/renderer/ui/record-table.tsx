import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'
import type { RecordRow } from '../../shared/transcript/record.ts'
import { openContextMenu } from './context-menu.tsx'
import type { MenuContent } from './menu-entries.ts'
import classes from './record-table.module.css'
import { useTallRows } from './use-tall-rows.ts'

const rowHeight = 24
/** Distance from the top, in rows, at which older rows are requested. */
const nearTop = 30

export interface Column {
  readonly name: string
  /** A CSS grid track size. */
  readonly width: string
  readonly numeric?: boolean
  /** Whether the name is only read out, where the cells are too narrow for it. */
  readonly hidesName?: boolean
  cell(row: RecordRow): ReactNode
}

interface RecordTableProps {
  /** The accessible name. */
  readonly label: string
  /** A grid's rows are chosen with the arrow keys; a table's are opened. */
  readonly role: 'table' | 'grid'
  readonly columns: readonly Column[]
  readonly rows: readonly RecordRow[]
  readonly following: boolean
  /** The id of the record that is open. */
  readonly opened: number | undefined
  readonly empty: string
  /** Called when the person scrolls away from the newest row, or back to it. */
  readonly onFollow: (following: boolean) => void
  readonly onNearTop: () => void
  readonly onOpen: (id: number) => void
  /** What the context menu of a row offers. */
  readonly menuOf: (row: RecordRow) => MenuContent
}

/** Focuses another row, which the browser scrolls into view. */
function focusRow(event: KeyboardEvent, row: Element | null): void {
  if (!(row instanceof HTMLElement)) return
  event.preventDefault()
  row.focus()
}

/** Records, one in each row, virtualised. A click opens one. */
export function RecordTable({
  label,
  role,
  columns,
  rows,
  following,
  opened,
  empty,
  onFollow,
  onNearTop,
  onOpen,
  menuOf,
}: RecordTableProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const { height, from, to, topOf, show } = useTallRows(scroller, rows.length, rowHeight)
  const template = columns.map(({ width }) => width).join(' ')
  const isGrid = role === 'grid'
  const choose = (event: KeyboardEvent, row: Element | null, id: number | undefined) => {
    focusRow(event, row)
    if (isGrid && row && id !== undefined) onOpen(id)
  }

  const lastId = rows.at(-1)?.id
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new last row is what asks for scrolling
  useEffect(() => {
    if (!following || rows.length === 0) return
    show(rows.length - 1)
    // The heading takes a row of what is visible.
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight })
  }, [following, lastId])

  // Rows inserted above must not move what the person is looking at.
  const firstId = rows[0]?.id
  const before = useRef({ firstId, count: rows.length })
  useEffect(() => {
    const { firstId: oldFirst, count } = before.current
    const added = rows.length - count
    if (!following && oldFirst !== undefined && firstId !== undefined && firstId < oldFirst && added > 0) {
      scroller.current?.scrollBy({ top: added * rowHeight })
    }
    before.current = { firstId, count: rows.length }
  }, [firstId, rows.length, following])

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: its role is given
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: its role is given
    <div
      ref={scroller}
      className={classes.table}
      role={role}
      aria-label={label}
      aria-rowcount={rows.length}
      onWheel={(event) => {
        if (event.deltaY < 0 && following) onFollow(false)
      }}
      onPointerDown={(event) => {
        // The person takes hold of the scroll bar to look at something other than the newest row.
        const { currentTarget } = event
        if (following && event.target === currentTarget && event.nativeEvent.offsetX >= currentTarget.clientWidth) {
          onFollow(false)
        }
      }}
      onKeyDown={(event) => {
        if (following && ['ArrowUp', 'PageUp', 'Home'].includes(event.key)) onFollow(false)
      }}
      onScroll={({ currentTarget }) => {
        if (!following && currentTarget.scrollTop < nearTop * rowHeight) onNearTop()
      }}
    >
      {/* biome-ignore lint/a11y/useFocusableInteractive: a heading row is read, not acted on */}
      <div className={classes.header} role="row" style={{ gridTemplateColumns: template }}>
        {columns.map(({ name, numeric, hidesName }) => (
          // biome-ignore lint/a11y/useFocusableInteractive: a column's name is read, not acted on
          <span key={name} role="columnheader" data-numeric={numeric || undefined}>
            <span className={hidesName ? 'visually-hidden' : undefined}>{name}</span>
          </span>
        ))}
      </div>
      {rows.length === 0 ? <p className={classes.empty}>{empty}</p> : null}
      <div className={classes.rows} role="rowgroup" style={{ height }}>
        {rows.slice(from, to).map((row, index) => (
          <div
            key={row.id}
            role="row"
            tabIndex={0}
            className={classes.row}
            data-kind={row.kind}
            data-opened={row.id === opened || undefined}
            style={{ transform: `translateY(${topOf(from + index)}px)`, gridTemplateColumns: template }}
            aria-selected={isGrid ? row.id === opened : undefined}
            onClick={() => onOpen(row.id)}
            onContextMenu={openContextMenu(() => menuOf(row))}
            onKeyDown={(event) => {
              const { nextElementSibling: next, previousElementSibling: previous } = event.currentTarget
              if (event.key === 'Enter') onOpen(row.id)
              else if (event.key === 'ArrowDown') choose(event, next, rows[from + index + 1]?.id)
              else if (event.key === 'ArrowUp') choose(event, previous, rows[from + index - 1]?.id)
            }}
          >
            {columns.map(({ name, numeric, cell }) => (
              <span
                key={name}
                role={isGrid ? 'gridcell' : 'cell'}
                data-numeric={numeric || undefined}
                className={classes.cell}
              >
                {cell(row)}
              </span>
            ))}
          </div>
        ))}
      </div>
    </div>
  )
}
