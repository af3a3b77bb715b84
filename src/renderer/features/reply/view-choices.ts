import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { EncodingId } from '../../../shared/codecs/codec.ts'
import { endpointOf } from '../../../shared/session/spec.ts'
import type { TranscriptRecord } from '../../../shared/transcript/record.ts'
import { type ReplyView, replyViewsOf, usualReplyView } from '../../../shared/workspace.ts'
import { updateSocket } from '../../state/workspace-reducers.ts'
import { applyStep, useWorkspace, workspaceStore } from '../../state/workspace-store.ts'

/**
 * Views chosen for frames that belong to no connection, such as the server's in the log. They last until the window
 * closes; other choices are saved with their connection.
 */
const unsavedViews = createStore<Readonly<Record<string, ReplyView>>>()(() => ({}))

/**
 * Whose choices apply to the frames of a record. What was sent has its own, so that no choice for replies is applied to
 * it.
 */
export const viewsOwner = ({ session, direction }: Pick<TranscriptRecord, 'session' | 'direction'>): string =>
  direction === 'sent' ? `sent by ${session}` : session

/** The encoding of the request's frame at an index, for a socket; null for another session. */
export const useRequestEncoding = (session: string, index: number): EncodingId | null =>
  useWorkspace(({ sockets }) => sockets.find(({ id }) => id === session)?.frames[index]?.encoding ?? null)

const keyOf = (session: string, index: number): string => `${session} ${index}`

/** The view of the frame at an index, for a connection or another session of the log. */
export function useChoice(session: string, index: number): ReplyView {
  const kept = useWorkspace(({ sockets }) => {
    const socket = sockets.find(({ id }) => id === session)
    return socket && replyViewsOf(socket)[`${index}`]
  })
  const current = useStore(unsavedViews, (all) => all[keyOf(session, index)])
  return kept ?? current ?? usualReplyView
}

export function choose(session: string, index: number, patch: Partial<ReplyView>): void {
  const socket = workspaceStore.getState().sockets.find(({ id }) => id === session)
  if (socket) {
    const views = replyViewsOf(socket)
    const replyViews = { ...views, [`${index}`]: { ...(views[`${index}`] ?? usualReplyView), ...patch } }
    applyStep(updateSocket(session, { replyViews, replyViewsFor: endpointOf(socket) }))
    return
  }
  const key = keyOf(session, index)
  unsavedViews.setState((all) => ({ [key]: { ...(all[key] ?? usualReplyView), ...patch } }))
}
