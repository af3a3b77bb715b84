import { ActionIcon, Menu } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import type { ExportForm } from '../../../shared/contract/log.ts'
import { sentenceOf } from '../../../shared/reason.ts'
import type { LogFilter } from '../../../shared/transcript/query.ts'
import { call } from '../../api.ts'
import { askForColumns } from '../../state/csv-export.ts'
import { describeExport } from '../../ui/describe-export.ts'
import { MenuItems } from '../../ui/menu-items.tsx'
import { CsvDialog } from './csv-dialog.tsx'

interface ExportMessagesProps {
  readonly socket: string
  readonly filter: LogFilter
  /** The message that is open. */
  readonly opened: number | undefined
  /** Given what became of it, in a sentence; empty when the person has cancelled. */
  readonly onDone: (words: string) => void
}

/** Saves what the filter shows. */
export function ExportMessages({ socket, filter, opened, onDone }: ExportMessagesProps) {
  const save = async (as: ExportForm) => {
    try {
      onDone(describeExport(await call('log.export', { filter, as }), 'message'))
    } catch (thrown) {
      onDone(sentenceOf(thrown))
    }
  }
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
      <CsvDialog />
    </>
  )
}
