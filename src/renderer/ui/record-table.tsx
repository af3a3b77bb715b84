import { type ReactNode, useEffect, useRef } from 'react'
import type { LogSort } from '../../shared/transcript/query.ts'
import type { RecordRow } from '../../shared/transcript/record.ts'
import type { ColumnsControl } from './columns-menu.ts'
import { openContextMenu } from './context-menu.tsx'
import type { MenuContent } from './menu-entries.ts'
import { onPress } from './on-press.ts'
import classes from './record-table.module.css'
import { shownColumns, tracksOf } from './table-columns.ts'
import { TableHeader } from './table-header.tsx'
import { useRowKeys } from './use-row-keys.ts'
import { useTallRows } from './use-tall-rows.ts'

const rowHeight = 24
/** Distance from the oldest row, in rows, at which older rows are requested. */
const nearOldest = 30

interface RecordTableProps extends ColumnsControl {
  /** The accessible name. */
  readonly label: string
  /** A grid's rows are chosen with the arrow keys; a table's are opened. */
  readonly role: 'table' | 'grid'
  /** In the order in which they are shown. */
  readonly rows: readonly RecordRow[]
  /** Whether the newest row is the first. */
  readonly newestFirst: boolean
  /** How many rows there are in all, and how many of them come before the first one here; null until that is known. */
  readonly whole: { readonly count: number; readonly before: number } | null
  readonly following: boolean
  readonly sort: LogSort | null
  /** The id of the record that is open. */
  readonly opened: number | undefined
  /** The id of the other message of its exchange. */
  readonly partner: number | null
  readonly empty: string
  /** What lies over the rows. */
  readonly children: ReactNode
  /** Called when the person scrolls away from the newest row. */
  readonly onLeave: () => void
  readonly onNearOldest: () => void
  /** Called when the person comes near the end of the rows. */
  readonly onNearEnd?: () => void
  readonly onOpen: (id: number) => void
  readonly onSort: (sort: LogSort | null) => void
  /** What the context menu of a row offers. */
  readonly menuOf: (row: RecordRow) => MenuContent | Promise<MenuContent>
}

/** Says of a row that it belongs to the message that is open. The mark at its beginning shows it. */
function PartnerMark({ isRequest }: { readonly isRequest: boolean }) {
  return <span className="visually-hidden">{isRequest ? 'its request ' : 'its reply '}</span>
}

/** The keys that lead away from the newest row. */
const leavingKeys = (newestFirst: boolean): readonly string[] =>
  newestFirst ? ['ArrowDown', 'PageDown', 'End'] : ['ArrowUp', 'PageUp', 'Home']

