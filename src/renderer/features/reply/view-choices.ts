import { useMemo } from 'react'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { EncodingId } from '../../../shared/codecs/codec.ts'
import type { RecordedView } from '../../../shared/recording/format.ts'
import type { OpenedRecording } from '../../../shared/recording/opened.ts'
import { endpointOf } from '../../../shared/session/spec.ts'
import type { TranscriptRecord } from '../../../shared/transcript/record.ts'
import { type ReplyView, replyViewsOf, usualReplyView } from '../../../shared/workspace.ts'
import { useRecording } from '../../state/recording-store.ts'
import { useSessions } from '../../state/session-store.ts'
import { updateSocket } from '../../state/workspace-reducers.ts'
import { applyStep, useWorkspace, workspaceStore } from '../../state/workspace-store.ts'

/**
 * Views chosen for frames that belong to no connection, such as the server's in the log. They last until the window
 * closes; other choices are saved with their connection.
 */
const unsavedViews = createStore<Readonly<Record<string, ReplyView>>>()(() => ({}))

const sentBy = (session: string): string => `sent by ${session}`

/**
 * Whose choices apply to the frames of a record. What was sent has its own, so that no choice for replies is applied to
 * it.
 */
export const viewsOwner = ({ session, direction }: Pick<TranscriptRecord, 'session' | 'direction'>): string =>
  direction === 'sent' ? sentBy(session) : session

/**
 * The encoding of the request's frame at an index, as it was sent last, or as it is written before anything was; null for
 * what is no socket.
 */
export function useRequestEncoding(session: string, index: number): EncodingId | null {
  const written = useWorkspace(({ sockets }) => sockets.find(({ id }) => id === session)?.frames[index]?.encoding)
  const sentAs = useSessions(({ outcomes }) => outcomes[session]?.sentAs)
  return (sentAs ? sentAs[index] : written) ?? null
}

const keyOf = (session: string, index: number): string => `${session} ${index}`

/** The view of the frame at an index, for a connection or another session of the log. */
export function useChoice(session: string, index: number): ReplyView {
  const kept = useWorkspace(({ sockets }) => {
    const socket = sockets.find(({ id }) => id === session)
    return socket && replyViewsOf(socket)[`${index}`]
  })
  const current = useStore(unsavedViews, (all) => all[keyOf(session, index)])
  const recorded = useRecording(({ opened }) => recordedView(opened, session, index))
  const known = useMemo(
    () => recorded && { ...usualReplyView, view: recorded.encoding, message: recorded.message },
    [recorded],
  )
  return kept ?? current ?? known ?? usualReplyView
}

/** How a frame of an opened recording was shown when it was recorded. */
function recordedView(opened: OpenedRecording | null, owner: string, index: number): RecordedView | null {
  const socket = opened?.sockets.find(({ session }) => owner === session || owner === sentBy(session))
  if (!socket) return null
  const { frames, others } = owner === socket.session ? socket.views.received : socket.views.sent
  return (index < frames.length ? frames[index] : others) ?? null
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
