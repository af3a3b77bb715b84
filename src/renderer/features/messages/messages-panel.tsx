import { Button, NativeSelect, Tabs } from '@mantine/core'
import { lazy, Suspense, useDeferredValue, useMemo } from 'react'
import { formatCount } from '../../../shared/format.ts'
import { noTraffic, type Traffic } from '../../../shared/session/state.ts'
import type { Topic } from '../../../shared/session/topic.ts'
import type { LogFilter } from '../../../shared/transcript/query.ts'
import type { RecordRow } from '../../../shared/transcript/record.ts'
import type { SocketDraft } from '../../../shared/workspace.ts'
import { patternOf } from '../../../shared/zmq/patterns.ts'
import { call } from '../../api.ts'
import { report } from '../../report.ts'
import { viewEntry } from '../../state/actions.ts'
import { behindWords } from '../../state/log-behind.ts'
import { useLogExport } from '../../state/log-export.ts'
import { useLog } from '../../state/log-store.ts'
import { messagesLabel, setLogFilter, setLogMode, useLogView } from '../../state/log-views.ts'
import { actionsOfRow, topicOfRow } from '../../state/row-actions.ts'
import { useSavedFilters } from '../../state/saved-filters.ts'
import { useSessions } from '../../state/session-store.ts'
import { useTableLayout } from '../../state/table-layouts.ts'
import { useListRows } from '../../state/use-list-rows.ts'
import { useActiveDraft } from '../../state/workspace-store.ts'
import { ColumnsButton } from '../../ui/columns-button.tsx'
import { describeNothing } from '../../ui/describe-nothing.ts'
import { ExportStatus } from '../../ui/export-status.tsx'
import { FilterChips } from '../../ui/filter-chips.tsx'
import { FilterField } from '../../ui/filter-field.tsx'
import { FollowButton, NewRows } from '../../ui/follow.tsx'
import { Heading } from '../../ui/heading.tsx'
import { RecordTable } from '../../ui/record-table.tsx'
import { rowMenu } from '../../ui/row-menu.ts'
import { SearchProgress } from '../../ui/search-progress.tsx'
import { describeNoMessages } from './empty-words.ts'
import { ExportMessages } from './export-messages.tsx'
import { messageColumns, partOf } from './message-columns.tsx'
import classes from './messages.module.css'
import { RateStatus } from './rate-status.tsx'
import { RemovedHint } from './removed-hint.tsx'
import { searchedTopic } from './topic-filter.tsx'
import { TopicsView } from './topics-view.tsx'

/** Loaded with the first plot. */
const PlotView = lazy(async () => ({ default: (await import('./plot-view.tsx')).PlotView }))

const hasTraffic = ({ received, sent }: Traffic): boolean => received + sent > 0

const partNames = { topic: 'Topic', peer: 'Peer' }

/** Where the text is looked for: anywhere, or in the part that messages of this socket have. */
function PartSelect({
  part,
  filter,
  onChange,
}: {
  readonly part: keyof typeof partNames
  readonly filter: LogFilter
  readonly onChange: (patch: Partial<LogFilter>) => void
}) {
  return (
    <NativeSelect
      // Else that of the field around it.
      rightSectionWidth={24}
      aria-label="Filter by"
      variant="unstyled"
      size="xs"
      w={104}
      classNames={{ input: classes.part }}
      data={[
        { value: '', label: 'Anywhere' },
        { value: part, label: partNames[part] },
      ]}
      value={filter.part ?? ''}
      onChange={(event) => onChange({ part: event.currentTarget.value === '' ? undefined : part })}
    />
  )
}

/** Why nothing comes: a person has stopped the log. */
function NotRecording() {
  return (
    <p className={classes.notRecording}>
      Recording is stopped: new messages are counted, and not listed.
      <Button size="compact-xs" variant="light" onClick={() => call('log.record', { recording: true }).catch(report)}>
        Record
      </Button>
    </p>
  )
}

