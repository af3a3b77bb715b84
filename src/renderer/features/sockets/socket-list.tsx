import { Button, CloseButton } from '@mantine/core'
import { endpointOf } from '../../../shared/session/spec.ts'
import { socketName } from '../../../shared/workspace.ts'
import { patternOf } from '../../../shared/zmq/patterns.ts'
import { useRecording } from '../../state/recording-store.ts'
import { forgetRemoved, undoRemoval } from '../../state/socket-tabs.ts'
import { useWindow } from '../../state/window-store.ts'
import { useWorkspace } from '../../state/workspace-store.ts'
import { EndpointText } from '../../ui/endpoint-text.tsx'
import { Heading } from '../../ui/heading.tsx'
import { NewSocketMenu } from './new-socket-menu.tsx'
import { SocketItem } from './socket-item.tsx'
import classes from './socket-list.module.css'

/** The socket removed last, with Undo. */
function Removed() {
  const removed = useWindow(({ removed }) => removed)
  const endpoint = removed ? endpointOf(removed.draft) : ''
  const name = removed ? socketName(removed.draft) : ''
  return (
    <div role="status" aria-label="Removed" data-part="removed" className={removed ? classes.removed : undefined}>
      {removed ? (
        <>
          <span className={classes.what} title={endpoint}>
            <span className={classes.removedWord}>Removed </span>
            {name === endpoint ? <EndpointText endpoint={endpoint} /> : <bdi className={classes.name}>{name}</bdi>}
          </span>
          <Button size="compact-xs" variant="default" onClick={undoRemoval}>
            Undo
          </Button>
          <CloseButton size="sm" aria-label="Dismiss" onClick={forgetRemoved} />
        </>
      ) : null}
    </div>
  )
}

/** All saved sockets, each with its own draft. */
export function SocketList() {
  const sockets = useWorkspace((workspace) => workspace.sockets)
  const active = useWorkspace((workspace) => workspace.activeSocket)
  const isCovered = useRecording(({ isShown }) => isShown)
  const longest = Math.max(...sockets.map(({ pattern }) => patternOf(pattern).label.length))
  return (
    <section aria-label="Sockets" data-part="connections" className={classes.sockets}>
      <Heading aside={<NewSocketMenu />}>Sockets</Heading>
      <ul className={classes.list} data-letters={longest}>
        {sockets.map((draft, place) => (
          <SocketItem key={draft.id} draft={draft} place={place} active={draft.id === active && !isCovered} />
        ))}
      </ul>
      <Removed />
    </section>
  )
}
