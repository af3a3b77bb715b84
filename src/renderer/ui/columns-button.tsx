import { ActionIcon, Menu } from '@mantine/core'
import { IconColumns3 } from '@tabler/icons-react'
import { type ColumnsControl, columnsMenu } from './columns-menu.ts'
import { MenuItems } from './menu-items.tsx'

/** Which columns of a table are shown. */
export function ColumnsButton({ name, ...control }: ColumnsControl & { readonly name: string }) {
  return (
    <Menu position="bottom-end" withinPortal transitionProps={{ duration: 0 }}>
      <Menu.Target>
        <ActionIcon size={30} aria-label={`Columns of ${name}`} title="Columns">
          <IconColumns3 size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <MenuItems items={columnsMenu(control)} />
      </Menu.Dropdown>
    </Menu>
  )
}
