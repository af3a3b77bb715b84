import { ActionIcon, Button, Menu, NativeSelect } from '@mantine/core'
import { IconDownload, IconPlayerRecord, IconPlayerStop, IconTrash } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { type ErrorValue, toErrorValue } from '../../../shared/errors.ts'
import { echoServerId } from '../../../shared/session/spec.ts'
import { hideable, type LogCount, type LogFilter } from '../../../shared/transcript/query.ts'
import { socketName } from '../../../shared/workspace.ts'
import { call } from '../../api.ts'
import { report } from '../../report.ts'
import { exportLog, useLogExport } from '../../state/log-export.ts'
import { useLog } from '../../state/log-store.ts'
import type { LogView } from '../../state/log-views.ts'
import { useSavedFilters } from '../../state/saved-filters.ts'
import { useWorkspace } from '../../state/workspace-store.ts'
import { CancelExportButton } from '../../ui/cancel-export-button.tsx'
import { ColumnsButton } from '../../ui/columns-button.tsx'
import type { ColumnsControl } from '../../ui/columns-menu.ts'
import { describeExport } from '../../ui/describe-export.ts'
import { ExportStatus } from '../../ui/export-status.tsx'
import { FilterChips } from '../../ui/filter-chips.tsx'
import { FilterField } from '../../ui/filter-field.tsx'
import { FollowButton } from '../../ui/follow.tsx'
import { Problem } from '../../ui/problem.tsx'
import classes from './log.module.css'
import { describeLog, entries } from './log-status.ts'

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
        <ActionIcon size={30} aria-label="Clear" title="Clear the log" disabled={count === 0}>
          <IconTrash size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item color="red" onClick={onClear}>
          {count === 1 ? 'Delete the entry' : `Delete all ${entries(count)}`}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

/** Starts and stops the log itself: what happens while it is stopped is only counted. */
function RecordButton({ recording }: { readonly recording: boolean }) {
  return (
    <ActionIcon
      size={30}
      aria-label={recording ? 'Stop recording' : 'Record'}
      title={
        recording ? 'Stop recording: log nothing more until you record again' : 'Record: log what happens from now on'
      }
      onClick={() => call('log.record', { recording: !recording }).catch(report)}
    >
      {recording ? <IconPlayerStop size={16} /> : <IconPlayerRecord size={16} className={classes.stopped} />}
    </ActionIcon>
  )
}

interface LogToolbarProps {
  /** `log` or `events`: the start of the accessible names. */
  readonly name: string
  readonly view: LogView
  /** What the filter matches; null until that is known. */
  readonly count: LogCount | null
  /** What is wrong with the text of the filter; null for nothing. */
  readonly problem: string | null
  readonly onFilter: (patch: Partial<LogFilter>) => void
  readonly onFollow: (following: boolean) => void
  readonly columns: ColumnsControl
  /** Another control, before the figures. */
  readonly extra: ReactNode
  /** Whether what is shown is not the log: what acts on the log is hidden. */
  readonly filterOnly: boolean
}

/** Filter and actions of the log. The filter also applies to new entries. */
export function LogToolbar(props: LogToolbarProps) {
  const { name, view, count, problem, onFilter, onFollow, columns, extra, filterOnly } = props
  const { filter, following, sort } = view
  const status = useLog(({ status }) => status)
  const sockets = useWorkspace((workspace) => workspace.sockets)
  const [error, setError] = useState<ErrorValue | null>(null)
  const savedFilters = useSavedFilters()
  const exporting = useLogExport(name)
  const exportEntries = () =>
    exportLog({
      view: name,
      filter,
      as: { format: 'ndjson' },
      describe: (exported) => describeExport(exported, 'entry'),
    })
  const clear = async () => {
    setError(null)
    exporting.onDismiss()
    try {
      await call('log.clear')
    } catch (thrown) {
      setError(toErrorValue(thrown))
    }
  }
  return (
    <>
      <div className={classes.toolbar}>
        <FilterField
          name={name}
          value={filter.text}
          problem={problem}
          saved={savedFilters}
          onChange={(text) => onFilter(text === '' ? { text, part: undefined } : { text })}
          onChoose={(text) => onFilter({ text, part: undefined })}
        >
          {filter.part === undefined ? null : (
            <Button
              size="compact-xs"
              variant="light"
              title="Only where messages begin. Press to search anywhere."
              onClick={() => onFilter({ part: undefined })}
            >
              Topic only
            </Button>
          )}
        </FilterField>
        <FilterChips
          name={name}
          offered={filter.kind === 'all' ? hideable : ['echo-server']}
          hides={filter.hides}
          idle={filter.session === null ? undefined : 'echo-server'}
          onChange={(hides) => onFilter({ hides })}
        />
        <NativeSelect
          aria-label={`Socket in ${name}`}
          className={classes.source}
          data={[
            { value: allSources, label: 'All sockets' },
            { value: echoServerId, label: 'Echo server' },
            ...sockets.map((draft, index) => ({
              value: draft.id,
              label: `${index + 1}: ${socketName(draft)}`,
            })),
          ]}
          value={filter.session ?? allSources}
          onChange={(event) => onFilter({ session: event.currentTarget.value || null })}
        />
        {filterOnly ? null : (
          <>
            <FollowButton following={following} sort={sort} onChange={onFollow} />
            <div className={classes.actions}>
              {filter.kind === 'all' ? <RecordButton recording={status?.recording ?? true} /> : null}
              {exporting.progress ? (
                <CancelExportButton onCancel={exporting.onCancel} />
              ) : (
                <ActionIcon
                  size={30}
                  aria-label="Export"
                  title="Export what the filter shows"
                  disabled={problem !== null}
                  onClick={() => void exportEntries()}
                >
                  <IconDownload size={16} />
                </ActionIcon>
              )}
              {filter.kind === 'all' ? <ClearButton count={status?.count ?? 0} onClear={() => void clear()} /> : null}
              <ColumnsButton name={name} {...columns} />
            </div>
          </>
        )}
        {extra}
        {filterOnly ? null : <span className={classes.status}>{describeLog(status, filter, count)}</span>}
      </div>
      {error ? <Problem title={error.message} onDismiss={() => setError(null)} /> : null}
      {filterOnly ? null : <ExportStatus {...exporting} />}
    </>
  )
}
