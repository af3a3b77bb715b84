import { Button, NativeSelect, TextInput } from '@mantine/core'
import { IconPlayerPause, IconPlayerTrackNext, IconSearch } from '@tabler/icons-react'
import { useDeferredValue, useMemo } from 'react'
import { formatCount } from '../../../shared/format.ts'
import type { LogFilter } from '../../../shared/transcript/query.ts'
import type { SocketDraft } from '../../../shared/workspace.ts'
import { patternOf } from '../../../shared/zmq/patterns.ts'
import { report } from '../../report.ts'
import { viewEntry } from '../../state/actions.ts'
import { useLog } from '../../state/log-store.ts'
import { setLogView, useLogView } from '../../state/log-views.ts'
import { rowActions } from '../../state/row-actions.ts'
import { useSessions } from '../../state/session-store.ts'
import { useLogCount } from '../../state/use-log-count.ts'
import { useLogRows } from '../../state/use-log-rows.ts'
import { useActiveDraft } from '../../state/workspace-store.ts'
import { Heading } from '../../ui/heading.tsx'
import { RecordTable } from '../../ui/record-table.tsx'
import { rowMenu } from '../../ui/row-menu.ts'
import { messageColumns, partOf } from './message-columns.tsx'
import classes from './messages.module.css'
import { RateStatus } from './rate-status.tsx'

const directions: readonly { value: LogFilter['direction']; label: string }[] = [
  { value: 'all', label: 'Both directions' },
  { value: 'sent', label: 'Sent' },
  { value: 'received', label: 'Received' },
]

/** What to do for a message to appear, while there is none. */
function whatToDo({ pattern, subscriptions }: SocketDraft, isOpen: boolean): string {
  const { sends, receives, subscribes } = patternOf(pattern)
  if (!isOpen) return sends ? 'Open the socket, or send a message.' : 'Open the socket to receive messages.'
  if (subscribes !== null && subscriptions.length === 0) return 'No subscription: nothing is received. Add one.'
  if (!receives) return 'Nothing sent yet.'
  return sends ? 'No message yet. Send one, or wait for one.' : 'Waiting for a message.'
}

const partNames = { topic: 'Topic', peer: 'Peer' }

/** Where the text is looked for: anywhere, or in the part that messages of this socket have. */
function PartSelect({
  part,
  filter,
  onChange,
}: {
  readonly part: NonNullable<LogFilter['part']>
  readonly filter: LogFilter
  readonly onChange: (patch: Partial<LogFilter>) => void
}) {
  return (
    <NativeSelect
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

/** The messages of a socket, as they come and go. */
export function MessagesPanel() {
  const draft = useActiveDraft()
  const { id, pattern, subscriptions } = draft
  const label = `messages ${id}`
  const view = useLogView(label, 'message')
  const { following } = view
  const part = partOf(pattern)
  // The socket may have been of another type when that was chosen.
  const filter = useMemo(
    () => ({ ...view.filter, session: id, part: view.filter.part === part ? view.filter.part : undefined }),
    [view.filter, id, part],
  )
  const setFilter = (patch: Partial<LogFilter>) => setLogView(label, { ...view, filter: { ...view.filter, ...patch } })
  const setFollowing = (next: boolean) => setLogView(label, { ...view, following: next })
  const { rows, loadOlder } = useLogRows(useDeferredValue(filter), following)
  const isFiltered = filter.text !== '' || filter.direction !== 'all'
  const count = useLogCount(filter, true)
  const opened = useLog(({ viewed, viewedBeside }) => (viewedBeside === id ? viewed?.id : undefined))
  const unlogged = useLog(({ status }) => status?.unlogged ?? 0)
  const isOpen = useSessions(({ sessions }) => sessions[id]?.phase === 'open')
  const columns = useMemo(() => messageColumns(pattern, subscriptions), [pattern, subscriptions])
  const { sends, receives } = patternOf(pattern)
  return (
    <section aria-label="Messages" data-part="reply" className={classes.messages}>
      <div className={classes.heading}>
        <Heading aside={<RateStatus draft={draft} />}>Messages</Heading>
      </div>
      <div className={classes.toolbar}>
        <TextInput
          aria-label="Filter messages"
          placeholder="Text, or h'00 ff'"
          rightSection={part === null ? null : <PartSelect part={part} filter={filter} onChange={setFilter} />}
          rightSectionWidth={104}
          className={classes.search}
          leftSection={<IconSearch size={14} />}
          value={filter.text}
          maxLength={1000}
          onChange={(event) => setFilter({ text: event.currentTarget.value })}
        />
        {sends && receives ? (
          <NativeSelect
            aria-label="Direction of messages"
            data={[...directions]}
            value={filter.direction}
            onChange={(event) => {
              const chosen = directions.find(({ value }) => value === event.currentTarget.value)
              if (chosen) setFilter({ direction: chosen.value })
            }}
          />
        ) : null}
        <Button
          variant="default"
          aria-pressed={following}
          leftSection={following ? <IconPlayerPause size={14} /> : <IconPlayerTrackNext size={14} />}
          onClick={() => setFollowing(!following)}
        >
          {following ? 'Pause' : 'Follow'}
        </Button>
        <span className={classes.status}>
          {count === null ? '' : formatCount(count.matching)}
          {unlogged > 0 ? ` · ${formatCount(unlogged)} came too fast to log` : ''}
        </span>
      </div>
      <RecordTable
        label="Message list"
        role="grid"
        columns={columns}
        rows={rows}
        following={following}
        opened={opened}
        empty={isFiltered ? 'Nothing matches the filter.' : whatToDo(draft, isOpen)}
        onFollow={setFollowing}
        onNearTop={loadOlder}
        menuOf={(row) => rowMenu(row, rowActions)}
        onOpen={(record) => void viewEntry(record).catch(report)}
      />
    </section>
  )
}