/** The messages of a socket in the order in which they came, or another that was chosen. */
function MessageList({ draft }: { readonly draft: SocketDraft }) {
  const { id, pattern, subscriptions } = draft
  const label = messagesLabel(id)
  const view = useLogView(label, 'message')
  const { sort } = view
  const part = partOf(pattern)
  const { sends, receives } = patternOf(pattern)
  // The socket may have been of another type when that was chosen.
  const filter = useMemo(
    () => ({
      ...view.filter,
      session: id,
      part: view.filter.part === part ? view.filter.part : undefined,
      hides: sends && receives ? view.filter.hides : [],
    }),
    [view.filter, id, part, sends, receives],
  )
  const setFilter = (patch: Partial<LogFilter>) => setLogFilter(label, { ...view.filter, ...patch })
  const setFollowing = (following: boolean) => setLogMode(label, { following })
  const list = useListRows(useDeferredValue(filter), view, setFollowing)
  const [layout, onLayout] = useTableLayout(`messages ${part ?? ''}`.trim())
  const opened = useLog(({ viewed, viewedBeside }) => (viewedBeside === id ? viewed?.id : undefined))
  const partner = useLog((log) => log.partner)
  const status = useLog((log) => log.status)
  const recording = useLog(({ status }) => status?.recording ?? true)
  const behind = status ? behindWords(status) : ''
  const isOpen = useSessions(({ sessions }) => sessions[id]?.phase === 'open')
  const hadMessages = useSessions(({ sessions }) => hasTraffic(sessions[id]?.traffic ?? noTraffic))
  const columns = useMemo(() => messageColumns(pattern, subscriptions), [pattern, subscriptions])
  const control = { columns, layout, onLayout }
  const menuOf = async (row: RecordRow) => {
    const topic = part === 'topic' ? await topicOfRow(row) : null
    return rowMenu(row, {
      ...(await actionsOfRow(row)),
      filterToSocket: null,
      filterToTopic: topic === null ? null : () => setFilter({ part: 'topic', text: topic }),
    })
  }
  const saved = useSavedFilters()
  const exporting = useLogExport(label)
  const isFiltered = filter.text !== '' || filter.hides.length > 0
  return (
    <>
      <div className={classes.toolbar}>
        <FilterField
          name="messages"
          value={filter.text}
          problem={list.problem}
          saved={saved}
          onChange={(text) => setFilter({ text })}
          onChoose={(text) => setFilter({ text, part: undefined })}
        >
          {part === null ? null : <PartSelect part={part} filter={filter} onChange={setFilter} />}
        </FilterField>
        {sends && receives ? (
          <FilterChips
            name="messages"
            offered={['sent', 'received']}
            hides={filter.hides}
            onChange={(hides) => setFilter({ hides })}
          />
        ) : null}
        <FollowButton following={view.following} sort={sort} onChange={setFollowing} />
        <ExportMessages socket={id} filter={filter} opened={opened} />
        <ColumnsButton name="messages" {...control} />
        <span className={classes.status}>
          {list.count === null ? '' : formatCount(list.count.matching)}
          {list.count?.isPartial ? '…' : ''}
          {behind === '' ? '' : ` · ${behind}`}
          <RemovedHint evicted={status?.evicted ?? 0} />
        </span>
      </div>
      <ExportStatus {...exporting} />
      {recording ? null : <NotRecording />}
      <SearchProgress {...list.search} />
      <RecordTable
        label="Message list"
        role="grid"
        {...control}
        {...list.table}
        sort={sort}
        opened={opened}
        partner={partner}
        empty={
          isFiltered || list.searching ? describeNothing(list) : describeNoMessages(draft, isOpen, status, hadMessages)
        }
        onOpen={(record) => void viewEntry(record).catch(report)}
        onSort={(next) => setLogMode(label, { sort: next })}
        menuOf={menuOf}
      >
        <NewRows count={list.newCount} sort={sort} onShow={list.showNew} />
      </RecordTable>
    </>
  )
}

/** The forms in which messages are shown, and whether it needs messages that were received. */
const forms = [
  { value: 'list', name: 'List', ofReceived: false },
  { value: 'topics', name: 'Topics', ofReceived: true },
  { value: 'plot', name: 'Plot', ofReceived: false },
] as const

/** The messages of a socket, as they come and go: one by one, by their topics, or as values over time. */
export function MessagesPanel() {
  const draft = useActiveDraft()
  const label = messagesLabel(draft.id)
  const view = useLogView(label, 'message')
  const { receives } = patternOf(draft.pattern)
  const offered = forms.filter(({ ofReceived }) => receives || !ofReceived)
  const form = offered.find(({ value }) => value === view.form)?.value ?? 'list'
  const filterTo = (topic: Topic) => setLogFilter(label, { ...view.filter, part: 'topic', text: searchedTopic(topic) })
  const selectTopic = (topic: Topic) => {
    // What a person looks for elsewhere stays.
    const isFree = view.filter.text === '' || view.filter.part === 'topic'
    if (isFree && partOf(draft.pattern) === 'topic') filterTo(topic)
  }
  const showInList = (topic: Topic) => {
    filterTo(topic)
    setLogMode(label, { form: 'list' })
  }
  return (
    <section aria-label="Messages" data-part="reply" className={classes.messages}>
      <div className={classes.heading}>
        <Heading
          aside={<RateStatus draft={draft} />}
          beside={
            <Tabs
              value={form}
              onChange={(chosen) => {
                const next = offered.find(({ value }) => value === chosen)
                if (next) setLogMode(label, { form: next.value })
              }}
            >
              <Tabs.List className={classes.forms ?? ''}>
                {offered.map(({ value, name }) => (
                  <Tabs.Tab key={value} value={value}>
                    {name}
                  </Tabs.Tab>
                ))}
              </Tabs.List>
            </Tabs>
          }
        >
          Messages
        </Heading>
      </div>
      {form === 'topics' ? (
        <TopicsView key={draft.id} draft={draft} onSelect={selectTopic} onShowInList={showInList} />
      ) : form === 'plot' ? (
        <Suspense fallback={null}>
          <PlotView socket={draft.id} />
        </Suspense>
      ) : (
        <MessageList draft={draft} />
      )}
    </section>
  )
}
