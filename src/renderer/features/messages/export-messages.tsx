import { ActionIcon, Menu } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { formatCount } from '../../../shared/format.ts'
import { sentenceOf } from '../../../shared/reason.ts'
import type { LogFilter } from '../../../shared/transcript/query.ts'
import { call } from '../../api.ts'
import { MenuItems } from '../../ui/menu-items.tsx'

const forms = [
  { label: 'As NDJSON…', as: { format: 'ndjson' } },
  { label: 'As a recording…', as: { format: 'recording' } },
] as const

interface ExportMessagesProps {
  readonly filter: LogFilter
  /** Given what became of it, in a sentence; empty when the person has cancelled. */
  readonly onDone: (words: string) => void
}

/** Saves what the filter shows. */
export function ExportMessages({ filter, onDone }: ExportMessagesProps) {
  const save = async (as: (typeof forms)[number]['as']) => {
    try {
      const { path, entries, complete } = await call('log.export', { filter, as })
      const missing = complete ? '' : ' The log was cleared meanwhile: the others are not in the file.'
      onDone(
        path === null
          ? ''
          : `Saved ${formatCount(entries)} ${entries === 1 ? 'message' : 'messages'} to ${path}.${missing}`,
      )
    } catch (thrown) {
      onDone(sentenceOf(thrown))
    }
  }
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon size={30} aria-label="Export messages" title="Export what the filter shows">
          <IconDownload size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <MenuItems items={forms.map(({ label, as }) => ({ label, onSelect: () => save(as) }))} />
      </Menu.Dropdown>
    </Menu>
  )
}
