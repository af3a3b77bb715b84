import {
  IconArrowDown,
  IconArrowUp,
  IconCode,
  IconCopy,
  IconPencil,
  IconPlugConnected,
  IconPlugConnectedX,
  IconX,
} from '@tabler/icons-react'
import { type AppCommandId, shortcutInWords, shortcutOf } from '../../../shared/app-commands.ts'
import { endpointOf } from '../../../shared/session/spec.ts'
import type { SocketDraft } from '../../../shared/workspace.ts'
import { call } from '../../api.ts'
import { closeSession, openSession } from '../../state/actions.ts'
import { openDialog } from '../../state/dialogs.ts'
import { startRenaming } from '../../state/renaming.ts'
import { sessionStore } from '../../state/session-store.ts'
import { removeSocketTab } from '../../state/socket-tabs.ts'
import { duplicateSocket, moveSocket } from '../../state/workspace-reducers.ts'
import { applyStep, workspaceStore } from '../../state/workspace-store.ts'
import type { MenuContent } from '../../ui/menu-entries.ts'
import { isMac } from '../../ui/platform.ts'

const keysOf = (command: AppCommandId): { readonly keys?: string } => {
  const shortcut = shortcutOf(command)
  return shortcut === null ? {} : { keys: shortcutInWords(shortcut, isMac) }
}

/** What can be done with a socket of the list, which is at a place, counted from 0. */
export function socketMenu(draft: SocketDraft, place: number): MenuContent {
  const { id, pattern } = draft
  const isOpen = sessionStore.getState().sessions[id]?.phase === 'open'
  const [open, close] = pattern === 'req' ? ['Connect', 'Disconnect'] : ['Open', 'Close']
  const last = workspaceStore.getState().sockets.length - 1
  const step = (next: Parameters<typeof applyStep>[0]) => () => applyStep(next)
  return [
    isOpen
      ? { label: close, icon: IconPlugConnectedX, onSelect: () => closeSession(id) }
      : { label: open, icon: IconPlugConnected, onSelect: () => openSession(draft) },
    'divider',
    { label: 'Rename', icon: IconPencil, ...keysOf('rename-connection'), onSelect: () => startRenaming(id) },
    {
      label: 'Duplicate',
      icon: IconCopy,
      ...keysOf('duplicate-socket'),
      onSelect: step(duplicateSocket(id, crypto.randomUUID())),
    },
    { label: 'Move up', icon: IconArrowUp, disabled: place === 0, onSelect: step(moveSocket(id, place - 1)) },
    { label: 'Move down', icon: IconArrowDown, disabled: place === last, onSelect: step(moveSocket(id, place + 1)) },
    'divider',
    {
      label: 'Copy the endpoint',
      icon: IconCopy,
      onSelect: () => call('clipboard.write', { text: endpointOf(draft) }),
    },
    {
      label: 'Copy as code…',
      icon: IconCode,
      onSelect: () => {
        applyStep((workspace) => ({ ...workspace, activeSocket: id }))
        openDialog('program')
      },
    },
    'divider',
    { label: 'Remove', icon: IconX, danger: true, onSelect: () => removeSocketTab(draft) },
  ]
}
