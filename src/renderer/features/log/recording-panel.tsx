import { CloseButton } from '@mantine/core'
import { useDeferredValue, useMemo, useState } from 'react'
import { formatClock, formatCount, formatDay, formatElapsed } from '../../../shared/format.ts'
import type { OpenedRecording } from '../../../shared/recording/opened.ts'
import type { LogFilter } from '../../../shared/transcript/query.ts'
import { report } from '../../report.ts'
import { viewEntry } from '../../state/actions.ts'
import { useLog } from '../../state/log-store.ts'
import { setLogFilter, setLogMode, useLogView } from '../../state/log-views.ts'
import { closeRecording, useRecording } from '../../state/recording-store.ts'
import { actionsOfRow } from '../../state/row-actions.ts'
import { useSavedFilters } from '../../state/saved-filters.ts'
import { useTableLayout } from '../../state/table-layouts.ts'
import { useLogCount } from '../../state/use-log-count.ts'
import { useRecordingRows } from '../../state/use-recording-rows.ts'
import { useSearchProgress } from '../../state/use-search-progress.ts'
import { ColumnsButton } from '../../ui/columns-button.tsx'
import { describeNothing } from '../../ui/describe-nothing.ts'
import { FilterChips } from '../../ui/filter-chips.tsx'
import { FilterField } from '../../ui/filter-field.tsx'
import { Heading } from '../../ui/heading.tsx'
import { Problem } from '../../ui/problem.tsx'
import { RecordTable } from '../../ui/record-table.tsx'
import { rowMenu } from '../../ui/row-menu.ts'
import { SearchProgress } from '../../ui/search-progress.tsx'
import { logColumns } from './columns.tsx'
import classes from './log.module.css'

/** What is known of a recording before its records are looked at. */
function factsOf({ records, span, sockets, header }: OpenedRecording): string {
  return [
    `${formatCount(records)} ${records === 1 ? 'record' : 'records'}`,
    ...(sockets.length === 0 ? [] : [`${sockets.length} ${sockets.length === 1 ? 'socket' : 'sockets'}`]),
    ...(span
      ? [`${formatDay(span.from)} ${formatClock(span.from)}`, formatElapsed(span.to - span.from)]
      : [`made on ${formatDay(header.at)}`]),
    'read-only',
  ].join(' · ')
}

/** The records of an opened recording, with a filter. */
function RecordingPanelOf({ opened }: { readonly opened: OpenedRecording }) {
  const view = useLogView('Recording', 'all')
  const { sort } = view
  const filter = useMemo(() => ({ ...view.filter, session: null, transcript: 'recording' as const }), [view.filter])
  const setFilter = (patch: { text?: string; hides?: typeof filter.hides }) =>
    setLogFilter('Recording', { ...view.filter, ...patch })
  const searched = useDeferredValue(filter)
  const [stopped, setStopped] = useState<LogFilter | null>(null)
  const isStopped = stopped === searched
  const list = useRecordingRows(searched, sort, isStopped)
  const count = useLogCount(searched, !isStopped)
  const progress = useSearchProgress(searched, count)
  const matching = count?.isPartial ? null : (count?.matching ?? null)
  const [layout, onLayout] = useTableLayout('recording')
  const saved = useSavedFilters()
  const viewed = useLog((log) => log.viewed?.id)
  const partner = useLog((log) => log.partner)
  const control = { columns: logColumns, layout, onLayout }
  const isFiltered = filter.text !== '' || filter.hides.length > 0
  return (
    <section aria-label="Recording" data-part="recording" className={classes.log}>
      <div className={classes.recordingHeading}>
        <Heading
          beside={
            <span className={classes.recordingFacts} title={opened.name}>
              <strong>{opened.name}</strong>
              <span>{factsOf(opened)}</span>
            </span>
          }
          aside={<CloseButton aria-label="Close the recording" onClick={() => closeRecording().catch(report)} />}
        >
          Recording
        </Heading>
      </div>
      {opened.problem === null ? null : (
        <div className={classes.recordingProblem}>
          <Problem title={opened.problem} />
        </div>
      )}
      <div className={classes.toolbar}>
        <FilterField
          name="recording"
          value={filter.text}
          problem={list.problem}
          saved={saved}
          onChange={(text) => setFilter({ text })}
          onChoose={(text) => setFilter({ text })}
        />
        <FilterChips
          name="recording"
          offered={['sent', 'received', 'events']}
          hides={filter.hides}
          onChange={(hides) => setFilter({ hides })}
        />
        <ColumnsButton name="recording" {...control} />
        <span className={classes.status}>
          {count === null ? '' : formatCount(count.matching)}
          {count?.isPartial ? '…' : ''}
        </span>
      </div>
      <SearchProgress
        progress={progress}
        isStopped={isStopped}
        skipped={count?.skipped ?? 0}
        onStop={() => setStopped(searched)}
        onGoOn={() => setStopped(null)}
      />
      <RecordTable
        label="Recording entries"
        role="grid"
        {...control}
        rows={list.rows}
        newestFirst={sort?.by === 'time' && sort.descending}
        whole={matching === null ? null : { count: matching, before: 0 }}
        following={false}
        sort={sort}
        opened={viewed}
        partner={partner}
        empty={isFiltered || list.searching ? describeNothing(list) : 'Nothing was recorded.'}
        onLeave={() => undefined}
        onNearOldest={() => undefined}
        onNearEnd={list.loadMore}
        onOpen={(id) => void viewEntry(id).catch(report)}
        onSort={(next) => setLogMode('Recording', { sort: next })}
        menuOf={async (row) =>
          rowMenu(row, { ...(await actionsOfRow(row)), filterToSocket: null, filterToTopic: null })
        }
      >
        {null}
      </RecordTable>
    </section>
  )
}

/** The records of the recording that is open; nothing while none is. */
export function RecordingPanel() {
  const opened = useRecording((recording) => recording.opened)
  const opening = useRecording((recording) => recording.opening)
  return opened ? <RecordingPanelOf key={opening} opened={opened} /> : null
}
