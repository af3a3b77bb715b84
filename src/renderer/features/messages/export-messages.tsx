import { ActionIcon, Menu } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import type { ExportForm } from '../../../shared/contract/log.ts'
import type { LogFilter } from '../../../shared/transcript/query.ts'
import { askForColumns } from '../../state/csv-export.ts'
import { exportLog, useLogExport } from '../../state/log-export.ts'
import { messagesLabel } from '../../state/log-views.ts'
import { CancelExportButton } from '../../ui/cancel-export-button.tsx'
import { describeExport } from '../../ui/describe-export.ts'
import { MenuItems } from '../../ui/menu-items.tsx'
import { CsvDialog } from './csv-dialog.tsx'

interface ExportMessagesProps {
  readonly socket: string
  readonly filter: LogFilter
  /** The message that is open. */
  readonly opened: number | undefined
}

/** Saves what the filter shows. */
export function ExportMessages({ socket, filter, opened }: ExportMessagesProps) {
  const { progress, onCancel } = useLogExport(messagesLabel(socket))
  const save = (as: ExportForm) =>
    exportLog({ view: messagesLabel(socket), filter, as, describe: (exported) => describeExport(exported, 'message') })
  const forms = [
    { label: 'As NDJSON…', onSelect: () => save({ format: 'ndjson' }) },
    {
      label: 'As CSV…',
      onSelect: () =>
        askForColumns({ socket, filter, opened, save: (columns) => void save({ format: 'csv', columns }) }),
    },
    { label: 'As a recording…', onSelect: () => save({ format: 'recording' }) },
  ]
  return (
    <>
      {progress ? (
        <CancelExportButton onCancel={onCancel} />
      ) : (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon size={30} aria-label="Export messages" title="Export what the filter shows">
              <IconDownload size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <MenuItems items={forms} />
          </Menu.Dropdown>
        </Menu>
      )}
      <CsvDialog />
    </>
  )
}
