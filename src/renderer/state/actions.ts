import { compactHex } from '../../shared/codecs/hex.ts'
import { InspectorError, toErrorValue } from '../../shared/errors.ts'
import { isSameMessage, sizeOf } from '../../shared/message.ts'
import { formatRoutingId, parseRoutingId } from '../../shared/session/routing-id.ts'
import {
  type Attachment,
  echoServerId,
  echoServerSpec,
  isPlainRequest,
  type SocketSpec,
} from '../../shared/session/spec.ts'
import type { SessionState } from '../../shared/session/state.ts'
import { possibleTiming, type Timing } from '../../shared/session/timing.ts'
import type { Topic } from '../../shared/session/topic.ts'
import { mebibytes, type Settings } from '../../shared/settings.ts'
import { maximumRecentEndpoints, type SocketDraft, specOf } from '../../shared/workspace.ts'
import { patternOf } from '../../shared/zmq/patterns.ts'
import { call } from '../api.ts'
import { askForFocus } from './focus.ts'
import { remember } from './history.ts'
import { takeEvents } from './host-events.ts'
import { closeViewed, logStore } from './log-store.ts'
import { noticeStore } from './notice-store.ts'
import { hasTypedPasswords, keepPasswords } from './passwords.ts'
import { largeFrameBytes } from './received.ts'
import { shownTranscript } from './recording-store.ts'
import { isAsDrafted, refusedFrame, sessionStore, setOutcome } from './session-store.ts'
import { settingsStore } from './settings-store.ts'
import { forgetSwitches } from './switch-notes.ts'
import { offerUndo } from './undo.ts'
import { watchAs } from './watches.ts'
import { updateSocket } from './workspace-reducers.ts'
import { applyStep, workspaceStore } from './workspace-store.ts'

/** Opens a session. The store has its state when this resolves. */
async function open(sessionId: string, spec: SocketSpec, timing: Timing | null = null): Promise<void> {
  const state = await call('session.open', { sessionId, spec, timing })
  takeEvents([{ type: 'session.changed', state }])
}

/** Starts the echo server. A failure is shown next to its endpoint: from its state, or else from its outcome. */
export async function startServer(endpoint: string): Promise<void> {
  const { serverMessageMebibytes } = settingsStore.getState()
  setOutcome(echoServerId, { error: null })
  try {
    await open(echoServerId, echoServerSpec(endpoint, mebibytes(serverMessageMebibytes)))
  } catch (thrown) {
    setOutcome(echoServerId, { error: toErrorValue(thrown) })
  }
}

/** Starts the echo server on another endpoint, which becomes its own. */
export async function startServerAt(serverEndpoint: string): Promise<void> {
  applyStep((workspace) => ({ ...workspace, serverEndpoint }))
  await startServer(serverEndpoint)
}

export async function stopServer(): Promise<void> {
  await call('session.close', { sessionId: echoServerId })
}

/**
 * Opens the socket's session. A REQ with one link is opened anew when its draft has changed; another socket goes on as it
 * runs, because what it holds would be lost.
 */
async function ensureOpen(drafted: SocketDraft): Promise<void> {
  const draft = await withPasswords(drafted)
  const live = sessionStore.getState()
  const session = live.sessions[draft.id]
  const isRunning = session?.phase === 'open' && session.spec.pattern === draft.pattern
  if (isRunning && (!isPlainRequest(draft) || isAsDrafted(live, draft))) return
  await open(draft.id, specOf(draft), possibleTiming(draft.pattern, draft.timing))
  await watchAs(draft)
  noteEndpoints(draft)
  if (session && session.traffic.sent > 0) offerFormerEndpoint(draft, session.spec.attach)
}

/** The draft with the passwords that were typed last, once they are kept. */
async function withPasswords(draft: SocketDraft): Promise<SocketDraft> {
  if (!hasTypedPasswords()) return draft
  await keepPasswords(draft.id)
  const now = workspaceStore.getState().sockets.find(({ id }) => id === draft.id)
  return now ? { ...draft, security: now.security } : draft
}

/** Remembers the endpoints that a socket uses, for whoever types one. */
function noteEndpoints({ attach }: SocketDraft): void {
  const used = attach.map(({ endpoint }) => endpoint).filter((endpoint) => endpoint !== '')
  applyStep((workspace) => {
    const recentEndpoints = [...new Set([...used, ...workspace.recentEndpoints])].slice(0, maximumRecentEndpoints)
    return recentEndpoints.join() === workspace.recentEndpoints.join() ? workspace : { ...workspace, recentEndpoints }
  })
}

