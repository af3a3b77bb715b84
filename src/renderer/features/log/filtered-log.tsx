import { Button } from '@mantine/core'
import { type ReactNode, useDeferredValue } from 'react'
import type { LogFilter } from '../../../shared/transcript/query.ts'
import type { RecordRow } from '../../../shared/transcript/record.ts'
import { report } from '../../report.ts'
import { viewEntry } from '../../state/actions.ts'
import { useLog } from '../../state/log-store.ts'
import { setLogFilter, setLogMode, useLogView } from '../../state/log-views.ts'
import { actionsOfRow, topicOfRow } from '../../state/row-actions.ts'
import { useTableLayout } from '../../state/table-layouts.ts'
import { useListRows } from '../../state/use-list-rows.ts'
import { describeNothing } from '../../ui/describe-nothing.ts'
import { NewRows } from '../../ui/follow.tsx'
import { RecordTable } from '../../ui/record-table.tsx'
import { rowMenu } from '../../ui/row-menu.ts'
import { SearchProgress } from '../../ui/search-progress.tsx'
import type { Column } from '../../ui/table-columns.ts'
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
  /** The same while there is only what this view leaves out. */
  readonly hidden: string
  /** Another view of the same things, with a button that switches to it and back. */
  readonly other?: { readonly button: string; readonly explanation: string; view(filter: LogFilter): ReactNode }
}

/** A view of the log: a filter above a table. */
export function FilteredLog({ label, kind, columns, empty, hidden, other }: FilteredLogProps) {
  const name = label.toLowerCase()
  const view = useLogView(label, kind)
  const { filter, showsOther, sort } = view
  const setFilter = (patch: Partial<LogFilter>) => setLogFilter(label, { ...filter, ...patch })
  const setFollowing = (following: boolean) => setLogMode(label, { following })
  const list = useListRows(useDeferredValue(filter), view, setFollowing)
  const [layout, onLayout] = useTableLayout(name)
  const status = useLog(({ status }) => status)
  const opened = useLog(({ viewed }) => viewed?.id)
  const partner = useLog((log) => log.partner)
  const control = { columns, layout, onLayout }
  const menuOf = async (row: RecordRow) => {
    const topic = await topicOfRow(row)
    return rowMenu(row, {
      ...(await actionsOfRow(row)),
      filterToSocket: () => setFilter({ session: row.session }),
      filterToTopic: topic === null ? null : () => setFilter({ session: row.session, part: 'topic', text: topic }),
    })
  }
  return (
    <section aria-label={label} data-part={name} className={classes.log}>
      <LogToolbar
        name={name}
        view={view}
        count={list.count}
        problem={list.problem}
        onFilter={setFilter}
        onFollow={setFollowing}
        filterOnly={other !== undefined && showsOther}
        columns={control}
        extra={
          other ? (
            <Button
              variant={showsOther ? 'light' : 'default'}
              aria-pressed={showsOther}
              title={other.explanation}
              onClick={() => setLogMode(label, { showsOther: !showsOther })}
            >
              {other.button}
            </Button>
          ) : null
        }
      />
      {other && showsOther ? null : <SearchProgress {...list.search} />}
      {other && showsOther ? (
        other.view(filter)
      ) : (
        <RecordTable
          label={`${label} entries`}
          role="table"
          {...control}
          {...list.table}
          sort={sort}
          opened={opened}
          partner={partner}
          empty={isFiltered(filter) || list.searching ? describeNothing(list) : describeEmpty(status, empty, hidden)}
          onOpen={(id) => void viewEntry(id).catch(report)}
          onSort={(next) => setLogMode(label, { sort: next })}
          menuOf={menuOf}
        >
          <NewRows count={list.newCount} sort={sort} onShow={list.showNew} />
        </RecordTable>
      )}
    </section>
  )
}
