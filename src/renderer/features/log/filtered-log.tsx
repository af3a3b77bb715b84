import { Button } from '@mantine/core'
import { type ReactNode, useDeferredValue } from 'react'
import type { LogFilter } from '../../../shared/transcript/query.ts'
import { report } from '../../report.ts'
import { viewEntry } from '../../state/actions.ts'
import { useLog } from '../../state/log-store.ts'
import { setLogView, useLogView } from '../../state/log-views.ts'
import { rowActions } from '../../state/row-actions.ts'
import { useLogCount } from '../../state/use-log-count.ts'
import { useLogRows } from '../../state/use-log-rows.ts'
import { type Column, RecordTable } from '../../ui/record-table.tsx'
import { rowMenu } from '../../ui/row-menu.ts'
import classes from './log.module.css'
import { describeEmpty, isFiltered } from './log-status.ts'
import { LogToolbar } from './log-toolbar.tsx'

interface FilteredLogProps {
  /** The region's accessible name. */
  readonly label: string
  readonly kind: LogFilter['kind']
  readonly columns: readonly Column[]
  /** What stands in place of the rows while nothing was ever logged. */
  readonly empty: string
  /** Another view of the same things, with a button that switches to it and back. */
  readonly other?: { readonly button: string; readonly explanation: string; view(filter: LogFilter): ReactNode }
}

/** A view of the log: a filter above a table. */
export function FilteredLog({ label, kind, columns, empty, other }: FilteredLogProps) {
  const name = label.toLowerCase()
  const view = useLogView(label, kind)
  const { filter, following, showsOther } = view
  const setFilter = (next: LogFilter) => setLogView(label, { ...view, filter: next })
  const setFollowing = (next: boolean) => setLogView(label, { ...view, following: next })
  const { rows, loadOlder } = useLogRows(useDeferredValue(filter), following)
  const filtered = isFiltered(filter)
  const status = useLog(({ status }) => status)
  const opened = useLog(({ viewed }) => viewed?.id)
  // The log's status says how many entries there are of all kinds.
  const count = useLogCount(filter, filtered || kind !== 'all')
  return (
    <section aria-label={label} data-part={name} className={classes.log}>
      <LogToolbar
        name={name}
        filter={filter}
        following={following}
        count={count}
        onFilter={setFilter}
        onFollow={setFollowing}
        filterOnly={other !== undefined && showsOther}
        extra={
          other ? (
            <Button
              variant={showsOther ? 'light' : 'default'}
              aria-pressed={showsOther}
              title={other.explanation}
              onClick={() => setLogView(label, { ...view, showsOther: !showsOther })}
            >
              {other.button}
            </Button>
          ) : null
        }
      />
      {other && showsOther ? (
        other.view(filter)
      ) : (
        <RecordTable
          label={`${label} entries`}
          role="table"
          opened={opened}
          onOpen={(id) => void viewEntry(id).catch(report)}
          columns={columns}
          rows={rows}
          following={following}
          empty={filtered ? 'Nothing matches the filter.' : describeEmpty(status, empty)}
          onFollow={setFollowing}
          onNearTop={loadOlder}
          menuOf={(row) => rowMenu(row, rowActions)}
        />
      )}
    </section>
  )
}