/** After a change of endpoint figures begin anew. Undo goes back to the former endpoint, whose figures go on. */
function offerFormerEndpoint({ id, attach }: SocketDraft, former: readonly Attachment[]): void {
  if (JSON.stringify(attach) === JSON.stringify(former)) return
  offerUndo('Endpoint changed: figures begin anew', async () => {
    applyStep(updateSocket(id, { attach: [...former] }))
    const back = workspaceStore.getState().sockets.find((each) => each.id === id)
    if (back) await openSession(back)
  })
}

/** Takes what a command made of a running session. */
const takeState = (state: SessionState): void => takeEvents([{ type: 'session.changed', state }])

/** Acts on a session; a failure becomes its outcome. */
async function act(sessionId: string, action: () => Promise<void>): Promise<void> {
  setOutcome(sessionId, { error: null })
  try {
    await action()
  } catch (thrown) {
    setOutcome(sessionId, { error: toErrorValue(thrown) })
  }
}

/**
 * Binds or connects one more endpoint of a running socket, which the draft has at `endpointIndex`. A failure becomes its
 * outcome.
 */
export async function attachEndpoint(sessionId: string, attachment: Attachment, endpointIndex: number): Promise<void> {
  setOutcome(sessionId, { error: null })
  try {
    takeState(await call('session.attach', { sessionId, attachment }))
  } catch (thrown) {
    const error = toErrorValue(thrown)
    setOutcome(sessionId, { error: { ...error, details: { ...error.details, endpointIndex } } })
  }
}

/** Lets an endpoint of a running socket go, by its place among them. A failure becomes its outcome. */
export async function detachEndpoint(sessionId: string, index: number): Promise<void> {
  await act(sessionId, async () => takeState(await call('session.detach', { sessionId, index })))
}

/** Lets go of an endpoint of a running socket, by its place among them, and connects to it anew. */
export async function connectAgain(
  sessionId: string,
  place: number,
  attachment: Attachment,
  endpointIndex: number,
): Promise<void> {
  await detachEndpoint(sessionId, place)
  if (sessionStore.getState().outcomes[sessionId]?.error) return
  await attachEndpoint(sessionId, attachment, endpointIndex)
}

/** The last change of subscriptions: one is asked for after another, so that none is built on what was before. */
let subscribing: Promise<void> = Promise.resolve()

/** Changes what a socket subscribes to, at once where it runs. A failure becomes its outcome. */
export function subscribe(sessionId: string, change: (before: readonly Topic[]) => readonly Topic[]): Promise<void> {
  const changed = async () => {
    const draft = workspaceStore.getState().sockets.find(({ id }) => id === sessionId)
    if (!draft) return
    const subscriptions = change(draft.subscriptions)
    // Kept first: a window that closes before the socket has answered must not lose it.
    applyStep(updateSocket(sessionId, { subscriptions }))
    if (sessionStore.getState().sessions[sessionId]?.phase !== 'open') return
    try {
      takeState(await call('session.subscribe', { sessionId, subscriptions }))
    } catch (thrown) {
      applyStep(updateSocket(sessionId, { subscriptions: draft.subscriptions }))
      throw thrown
    }
  }
  subscribing = subscribing.then(() => act(sessionId, changed))
  return subscribing
}

/**
 * The routing id of the peer that a draft's messages go to, as hex digits: without one, the peer heard of last. Null where
 * the socket chooses none.
 */
function peerOf({ id, pattern, peer }: SocketDraft): string | null {
  if (patternOf(pattern).envelope !== 'peer') return null
  if (peer !== '') return compactHex(parseRoutingId(peer))
  const heard = sessionStore.getState().sessions[id]?.peers?.newest ?? []
  const newest = heard.find(({ gone }) => !gone)
  if (newest) return newest.routingId
  const why = heard.length === 0 ? 'No peer has sent a message yet' : 'Every peer that was here has gone'
  throw new InspectorError('wrong-state', `${why}: wait for one, or write the routing id of one under Send to peer.`)
}

/** Opens the socket's session; a failure becomes its outcome. */
export async function openSession(draft: SocketDraft): Promise<void> {
  setOutcome(draft.id, { error: null })
  try {
    await ensureOpen(draft)
  } catch (thrown) {
    setOutcome(draft.id, { error: toErrorValue(thrown) })
  }
}

export async function closeSession(sessionId: string): Promise<void> {
  await call('session.close', { sessionId })
}

