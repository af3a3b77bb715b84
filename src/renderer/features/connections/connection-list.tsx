import { ActionIcon, Button, CloseButton, Tooltip } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { connectionName } from '../../../shared/workspace.ts'
import { forgetRemoved, newConnectionTab, undoRemoval } from '../../state/actions.ts'
import { useLive } from '../../state/live-store.ts'
import { useWorkspace } from '../../state/workspace-store.ts'
import { Heading } from '../../ui/heading.tsx'
import { ConnectionItem } from './connection-item.tsx'
import classes from './connection-list.module.css'

/** The connection removed last, with Undo. */
function Removed() {
  const removed = useLive((live) => live.removed)
  return (
    <div role="status" aria-label="Removed" data-part="removed" className={removed ? classes.removed : undefined}>
      {removed ? (
        <>
          <span className={classes.name} title={removed.draft.endpoint}>
            Removed <bdi>{connectionName(removed.draft).replace('tcp://', '')}</bdi>
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

/** All saved connections, each with its own draft. */
export function ConnectionList() {
  const connections = useWorkspace((workspace) => workspace.connections)
  const active = useWorkspace((workspace) => workspace.activeConnection)
  return (
    <section aria-label="Connections" data-part="connections" className={classes.connections}>
      <Heading
        aside={
          <Tooltip label="New connection">
            <ActionIcon aria-label="New connection" onClick={newConnectionTab}>
              <IconPlus size={16} />
            </ActionIcon>
          </Tooltip>
        }
      >
        Connections
      </Heading>
      <ul className={classes.list}>
        {connections.map((draft) => (
          <ConnectionItem key={draft.id} draft={draft} active={draft.id === active} />
        ))}
      </ul>
      <Removed />
    </section>
  )
}
