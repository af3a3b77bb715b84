import { ActionIcon, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useState } from 'react'
import { previewFrame } from '../../../shared/codecs/preview-frame.ts'
import { sizeOf } from '../../../shared/message.ts'
import { messageOf, type RecordRow, type TranscriptRecord } from '../../../shared/transcript/record.ts'
import { report } from '../../report.ts'
import { actionsOfRow } from '../../state/row-actions.ts'
import type { MenuContent } from '../../ui/menu-entries.ts'
import { MenuItems } from '../../ui/menu-items.tsx'
import { rowMenu } from '../../ui/row-menu.ts'

/** So much of a message is copied as its preview. */
const previewCharacters = 200

async function itemsOf(record: TranscriptRecord): Promise<MenuContent> {
  const message = messageOf(record)
  const preview = message.map((frame) => previewFrame(frame, previewCharacters)).join(' | ')
  const row: RecordRow = {
    ...record,
    frameCount: message.length,
    size: sizeOf(message),
    preview: preview.slice(0, previewCharacters),
  }
  const actions = await actionsOfRow(row)
  const [, ...rest] = rowMenu(row, { ...actions, filterToSocket: null, filterToTopic: null })
  // It is open already.
  return rest
}

/** What can be done with a record that is shown: the same as with its row in a list. */
export function RecordMenu({ record }: { readonly record: TranscriptRecord }) {
  const [items, setItems] = useState<MenuContent>([])
  return (
    <Menu
      position="bottom-end"
      withinPortal
      transitionProps={{ duration: 0 }}
      onOpen={() => void itemsOf(record).then(setItems, report)}
    >
      <Menu.Target>
        <ActionIcon size={24} aria-label="Actions for the message" title="Actions for the message">
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <MenuItems items={items} />
      </Menu.Dropdown>
    </Menu>
  )
}
