import { ActionIcon, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import type { MenuContent } from '../../ui/menu-entries.ts'
import { MenuItems } from '../../ui/menu-items.tsx'

interface FrameMenuProps {
  /** Counted from 1. */
  readonly number: number
  readonly items: () => MenuContent
}

/** Actions on a frame besides editing. */
export function FrameMenu({ number, items }: FrameMenuProps) {
  return (
    <Menu position="bottom-end" withinPortal transitionProps={{ duration: 0 }}>
      <Menu.Target>
        <ActionIcon aria-label={`Actions for frame ${number}`}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <MenuItems items={items()} />
      </Menu.Dropdown>
    </Menu>
  )
}