/** Sends the draft and shows the reply, opening its session first if needed. */
export async function send(draft: SocketDraft): Promise<void> {
  const { outcomes, sessions } = sessionStore.getState()
  if (outcomes[draft.id]?.sendingSince != null || sessions[draft.id]?.repeat?.running) {
    setOutcome(draft.id, { insisted: true })
    return
  }
  const { id, frames: message, timeoutMs, pattern, signing } = draft
  const at = Date.now()
  // Its reply takes the place of what is shown. Elsewhere a message that is read stays.
  if (pattern === 'req') closeViewed()
  forgetSwitches(message)
  let to: string | null = null
  try {
    setOutcome(id, { sendingSince: performance.now(), error: null, insisted: false })
    to = peerOf(draft)
    await ensureOpen(draft)
    const { exchange, encodeNs } = await call('session.send', { sessionId: id, message, timeoutMs, to, signing })
    const sentAs = message.map(({ encoding }) => encoding)
    setOutcome(id, { sendingSince: null, reply: exchange && { exchange, encodeNs }, sentAs })
    applyStep(remember(id, message, at))
  } catch (thrown) {
    const error = toErrorValue(thrown)
    // The former reply stays on the screen.
    setOutcome(id, { sendingSince: null, error })
    // Sent again, it must not go to another one that nobody chose.
    if (to !== null && error.code === 'unreachable') applyStep(updateSocket(id, { peer: formatRoutingId(to) }))
    // A message that is not valid was never one.
    if (refusedFrame(error) !== null) askForFocus('faulty-frame')
    else applyStep(remember(id, message, at))
  }
}

export async function cancel(sessionId: string): Promise<void> {
  await call('session.cancel', { sessionId })
}

export async function startRepeat(draft: SocketDraft): Promise<void> {
  if (draft.pattern === 'req') closeViewed()
  forgetSwitches(draft.frames)
  // What an earlier exchange brought is no reply to this message.
  const sentAs = draft.frames.map(({ encoding }) => encoding)
  setOutcome(draft.id, { error: null, reply: null, sentAs, insisted: false })
  try {
    const { id, frames: message, timeoutMs, repeat, signing } = draft
    applyStep(remember(id, message, Date.now()))
    const { count, intervalMs, rate } = repeat
    const to = peerOf(draft)
    await ensureOpen(draft)
    const pace = rate === null ? { intervalMs } : { intervalMs: 1000 / rate, catchesUp: true }
    await call('repeat.start', { sessionId: id, message, timeoutMs, to, signing, count, ...pace })
  } catch (thrown) {
    setOutcome(draft.id, { error: toErrorValue(thrown) })
  }
}

export async function stopRepeat(sessionId: string): Promise<void> {
  await call('repeat.stop', { sessionId })
}

/** Shows the latest reply of a repeat. */
export async function showLastExchange(sessionId: string): Promise<void> {
  const exchange = await call('session.lastExchange', { sessionId })
  if (!exchange) return
  // Most replies of a repeat are the same: their frames are neither decoded nor drawn again.
  const shown = sessionStore.getState().outcomes[sessionId]?.reply?.exchange.frames
  const isShown = shown && sizeOf(exchange.frames) <= largeFrameBytes && isSameMessage(shown, exchange.frames)
  const frames = isShown ? shown : exchange.frames
  setOutcome(sessionId, { reply: { exchange: { ...exchange, frames }, encodeNs: null } })
}

/** Counts the entries that were to be opened, and tells the latest that was. */
let [viewing, viewingShown] = [0, 0]

/** Opens a log entry in the reply view. `after`: the message before it of its topic, where that is known. */
export async function viewEntry(id: number, after: number | null = null): Promise<void> {
  viewing += 1
  const own = viewing
  const transcript = shownTranscript()
  const entry = await call('log.entry', { id, transcript })
  // A later one is open already, or the other transcript is shown.
  if (own < viewingShown || transcript !== shownTranscript()) return
  viewingShown = own
  if (!entry) throw new InspectorError('log-unavailable', 'This entry is no longer in the log: it was deleted.')
  const before = logStore.getState()
  // The two lead to each other: what is known need not be found again.
  const known = before.partner === id ? (before.viewed?.id ?? null) : null
  const viewedBeside = workspaceStore.getState().activeSocket
  logStore.setState({ viewed: entry, partner: known, viewedAfter: after, viewedBeside })
  if (known !== null || entry.kind === 'event') return
  const partner = await call('log.partner', { id, transcript })
  if (logStore.getState().viewed === entry) logStore.setState({ partner })
}

export async function saveSettings(settings: Settings): Promise<void> {
  // Apply at once: the next change builds on it, however long the host takes.
  settingsStore.setState(settings)
  await call('settings.save', settings)
}

export async function dismissNotice(id: number): Promise<void> {
  noticeStore.setState((notices) => notices.filter((notice) => notice.id !== id), true)
  await call('notice.dismiss', { id })
}
