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

const keyOf = (source: string, index: number): string => `${source} ${index}`

/** The view of the frame at an index, for a connection or another source of the log. */
export function useChoice(source: string, index: number): ReplyView {
  const kept = useWorkspace(({ sockets }) => sockets.find(({ id }) => id === source)?.replyViews[`${index}`])
  const current = useStore(unsavedViews, (all) => all[keyOf(source, index)])
  return kept ?? current ?? usualReplyView
}

export function choose(source: string, index: number, patch: Partial<ReplyView>): void {
  const socket = workspaceStore.getState().sockets.find(({ id }) => id === source)
  if (socket) {
    const before = socket.replyViews[`${index}`] ?? usualReplyView
    const replyViews = { ...socket.replyViews, [`${index}`]: { ...before, ...patch } }
    applyStep(updateSocket(source, { replyViews }))
    return
  }
  const key = keyOf(source, index)
  unsavedViews.setState((all) => ({ [key]: { ...(all[key] ?? usualReplyView), ...patch } }))
}
