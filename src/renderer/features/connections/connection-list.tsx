import { ActionIcon, Button, CloseButton, Tooltip } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import type { ConnectionDraft } from '../../../shared/workspace.ts'
import { forgetRemoved, newConnectionTab, removeConnectionTab, undoRemoval } from '../../state/actions.ts'
import { useLive } from '../../state/live-store.ts'
import { applyStep, useWorkspace } from '../../state/workspace-store.ts'
import { Heading } from '../../ui/heading.tsx'
import { linkWords } from '../../ui/link-words.ts'
import { StatusDot } from '../../ui/status-dot.tsx'
import classes from './connection-list.module.css'

const nameOf = ({ endpoint }: ConnectionDraft): string => (endpoint === '' ? 'No endpoint yet' : endpoint)

function ConnectionItem({ draft, active }: { readonly draft: ConnectionDraft; readonly active: boolean }) {
  const link = linkWords(useLive((live) => live.connections[draft.id]))
  const name = nameOf(draft)
  const item = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (active) item.current?.scrollIntoView({ block: 'nearest' })
  }, [active])
  return (
    <li ref={item} className={classes.item} data-active={active || undefined}>
      <button
        type="button"
        className={classes.choose}
        aria-current={active || undefined}
        title={name}
        onClick={() => applyStep((workspace) => ({ ...workspace, activeConnection: draft.id }))}
      >
        <StatusDot tone={link.tone} />
        <span className={classes.name}>{name.replace('tcp://', '')}</span>
        <span className={classes.link}>{link.short.split(' ')[0]}</span>
      </button>
      <CloseButton
        size="sm"
        className={classes.remove}
        aria-label={`Remove connection ${name}`}
        onClick={() => void removeConnectionTab(draft)}
      />
    </li>
  )
}

/** The connection removed last, with Undo. */
function Removed() {
  const removed = useLive((live) => live.removed)
  return (
    <div role="status" aria-label="Removed" data-part="removed" className={removed ? classes.removed : undefined}>
      {removed ? (
        <>
          <span className={classes.name} title={removed.draft.endpoint}>
            Removed {nameOf(removed.draft).replace('tcp://', '')}
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
