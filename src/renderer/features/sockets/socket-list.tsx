import { Button, CloseButton } from '@mantine/core'
import { endpointOf } from '../../../shared/session/spec.ts'
import { socketName } from '../../../shared/workspace.ts'
import { useRecording } from '../../state/recording-store.ts'
import { forgetRemoved, undoRemoval } from '../../state/socket-tabs.ts'
import { useWindow } from '../../state/window-store.ts'
import { useWorkspace } from '../../state/workspace-store.ts'
import { Heading } from '../../ui/heading.tsx'
import { NewSocketMenu } from './new-socket-menu.tsx'
import { SocketItem } from './socket-item.tsx'
import classes from './socket-list.module.css'

/** The socket removed last, with Undo. */
function Removed() {
  const removed = useWindow(({ removed }) => removed)
  return (
    <div role="status" aria-label="Removed" data-part="removed" className={removed ? classes.removed : undefined}>
      {removed ? (
        <>
          <span className={classes.name} title={endpointOf(removed.draft)}>
            Removed <bdi>{socketName(removed.draft).replace('tcp://', '')}</bdi>
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
  return (
    <section aria-label="Sockets" data-part="connections" className={classes.sockets}>
      <Heading aside={<NewSocketMenu />}>Sockets</Heading>
      <ul className={classes.list}>
        {sockets.map((draft, place) => (
          <SocketItem key={draft.id} draft={draft} place={place} active={draft.id === active && !isCovered} />
        ))}
      </ul>
      <Removed />
    </section>
  )
}
