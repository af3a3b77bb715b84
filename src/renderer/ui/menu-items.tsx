import { Menu } from '@mantine/core'
import { report } from '../report.ts'
import { type MenuAction, type MenuContent, shownEntries } from './menu-entries.ts'
import classes from './menu-items.module.css'

async function run({ onSelect }: MenuAction, before: () => void): Promise<void> {
  before()
  await onSelect()
}

function Action({ action, onChosen }: { readonly action: MenuAction; readonly onChosen: () => void }) {
  const { label, icon: Icon, keys, disabled = false, danger, checked } = action
  const choose = () => void run(action, onChosen).catch(report)
  const rightSection = keys === undefined ? undefined : <kbd className={classes.keys}>{keys}</kbd>
  if (checked !== undefined) {
    return (
      <Menu.CheckboxItem
        checked={checked}
        closeMenuOnClick
        disabled={disabled}
        rightSection={rightSection}
        onChange={choose}
      >
        {label}
      </Menu.CheckboxItem>
    )
  }
  return (
    <Menu.Item
      leftSection={Icon ? <Icon size={14} /> : undefined}
      rightSection={rightSection}
      disabled={disabled}
      {...(danger ? { color: 'red' } : {})}
      onClick={choose}
    >
      {label}
    </Menu.Item>
  )
}

const nothing = (): void => undefined

interface MenuItemsProps {
  readonly items: MenuContent
  /** Called before what was chosen is done. */
  readonly onChosen?: () => void
}

/** The items of a menu, for a `Menu.Dropdown`: the same data make a context menu. */
export function MenuItems({ items, onChosen = nothing }: MenuItemsProps) {
  return shownEntries(items).map((entry, index) => {
    // biome-ignore lint/suspicious/noArrayIndexKey: dividers have nothing else, and a menu stays as it is while open
    if (entry === 'divider') return <Menu.Divider key={index} />
    if ('group' in entry) return <Menu.Label key={`group ${entry.group}`}>{entry.group}</Menu.Label>
    return <Action key={entry.label} action={entry} onChosen={onChosen} />
  })
}
