import { Button, Popover } from '@mantine/core'
import { IconChevronDown, IconMenu2 } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { echoServerId } from '../shared/session/spec.ts'
import { socketName } from '../shared/workspace.ts'
import { patternOf } from '../shared/zmq/patterns.ts'
import classes from './sidebar-menu.module.css'
import { onFocusRequest } from './state/focus.ts'
import { useIsRenaming } from './state/renaming.ts'
import { useSessions } from './state/session-store.ts'
import { windowStore } from './state/window-store.ts'
import { useActiveDraft } from './state/workspace-store.ts'

/** The sidebar where there is no room for it: a line that names the socket, and opens it. */
export function SidebarMenu({ children }: { readonly children: ReactNode }) {
  const draft = useActiveDraft()
  const [open, setOpen] = useState(false)
  const opener = useRef<HTMLButtonElement>(null)
  const isEchoing = useSessions(({ sessions }) => sessions[echoServerId]?.phase === 'open')
  // A socket that was chosen is what is looked at next.
  // biome-ignore lint/correctness/useExhaustiveDependencies: closed when the active socket changes
  useEffect(() => {
    // Undo of a removal is there.
    if (!windowStore.getState().removed) setOpen(false)
  }, [draft.id])
  const isRenaming = useIsRenaming(draft.id)
  useEffect(() => {
    if (isRenaming) setOpen(true)
  }, [isRenaming])
  useEffect(
    () =>
      onFocusRequest((target) => {
        if (target === 'undo-removal' || target === 'active-connection') setOpen(true)
      }),
    [],
  )
  useEffect(() => {
    if (!open) return
    // A menu that opens from here lies over the page beside it.
    const leave = ({ target }: PointerEvent) => {
      if (target instanceof Element && !target.closest('#overlays') && !opener.current?.contains(target)) setOpen(false)
    }
    window.addEventListener('pointerdown', leave)
    return () => window.removeEventListener('pointerdown', leave)
  }, [open])
  return (
    <div className={classes.line}>
      <Popover
        opened={open}
        onChange={setOpen}
        closeOnClickOutside={false}
        position="bottom-start"
        width={300}
        offset={0}
      >
        <Popover.Target>
          <Button
            ref={opener}
            aria-label="Sockets and echo server"
            data-tour-target="start"
            variant="subtle"
            color="gray"
            size="compact-sm"
            className={classes.opener ?? ''}
            leftSection={<IconMenu2 size={16} />}
            rightSection={<IconChevronDown size={14} />}
            onClick={() => setOpen(!open)}
          >
            <span className={classes.pattern}>{patternOf(draft.pattern).label}</span>
            <bdi className={classes.name}>{socketName(draft).replace('tcp://', '')}</bdi>
          </Button>
        </Popover.Target>
        <Popover.Dropdown aria-label="Sockets and echo server" p={0} className={classes.menu ?? ''}>
          {children}
        </Popover.Dropdown>
      </Popover>
      <span className={classes.server}>{isEchoing ? 'Echo server on' : ''}</span>
    </div>
  )
}
