import { IconArrowBarToRight, IconCopy } from '@tabler/icons-react'
import type { RecordRow } from '../../shared/transcript/record.ts'
import type { MenuContent } from './menu-entries.ts'

/** What can be done with a row of the log. */
export interface RowActions {
  open(row: RecordRow): Promise<void>
  copyText(text: string): Promise<void>
}

/** The context menu of a row. */
export function rowMenu(row: RecordRow, { open, copyText }: RowActions): MenuContent {
  return [
    { label: 'Open', icon: IconArrowBarToRight, keys: 'Enter', onSelect: () => open(row) },
    'divider',
    { label: 'Copy the preview', icon: IconCopy, onSelect: () => copyText(row.preview) },
  ]
}
