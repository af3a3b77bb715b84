import type { ComponentType } from 'react'

/** One thing that a menu offers. */
export interface MenuAction {
  readonly label: string
  readonly icon?: ComponentType<{ readonly size?: number | string }>
  /** The keys that do the same, as they are written for people. */
  readonly keys?: string
  readonly disabled?: boolean
  /** Whether it destroys something. */
  readonly danger?: boolean
  /** Given where the entry turns something on and off. */
  readonly checked?: boolean
  /** A failure is reported. */
  onSelect(): void | Promise<void>
}

/** A line of a menu: an action, the name of those that follow, or a line between groups. */
export type MenuEntry = MenuAction | { readonly group: string } | 'divider'

/** What a menu is made of; null and false leave an entry out. */
export type MenuContent = readonly (MenuEntry | null | false)[]

const isAction = (entry: MenuEntry | undefined): entry is MenuAction => typeof entry === 'object' && 'label' in entry

/** The entries that are there: groups that have actions, and dividers between them. */
export function shownEntries(content: MenuContent): readonly MenuEntry[] {
  const entries = content.filter((entry) => entry !== null && entry !== false)
  const filled = entries.filter(
    (entry, index) => entry === 'divider' || isAction(entry) || isAction(entries[index + 1]),
  )
  return filled.filter(
    (entry, index) => entry !== 'divider' || (isAction(filled[index - 1]) && filled.slice(index).some(isAction)),
  )
}
