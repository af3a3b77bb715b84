import { type ErrorCode, InspectorError, toErrorValue } from '../../shared/errors.ts'
import { lateReplyEvent } from '../../shared/message.ts'
import type { Settings } from '../../shared/settings.ts'
import type { ConnectionDraft } from '../../shared/workspace.ts'
import { call } from '../api.ts'
import { askForFocus } from './focus.ts'
import { forgetConnection, isAsDrafted, liveStore, setOutcome } from './live-store.ts'
import { addConnection, removeConnection, restoreConnection } from './workspace-reducers.ts'
import { applyStep, workspaceStore } from './workspace-store.ts'

/** Starts the server. A failure is shown in the server's state, next to its endpoint. */
export async function startServer(endpoint: string): Promise<void> {
  try {
    await call('server.start', { endpoint })
  } catch (thrown) {
    if (liveStore.getState().server.phase === 'failed') return
    const { server } = liveStore.getState()
    liveStore.setState({ server: { ...server, phase: 'failed', error: toErrorValue(thrown) } })
  }
}

export async function stopServer(): Promise<void> {
  await call('server.stop')
}

/** Opens the connection, or reopens it when the draft's endpoint or options changed. */
async function ensureOpen(draft: ConnectionDraft): Promise<void> {
  const live = liveStore.getState()
  if (live.connections[draft.id]?.open && isAsDrafted(live, draft)) return
  const { endpoint, options } = draft
  await call('connection.open', { connectionId: draft.id, endpoint, options })
  setOutcome(draft.id, { opened: { endpoint, options } })
}

/** Opens the connection; a failure becomes its outcome. */
export async function openConnection(draft: ConnectionDraft): Promise<void> {
  setOutcome(draft.id, { error: null })
  try {
    await ensureOpen(draft)
  } catch (thrown) {
    setOutcome(draft.id, { error: toErrorValue(thrown) })
  }
}

export async function closeConnection(connectionId: string): Promise<void> {
  await call('connection.close', { connectionId })
}

/** Errors after which nothing can have been sent. */
const unsent: readonly ErrorCode[] = ['invalid-endpoint', 'encode-failed']

/** Sends the draft and shows the reply, opening the connection first if needed. */
export async function send(draft: ConnectionDraft): Promise<void> {
  const { outcomes, connections } = liveStore.getState()
  if (outcomes[draft.id]?.sendingSince != null || connections[draft.id]?.repeat?.running) return
  liveStore.setState({ viewedEntry: null })
  const { id, frames: message, timeoutMs } = draft
  try {
    setOutcome(id, { sendingSince: performance.now(), error: null })
    await ensureOpen(draft)
    const reply = await call('connection.send', { connectionId: id, message, timeoutMs })
    setOutcome(id, { sendingSince: null, reply })
  } catch (thrown) {
    const error = toErrorValue(thrown)
    // When nothing was sent, what is on screen stays.
    const kept = unsent.includes(error.code) ? {} : { reply: null }
    setOutcome(id, { sendingSince: null, ...kept, error })
  }
}

export async function cancel(connectionId: string): Promise<void> {
  await call('connection.cancel', { connectionId })
}

export async function startRepeat(draft: ConnectionDraft): Promise<void> {
  liveStore.setState({ viewedEntry: null })
  // What an earlier exchange brought is no reply to this message.
  setOutcome(draft.id, { error: null, reply: null })
  try {
    await ensureOpen(draft)
    const { id, frames: message, timeoutMs, repeat } = draft
    await call('repeat.start', { connectionId: id, message, timeoutMs, ...repeat })
  } catch (thrown) {
    setOutcome(draft.id, { error: toErrorValue(thrown) })
  }
}

export async function stopRepeat(connectionId: string): Promise<void> {
  await call('repeat.stop', { connectionId })
}

/** Shows the latest reply of a repeat. */
export async function showLastExchange(connectionId: string): Promise<void> {
  const exchange = await call('connection.lastExchange', { connectionId })
  if (exchange) setOutcome(connectionId, { reply: { exchange, encodeNs: null } })
}

export function newConnectionTab(): void {
  applyStep(addConnection(crypto.randomUUID(), liveStore.getState().settings))
}

export async function removeConnectionTab(draft: ConnectionDraft): Promise<void> {
  forgetRemoved()
  const index = workspaceStore.getState().connections.findIndex(({ id }) => id === draft.id)
  const replacementId = crypto.randomUUID()
  applyStep(removeConnection(draft.id, replacementId, liveStore.getState().settings))
  const replacement = workspaceStore.getState().connections.find(({ id }) => id === replacementId) ?? null
  liveStore.setState({ removed: { draft, index, replacement } })
  askForFocus('undo-removal')
  await call('connection.remove', { connectionId: draft.id })
  const isBack = workspaceStore.getState().connections.some(({ id }) => id === draft.id)
  if (!isBack) forgetConnection(draft.id)
}

/** Discards what Undo would need. */
export function forgetRemoved(): void {
  liveStore.setState({ removed: null })
}

/** Restores the connection removed last, with its draft and files; its socket stays closed. */
export function undoRemoval(): void {
  const { removed } = liveStore.getState()
  if (!removed) return
  liveStore.setState({ removed: null })
  applyStep(restoreConnection(removed.draft, removed.index, removed.replacement))
  askForFocus('active-connection')
}

/** Opens a log entry in the reply view. */
export async function viewEntry(id: number): Promise<void> {
  const entry = await call('log.entry', { id })
  if (!entry) throw new InspectorError('log-unavailable', 'This entry is no longer in the log: it was deleted.')
  liveStore.setState({ viewedEntry: entry })
}

/** Late replies of one connection that can come between the one that is wanted and now. */
const mostLateReplies = 20

/** Opens the late reply of a connection that was logged `at` that time in the reply view. */
export async function showLateReply(connectionId: string, at: number): Promise<void> {
  const filter = { text: lateReplyEvent, kind: 'event', direction: 'all', source: connectionId } as const
  const rows = await call('log.query', { filter, afterId: null, beforeId: null, limit: mostLateReplies })
  const row = rows.find((each) => each.at === at)
  if (!row) throw new InspectorError('log-unavailable', 'The late reply is no longer in the log: it was deleted.')
  await viewEntry(row.id)
}

export async function saveSettings(settings: Settings): Promise<void> {
  // Apply at once: the next change builds on it, however long the host takes.
  liveStore.setState({ settings })
  await call('settings.save', settings)
}

export async function dismissNotice(id: number): Promise<void> {
  liveStore.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }))
  await call('notice.dismiss', { id })
}
