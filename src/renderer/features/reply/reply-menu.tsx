import { ActionIcon, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { type AppCommandId, appCommands, shortcutInWords } from '../../../shared/app-commands.ts'
import { report } from '../../report.ts'
import { runCommand } from '../../state/run-command.ts'
import type { MenuContent, MenuEntry } from '../../ui/menu-entries.ts'
import { MenuItems } from '../../ui/menu-items.tsx'
import { isMac } from '../../ui/platform.ts'

/** What can be done with a reply as a whole, in groups. */
const groups: readonly (readonly AppCommandId[])[] = [
  ['use-reply', 'send'],
  ['find', 'expand-all', 'collapse-all'],
  ['copy-reply-text', 'copy-reply-hex', 'copy-as-code'],
]

function itemOf(id: AppCommandId): MenuEntry | null {
  const command = appCommands.find((each) => each.id === id)
  if (!command) return null
  return {
    label: id === 'send' ? 'Send the request again' : command.title,
    ...(command.shortcut === null ? {} : { keys: shortcutInWords(command.shortcut, isMac) }),
    onSelect: () => runCommand(id, report),
  }
}

const items: MenuContent = groups.flatMap((ids, index) => [
  ...(index > 0 ? (['divider'] as const) : []),
  ...ids.map(itemOf),
])

/** Actions on the reply as a whole. */
export function ReplyMenu() {
  return (
    <Menu position="bottom-end" withinPortal transitionProps={{ duration: 0 }}>
      <Menu.Target>
        <ActionIcon size={24} aria-label="Actions for the reply" title="Actions for the reply">
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <MenuItems items={items} />
      </Menu.Dropdown>
    </Menu>
  )
}
