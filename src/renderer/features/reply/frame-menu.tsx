import { ActionIcon, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import type { MenuContent } from '../../ui/menu-entries.ts'
import { MenuItems } from '../../ui/menu-items.tsx'

interface FrameMenuProps {
  /** Counted from 1. */
  readonly number: number
  readonly items: MenuContent
}

/** Further actions on a received frame. */
export function FrameMenu({ number, items }: FrameMenuProps) {
  return (
    <Menu position="bottom-end" withinPortal transitionProps={{ duration: 0 }} returnFocus={false}>
      <Menu.Target>
        <ActionIcon size={24} aria-label={`Actions for reply frame ${number}`}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <MenuItems items={items} />
      </Menu.Dropdown>
    </Menu>
  )
}
