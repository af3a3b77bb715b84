import type { SocketDraft } from '../../shared/workspace.ts'
import type { PatternId } from '../../shared/zmq/patterns.ts'
import { call } from '../api.ts'
import { askForFocus } from './focus.ts'
import { forgetSession } from './session-store.ts'
import { settingsStore } from './settings-store.ts'
import { withdrawUndo } from './undo.ts'
import { windowStore } from './window-store.ts'
import { addSocket, removeSocket, restoreSocket } from './workspace-reducers.ts'
import { applyStep, workspaceStore } from './workspace-store.ts'

export function newSocketTab(pattern: PatternId = 'req'): void {
  applyStep(addSocket(crypto.randomUUID(), settingsStore.getState(), undefined, pattern))
  askForFocus('endpoint')
}

export async function removeSocketTab(draft: SocketDraft): Promise<void> {
  forgetRemoved()
  // What was done in it before cannot be undone without it.
  withdrawUndo()
  const index = workspaceStore.getState().sockets.findIndex(({ id }) => id === draft.id)
  const replacementId = crypto.randomUUID()
  applyStep(removeSocket(draft.id, replacementId, settingsStore.getState()))
  const replacement = workspaceStore.getState().sockets.find(({ id }) => id === replacementId) ?? null
  windowStore.setState({ removed: { draft, index, replacement } })
  askForFocus('undo-removal')
  await call('session.remove', { sessionId: draft.id })
  const isBack = workspaceStore.getState().sockets.some(({ id }) => id === draft.id)
  if (!isBack) forgetSession(draft.id)
}

/** Discards what Undo would need. */
export function forgetRemoved(): void {
  windowStore.setState({ removed: null })
}

/** Restores the socket removed last, with its draft and files; its socket stays closed. */
export function undoRemoval(): void {
  const { removed } = windowStore.getState()
  if (!removed) return
  windowStore.setState({ removed: null })
  applyStep(restoreSocket(removed.draft, removed.index, removed.replacement))
  askForFocus('active-connection')
}