/** Records, one in each row, virtualised. A press opens one. */
export function RecordTable(props: RecordTableProps) {
  const { label, role, columns, layout, onLayout, rows, newestFirst, whole, following, sort, opened, partner } = props
  const { empty, children, onLeave, onNearOldest, onNearEnd, onOpen, onSort, menuOf } = props
  const scroller = useRef<HTMLDivElement>(null)
  const { height, from, to, topOf, show } = useTallRows(scroller, rows.length, rowHeight)
  const shown = shownColumns(columns, layout)
  const { template, least } = tracksOf(shown, layout)
  const isGrid = role === 'grid'
  const { tabStop, onRowFocus, onKeyDown } = useRowKeys({
    scroller,
    rows,
    entrance: following && !newestFirst ? rows.length - 1 : from,
    // Without the heading, and with one row that stays.
    page: () => Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2),
    show,
    onReach: (id) => isGrid && onOpen(id),
    onOpen,
  })

  const newestId = (newestFirst ? rows[0] : rows.at(-1))?.id
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new newest row is what asks for scrolling
  useEffect(() => {
    if (!following || rows.length === 0) return
    show(newestFirst ? 0 : rows.length - 1)
    // The heading takes a row of what is visible.
    scroller.current?.scrollTo({ top: newestFirst ? 0 : scroller.current.scrollHeight })
  }, [following, newestId, newestFirst])

  // Rows inserted above must not move what the person is looking at.
  const firstId = rows[0]?.id
  const before = useRef({ firstId, count: rows.length })
  useEffect(() => {
    const { firstId: oldFirst, count } = before.current
    const added = rows.length - count
    const isInOrder = !newestFirst && (sort === null || sort.by === 'time')
    const isOlder = isInOrder && oldFirst !== undefined && firstId !== undefined && firstId < oldFirst
    if (!following && isOlder && added > 0) scroller.current?.scrollBy({ top: added * rowHeight })
    before.current = { firstId, count: rows.length }
  }, [firstId, rows.length, following, newestFirst, sort])

  const visible = Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index)
  // The row that has the focus, or would get it, stays, wherever the list is scrolled to.
  const drawn = tabStop >= 0 && (tabStop < from || tabStop >= to) ? [...visible, tabStop] : visible

  return (
    <div className={classes.frame}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: its role is given */}
      {/* biome-ignore lint/a11y/useAriaPropsSupportedByRole: its role is given */}
      <div
        ref={scroller}
        className={classes.table}
        role={role}
        aria-label={label}
        aria-rowcount={whole === null ? -1 : Math.max(whole.count, rows.length) + 1}
        onWheel={({ deltaY }) => {
          if (following && (newestFirst ? deltaY > 0 : deltaY < 0)) onLeave()
        }}
        onPointerDown={(event) => {
          // The person takes hold of the scroll bar to look at something other than the newest row.
          const { currentTarget } = event
          if (following && event.target === currentTarget && event.nativeEvent.offsetX >= currentTarget.clientWidth) {
            onLeave()
          }
        }}
        onKeyDown={({ key }) => {
          if (following && leavingKeys(newestFirst).includes(key)) onLeave()
        }}
        onScroll={({ currentTarget }) => {
          const { scrollTop, scrollHeight, clientHeight } = currentTarget
          const distance = newestFirst ? scrollHeight - clientHeight - scrollTop : scrollTop
          if (!following && distance < nearOldest * rowHeight) onNearOldest()
          if (scrollHeight - clientHeight - scrollTop < nearOldest * rowHeight) onNearEnd?.()
        }}
      >
        <div style={{ minWidth: least }}>
          <TableHeader
            columns={columns}
            layout={layout}
            onLayout={onLayout}
            template={template}
            sort={sort}
            onSort={onSort}
            isTabStop={rows.length === 0}
            onKeyDown={onKeyDown}
          />
          {rows.length === 0 ? <p className={classes.empty}>{empty}</p> : null}
          <div className={classes.rows} role="rowgroup" style={{ height }}>
            {drawn.map((index) => {
              const row = rows[index]
              if (!row) return null
              return (
                <div
                  key={row.id}
                  role="row"
                  tabIndex={index === tabStop ? 0 : -1}
                  aria-rowindex={(whole?.before ?? 0) + index + 2}
                  className={classes.row}
                  data-row={row.id}
                  data-kind={row.kind}
                  data-opened={row.id === opened || undefined}
                  data-partner={row.id === partner || undefined}
                  style={{ transform: `translateY(${topOf(index)}px)`, gridTemplateColumns: template }}
                  aria-selected={isGrid ? row.id === opened : undefined}
                  {...onPress(() => onOpen(row.id))}
                  onContextMenu={openContextMenu(() => menuOf(row))}
                  onFocus={() => onRowFocus(row.id)}
                  onKeyDown={onKeyDown}
                >
                  {shown.map(({ id, numeric, cell }, at) => (
                    <span
                      key={id}
                      role={isGrid ? 'gridcell' : 'cell'}
                      data-numeric={numeric || undefined}
                      className={classes.cell}
                    >
                      {at === 0 && row.id === partner ? <PartnerMark isRequest={row.id < (opened ?? 0)} /> : null}
                      {cell(row)}
                    </span>
                  ))}
                </div>
              )
            })}
          </div>
        </div>
      </div>
      {children}
    </div>
  )
}
