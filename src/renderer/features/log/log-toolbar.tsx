import { Button, Menu, NativeSelect, TextInput } from '@mantine/core'
import { IconDownload, IconPlayerPause, IconPlayerTrackNext, IconSearch, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { type ErrorValue, toErrorValue } from '../../../shared/errors.ts'
import { formatCount, formatSize } from '../../../shared/format.ts'
import { type LogFilter, type LogStatus, serverSource } from '../../../shared/message.ts'
import { call } from '../../api.ts'
import { useLive } from '../../state/live-store.ts'
import { useWorkspace } from '../../state/workspace-store.ts'
import { Problem } from '../../ui/problem.tsx'
import classes from './log.module.css'

const directions: readonly { value: LogFilter['direction']; label: string }[] = [
  { value: 'all', label: 'Both directions' },
  { value: 'sent', label: 'Sent' },
  { value: 'received', label: 'Received' },
]

const allSources = ''

function describe(status: LogStatus | null): string {
  if (!status) return 'The log is not available'
  const parts = [
    `${formatCount(status.count)} entries`,
    `${formatSize(status.bytes)} of ${formatSize(status.maximumBytes)}`,
  ]
  if (status.evicted > 0) parts.push(`${formatCount(status.evicted)} oldest removed`)
  if (status.unlogged > 0) parts.push(`${formatCount(status.unlogged)} came too fast to log`)
  if (status.failedToWrite > 0) parts.push(`${formatCount(status.failedToWrite)} could not be written`)
  return parts.join(' · ')
}

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
          Delete all {formatCount(count)} entries
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
  readonly onFilter: (filter: LogFilter) => void
  readonly onFollow: (following: boolean) => void
}

/** Filter and actions of the log. The filter also applies to new entries. */
export function LogToolbar({ name, filter, following, onFilter, onFollow }: LogToolbarProps) {
  const status = useLive((live) => live.logStatus)
  const connections = useWorkspace((workspace) => workspace.connections)
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
      const { path, entries } = await call('log.export', { filter })
      return path === null ? '' : `Saved ${formatCount(entries)} entries to ${path}.`
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
            { value: serverSource, label: 'Echo server' },
            ...connections.map(({ id, endpoint }, index) => ({ value: id, label: `${index + 1}: ${endpoint}` })),
          ]}
          value={filter.source ?? allSources}
          onChange={(event) => onFilter({ ...filter, source: event.currentTarget.value || null })}
        />
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
        <span className={classes.status}>{describe(status)}</span>
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
