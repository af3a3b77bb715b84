import { Button, Menu, NativeSelect, TextInput } from '@mantine/core'
import { IconDownload, IconPlayerPause, IconPlayerTrackNext, IconSearch, IconTrash } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { type ErrorValue, toErrorValue } from '../../../shared/errors.ts'
import { echoServerId } from '../../../shared/session/spec.ts'
import type { LogCount, LogFilter } from '../../../shared/transcript/query.ts'
import { socketName } from '../../../shared/workspace.ts'
import { call } from '../../api.ts'
import { useLog } from '../../state/log-store.ts'
import { useWorkspace } from '../../state/workspace-store.ts'
import { Problem } from '../../ui/problem.tsx'
import classes from './log.module.css'
import { describeLog, entries } from './log-status.ts'

const directions: readonly { value: LogFilter['direction']; label: string }[] = [
  { value: 'all', label: 'Both directions' },
  { value: 'sent', label: 'Sent' },
  { value: 'received', label: 'Received' },
]

const allSources = ''

interface ClearButtonProps {
  readonly count: number
  readonly onClear: () => void
}

/** Clears the log after confirmation: it deletes everything, whatever the filter. */
function ClearButton({ count, onClear }: ClearButtonProps) {
  return (
    <Menu position="bottom-end" withinPortal transitionProps={{ duration: 0 }}>
      <Menu.Target>
        <Button variant="default" leftSection={<IconTrash size={14} />} disabled={count === 0}>
          Clear
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item color="red" onClick={onClear}>
          {count === 1 ? 'Delete the entry' : `Delete all ${entries(count)}`}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

interface LogToolbarProps {
  /** `log` or `events`: the start of the accessible names. */
  readonly name: string
  readonly filter: LogFilter
  readonly following: boolean
  /** What the filter matches; null until that is known. */
  readonly count: LogCount | null
  readonly onFilter: (filter: LogFilter) => void
  readonly onFollow: (following: boolean) => void
  /** Another control, before the figures. */
  readonly extra: ReactNode
  /** Whether what is shown is not the log: what acts on the log is hidden. */
  readonly filterOnly: boolean
}

/** Filter and actions of the log. The filter also applies to new entries. */
export function LogToolbar({ name, filter, following, count, onFilter, onFollow, extra, filterOnly }: LogToolbarProps) {
  const status = useLog(({ status }) => status)
  const sockets = useWorkspace((workspace) => workspace.sockets)
  const [error, setError] = useState<ErrorValue | null>(null)
  const [saved, setSaved] = useState('')
  const attempt = async (action: () => Promise<string>) => {
    setError(null)
    try {
      setSaved(await action())
    } catch (thrown) {
      setError(toErrorValue(thrown))
    }
  }
  const exportEntries = () =>
    attempt(async () => {
      const saving = await call('log.export', { filter })
      if (saving.path === null) return ''
      const missing = saving.complete ? '' : ' The log was cleared meanwhile: the others are not in the file.'
      return `Saved ${entries(saving.entries)} to ${saving.path}.${missing}`
    })
  const clear = () =>
    attempt(async () => {
      await call('log.clear')
      return ''
    })
  return (
    <>
      <div className={classes.toolbar}>
        <TextInput
          aria-label={`Filter ${name}`}
          data-part="filter"
          placeholder="Filter by text"
          className={classes.search}
          leftSection={<IconSearch size={14} />}
          value={filter.text}
          maxLength={1000}
          onChange={(event) => onFilter({ ...filter, text: event.currentTarget.value })}
        />
        {filter.kind === 'event' ? null : (
          <NativeSelect
            aria-label={`Direction in ${name}`}
            data={[...directions]}
            value={filter.direction}
            onChange={(event) => {
              const chosen = directions.find(({ value }) => value === event.currentTarget.value)
              if (chosen) onFilter({ ...filter, direction: chosen.value })
            }}
          />
        )}
        <NativeSelect
          aria-label={`Connection in ${name}`}
          className={classes.source}
          data={[
            { value: allSources, label: 'All connections' },
            { value: echoServerId, label: 'Echo server' },
            ...sockets.map((draft, index) => ({
              value: draft.id,
              label: `${index + 1}: ${socketName(draft)}`,
            })),
          ]}
          value={filter.session ?? allSources}
          onChange={(event) => onFilter({ ...filter, session: event.currentTarget.value || null })}
        />
        {filterOnly ? null : (
          <>
            <Button
              variant="default"
              aria-pressed={following}
              leftSection={following ? <IconPlayerPause size={14} /> : <IconPlayerTrackNext size={14} />}
              onClick={() => onFollow(!following)}
            >
              {following ? 'Pause' : 'Follow'}
            </Button>
            <Button variant="default" leftSection={<IconDownload size={14} />} onClick={() => void exportEntries()}>
              Export
            </Button>
            {filter.kind === 'all' ? <ClearButton count={status?.count ?? 0} onClear={() => void clear()} /> : null}
          </>
        )}
        {extra}
        {filterOnly ? null : <span className={classes.status}>{describeLog(status, filter, count)}</span>}
      </div>
      {error ? <Problem title={error.message} onDismiss={() => setError(null)} /> : null}
      {saved ? (
        <p role="status" className={classes.saved}>
          {saved}
        </p>
      ) : null}
    </>
  )
}
