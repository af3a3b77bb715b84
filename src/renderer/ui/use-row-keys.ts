import { type KeyboardEvent, type RefObject, useLayoutEffect, useRef, useState } from 'react'
import { rowAfterKey } from './row-after-key.ts'

const headingsIn = (table: Element | null): readonly HTMLElement[] =>
  Array.from(table?.querySelectorAll<HTMLElement>('[role="columnheader"]') ?? [])

interface RowKeysProps {
  readonly scroller: RefObject<HTMLDivElement | null>
  readonly rows: readonly { readonly id: number }[]
  /** The index of the row where the table is entered for the first time. */
  readonly entrance: number
  /** How many rows are visible at once. */
  page(): number
  /** Scrolls to a row. */
  show(index: number): void
  /** A key has led to a row. */
  onReach(id: number): void
  onOpen(id: number): void
}

interface RowKeys {
  /** The index of the row that is the table's place in the order of tabs; -1 without rows. */
  readonly tabStop: number
  onRowFocus(id: number): void
  onKeyDown(event: KeyboardEvent<HTMLElement>): void
}

/** One place in the order of tabs for a whole table: keys move within it. Up from the first row are the headings. */
export function useRowKeys({ scroller, rows, entrance, page, show, onReach, onOpen }: RowKeysProps): RowKeys {
  const [active, setActive] = useState<number | null>(null)
  /** The row to be focused once it is drawn. */
  const wanted = useRef<number | null>(null)
  const found = active === null ? -1 : rows.findIndex(({ id }) => id === active)
  const tabStop = found < 0 ? Math.min(entrance, rows.length - 1) : found

  const focusRow = (id: number) => {
    const row = scroller.current?.querySelector<HTMLElement>(`[data-row="${id}"]`)
    row?.focus({ preventScroll: true })
    row?.scrollIntoView({ block: 'nearest' })
  }

  useLayoutEffect(() => {
    if (wanted.current !== null) focusRow(wanted.current)
    wanted.current = null
  })

  const goTo = (index: number) => {
    const row = rows[index]
    if (!row) return
    show(index)
    onReach(row.id)
    // The row that is entered again is drawn already, and nothing would draw it once more.
    if (row.id === active) return focusRow(row.id)
    wanted.current = row.id
    setActive(row.id)
  }

  /** Returns whether the key leads somewhere. */
  const moveFromHeading = (key: string, headings: readonly HTMLElement[], at: number): boolean => {
    if (key === 'ArrowRight') headings[at + 1]?.focus()
    else if (key === 'ArrowLeft') headings[at - 1]?.focus()
    else if (key === 'ArrowDown') goTo(tabStop)
    else return false
    return true
  }

  const moveFromRow = (key: string, headings: readonly HTMLElement[]): boolean => {
    const row = rows[tabStop]
    const to = rowAfterKey(key, tabStop, rows.length, page())
    if (to === 'headings') headings[0]?.focus()
    else if (to !== null) goTo(to)
    else if (row && (key === 'Enter' || key === ' ')) onOpen(row.id)
    else return false
    return true
  }

  return {
    tabStop,
    onRowFocus: setActive,
    onKeyDown: (event) => {
      const { target, key } = event
      if (event.ctrlKey || event.altKey || event.metaKey || !(target instanceof HTMLElement)) return
      const headings = headingsIn(scroller.current)
      const heading = headings.indexOf(target)
      if (heading < 0 && target.role !== 'row') return
      const moves = heading >= 0 ? moveFromHeading(key, headings, heading) : moveFromRow(key, headings)
      if (moves) event.preventDefault()
    },
  }
}
