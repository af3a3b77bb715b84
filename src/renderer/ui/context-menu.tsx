import { Menu } from '@mantine/core'
import { type MouseEvent, useEffect } from 'react'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { report } from '../report.ts'
import classes from './context-menu.module.css'
import type { MenuContent } from './menu-entries.ts'
import { MenuItems } from './menu-items.tsx'
import { isMac } from './platform.ts'

interface OpenMenu {
  /** Counts the menus: one that is opened elsewhere is placed anew. */
  readonly number: number
  readonly items: MenuContent
  /** In pixels of the window. */
  readonly x: number
  readonly y: number
  /** Has the focus again when the menu closes. */
  readonly opener: HTMLElement
}

const menu = createStore<{ readonly open: OpenMenu | null; readonly count: number }>()(() => ({ open: null, count: 0 }))

function close(): void {
  const { open } = menu.getState()
  menu.setState({ open: null })
  open?.opener.focus({ preventScroll: true })
}

/** Whether text is edited there, or some is selected. */
const isText = (target: EventTarget): boolean =>
  target instanceof Element &&
  (target.closest('input, textarea, [contenteditable="true"]') !== null ||
    (window.getSelection()?.isCollapsed === false && window.getSelection()?.containsNode(target, true) === true))

/** How far below the top of an element its menu opens, for keys: its first line stays visible. In pixels. */
const besideLine = 20

/** The place where a menu opens: the pointer, or the beginning of the element where a key asked for it. */
function placeOf({ currentTarget, clientX, clientY, nativeEvent }: MouseEvent<HTMLElement>): { x: number; y: number } {
  const isByKey = nativeEvent instanceof PointerEvent && nativeEvent.pointerType === ''
  if (!isByKey) return { x: clientX, y: clientY }
  const { left, top, bottom } = currentTarget.getBoundingClientRect()
  return { x: Math.max(left, 0) + besideLine, y: Math.min(bottom, top + besideLine) }
}

function open(number: number, items: MenuContent, place: Pick<OpenMenu, 'x' | 'y' | 'opener'>): void {
  // Another may have been asked for meanwhile.
  if (number === menu.getState().count && items.length > 0) menu.setState({ open: { number, items, ...place } })
}

/** Gives up a menu that is not there yet when something else is done meanwhile. */
function forgetWhenLeft(number: number): void {
  const leave = () => {
    window.removeEventListener('pointerdown', leave)
    window.removeEventListener('keydown', leave)
    const { count, open: shown } = menu.getState()
    if (count === number && !shown) menu.setState({ count: count + 1 })
  }
  window.addEventListener('pointerdown', leave)
  window.addEventListener('keydown', leave)
}

/**
 * Opens a menu at the pointer, or at the element where a key asked for it: an `onContextMenu` handler. The items may be
 * made when it opens, and may need something that has to be asked for first. With none, there is no menu.
 */
export function openContextMenu(
  items: MenuContent | (() => MenuContent | Promise<MenuContent>),
): (event: MouseEvent<HTMLElement>) => void {
  return (event) => {
    // The innermost element that has a menu shows it, and text has the system's: cut, copy and paste.
    if (event.defaultPrevented || isText(event.target)) return
    event.preventDefault()
    const { currentTarget } = event
    const focused = document.activeElement
    const opener = focused instanceof HTMLElement && currentTarget.contains(focused) ? focused : currentTarget
    const place = { ...placeOf(event), opener }
    const number = menu.getState().count + 1
    menu.setState({ count: number })
    const content = typeof items === 'function' ? items() : items
    if (content instanceof Promise) {
      forgetWhenLeft(number)
      content.then((made) => open(number, made, place)).catch(report)
    } else open(number, content, place)
  }
}

/** macOS has no key for context menus: Shift+F10 opens them there, too. */
function openByKey(event: KeyboardEvent): void {
  if (event.key !== 'F10' || !event.shiftKey || !(event.target instanceof HTMLElement)) return
  event.preventDefault()
  event.target.dispatchEvent(new PointerEvent('contextmenu', { bubbles: true, cancelable: true }))
}

/** The context menu of the window: one at a time. */
export function ContextMenu() {
  const shown = useStore(menu, (state) => state.open)
  useEffect(() => {
    if (!isMac) return
    document.addEventListener('keydown', openByKey)
    return () => document.removeEventListener('keydown', openByKey)
  }, [])
  const isOpen = shown !== null
  useEffect(() => {
    if (!isOpen) return
    const closeUnlessWithin = ({ target }: Event) => {
      if (!(target instanceof Element && target.closest('[role="menu"]'))) close()
    }
    // Not at each scrolling: a list that follows scrolls by itself.
    window.addEventListener('wheel', closeUnlessWithin, { passive: true })
    window.addEventListener('resize', close)
    window.addEventListener('blur', close)
    return () => {
      window.removeEventListener('wheel', closeUnlessWithin)
      window.removeEventListener('resize', close)
      window.removeEventListener('blur', close)
    }
  }, [isOpen])
  if (!shown) return null
  return (
    <Menu
      key={shown.number}
      opened
      position="bottom-start"
      offset={0}
      withinPortal
      returnFocus={false}
      transitionProps={{ duration: 0 }}
      onChange={close}
    >
      <Menu.Target>
        <div aria-hidden className={classes.place} style={{ left: shown.x, top: shown.y }} />
      </Menu.Target>
      <Menu.Dropdown aria-label="Context menu" aria-labelledby={undefined} className={classes.menu}>
        <MenuItems items={shown.items} onChosen={close} />
      </Menu.Dropdown>
    </Menu>
  )
}
