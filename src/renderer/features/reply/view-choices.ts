import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { type ReplyView, usualReplyView } from '../../../shared/workspace.ts'
import { updateSocket } from '../../state/workspace-reducers.ts'
import { applyStep, useWorkspace, workspaceStore } from '../../state/workspace-store.ts'

/**
 * Views chosen for frames that belong to no connection, such as the server's in the log. They last until the window
 * closes; other choices are saved with their connection.
 */
const unsavedViews = createStore<Readonly<Record<string, ReplyView>>>()(() => ({}))

const keyOf = (session: string, index: number): string => `${session} ${index}`

/** The view of the frame at an index, for a connection or another session of the log. */
export function useChoice(session: string, index: number): ReplyView {
  const kept = useWorkspace(({ sockets }) => sockets.find(({ id }) => id === session)?.replyViews[`${index}`])
  const current = useStore(unsavedViews, (all) => all[keyOf(session, index)])
  return kept ?? current ?? usualReplyView
}

export function choose(session: string, index: number, patch: Partial<ReplyView>): void {
  const socket = workspaceStore.getState().sockets.find(({ id }) => id === session)
  if (socket) {
    const before = socket.replyViews[`${index}`] ?? usualReplyView
    const replyViews = { ...socket.replyViews, [`${index}`]: { ...before, ...patch } }
    applyStep(updateSocket(session, { replyViews }))
    return
  }
  const key = keyOf(session, index)
  unsavedViews.setState((all) => ({ [key]: { ...(all[key] ?? usualReplyView), ...patch } }))
}
