import { CloseButton } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useShallow } from 'zustand/react/shallow'
import { endpointOf, isPlainRequest } from '../../../shared/session/spec.ts'
import { type SocketDraft, socketName } from '../../../shared/workspace.ts'
import { patternOf } from '../../../shared/zmq/patterns.ts'
import { showRecording } from '../../state/recording-store.ts'
import { startRenaming, useIsRenaming } from '../../state/renaming.ts'
import { isAsDrafted, useSessions } from '../../state/session-store.ts'
import { removeSocketTab } from '../../state/socket-tabs.ts'
import { moveSocket } from '../../state/workspace-reducers.ts'
import { applyStep } from '../../state/workspace-store.ts'
import { openContextMenu } from '../../ui/context-menu.tsx'
import { EndpointText } from '../../ui/endpoint-text.tsx'
import { linkWords, sessionWords } from '../../ui/link-words.ts'
import { StatusDot } from '../../ui/status-dot.tsx'
import { RenameField } from './rename-field.tsx'
import classes from './socket-list.module.css'

interface SocketItemProps {
  readonly draft: SocketDraft
  readonly active: boolean
  /** Its place in the list, from 0. */
  readonly place: number
}

/** What is dragged, within the list. */
const draggedType = 'application/x-zmq-inspector-socket'

/** One socket in the list: its name, if it has one, its endpoint and its link. */
export function SocketItem({ draft, active, place }: SocketItemProps) {
  // Drawn again only when its words change: sessions that repeat change many times a second. The link is that of another
  // endpoint until the session is opened again.
  const { tone, short } = useSessions(
    useShallow((live) => {
      const session = live.sessions[draft.id]
      if (isPlainRequest(draft)) return linkWords(isAsDrafted(live, draft) ? session : undefined)
      return sessionWords(session)
    }),
  )
  const renaming = useIsRenaming(draft.id)
  const name = socketName(draft)
  const endpoint = endpointOf(draft)
  const item = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (!active) return
    // With the next frame, which lays out the window anyway: before it, that would be done twice.
    const frame = requestAnimationFrame(() => item.current?.scrollIntoView({ block: 'nearest' }))
    return () => cancelAnimationFrame(frame)
  }, [active])
  return (
    <li
      ref={item}
      className={classes.item}
      data-active={active || undefined}
      draggable={!renaming}
      onContextMenu={openContextMenu(async () => (await import('./socket-menu.ts')).socketMenu(draft, place))}
      onDragStart={(event) => {
        event.dataTransfer.setData(draggedType, draft.id)
        event.dataTransfer.effectAllowed = 'move'
      }}
      onDragOver={(event) => {
        if (event.dataTransfer.types.includes(draggedType)) event.preventDefault()
      }}
      onDrop={(event) => {
        const dragged = event.dataTransfer.getData(draggedType)
        if (dragged === '') return
        event.preventDefault()
        applyStep(moveSocket(dragged, place))
      }}
    >
      {renaming ? (
        <div className={classes.choose}>
          <StatusDot tone={tone} />
          <span className={classes.words}>
            <RenameField draft={draft} />
            <span className={classes.endpoint}>
              <EndpointText endpoint={endpoint} />
            </span>
          </span>
        </div>
      ) : (
        <button
          type="button"
          className={classes.choose}
          aria-current={active || undefined}
          title={draft.name === '' ? name : `${draft.name}\n${endpoint}`}
          onClick={() => {
            showRecording(false)
            applyStep((workspace) => ({ ...workspace, activeSocket: draft.id }))
          }}
          onDoubleClick={() => startRenaming(draft.id)}
          onKeyDown={(event) => {
            if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
            event.preventDefault()
            applyStep(moveSocket(draft.id, place + (event.key === 'ArrowUp' ? -1 : 1)))
          }}
        >
          <StatusDot tone={tone} />
          <span className={classes.words}>
            {name === endpoint ? <EndpointText endpoint={endpoint} /> : <bdi className={classes.name}>{name}</bdi>}
            {draft.name === '' ? null : (
              <span className={classes.endpoint}>
                <EndpointText endpoint={endpoint} />
              </span>
            )}
          </span>
          <span className={classes.pattern}>{patternOf(draft.pattern).label}</span>
          <span className={classes.link}>{short.split(' ')[0]}</span>
        </button>
      )}
      {renaming ? null : (
        <CloseButton
          size="sm"
          className={classes.remove}
          aria-label={`Remove socket ${name}`}
          onClick={() => void removeSocketTab(draft)}
        />
      )}
    </li>
  )
}
