import {
  IconArrowsHorizontal,
  IconEyeOff,
  IconRestore,
  IconSortAscending,
  IconSortDescending,
} from '@tabler/icons-react'
import type { LogSort } from '../../shared/transcript/query.ts'
import type { TableLayout } from '../../shared/workspace.ts'
import type { MenuContent } from './menu-entries.ts'
import { type Column, shownColumns, withShown, withUsualWidth } from './table-columns.ts'

/** The columns of a table, how they are set, and who is told of a change. */
export interface ColumnsControl {
  readonly columns: readonly Column[]
  readonly layout: TableLayout
  readonly onLayout: (layout: TableLayout) => void
}

/** Which columns are shown. */
export function columnsMenu({ columns, layout, onLayout }: ColumnsControl): MenuContent {
  const shown = shownColumns(columns, layout)
  const isUsual = layout.hidden.length === 0 && Object.keys(layout.widths).length === 0
  return [
    { group: 'Columns' },
    ...columns.map((column) => {
      const isShown = shown.includes(column)
      return {
        label: column.name,
        checked: isShown,
        disabled: isShown && shown.length === 1,
        onSelect: () => onLayout(withShown(layout, column.id, !isShown)),
      }
    }),
    'divider',
    {
      label: 'Usual columns',
      icon: IconRestore,
      disabled: isUsual,
      onSelect: () => onLayout({ widths: {}, hidden: [] }),
    },
  ]
}

const orders: Readonly<Record<LogSort['by'], { readonly ascending: string; readonly descending: string }>> = {
  time: { ascending: 'Oldest first', descending: 'Newest first' },
  size: { ascending: 'Smallest first', descending: 'Largest first' },
  'round-trip': { ascending: 'Shortest first', descending: 'Longest first' },
}

/** The orders that a column offers. */
function sortMenu({ sorts }: Column, onSort: (sort: LogSort | null) => void): MenuContent {
  if (!sorts) return []
  const { ascending, descending } = orders[sorts]
  return [
    {
      label: ascending,
      icon: IconSortAscending,
      // The usual order.
      onSelect: () => onSort(sorts === 'time' ? null : { by: sorts, descending: false }),
    },
    { label: descending, icon: IconSortDescending, onSelect: () => onSort({ by: sorts, descending: true }) },
    'divider',
  ]
}

/** What can be done with a column. `resize` gives the focus to what changes its width. */
export function columnMenu(
  column: Column,
  control: ColumnsControl,
  onSort: (sort: LogSort | null) => void,
  resize: () => void,
): MenuContent {
  const { columns, layout, onLayout } = control
  const { id, name } = column
  return [
    ...sortMenu(column, onSort),
    { label: 'Change the width', icon: IconArrowsHorizontal, keys: '← →', onSelect: resize },
    layout.widths[id] !== undefined && {
      label: 'Usual width',
      icon: IconRestore,
      onSelect: () => onLayout(withUsualWidth(layout, id)),
    },
    {
      label: `Hide “${name}”`,
      icon: IconEyeOff,
      disabled: shownColumns(columns, layout).length === 1,
      onSelect: () => onLayout(withShown(layout, id, false)),
    },
    'divider',
    ...columnsMenu(control),
  ]
}
