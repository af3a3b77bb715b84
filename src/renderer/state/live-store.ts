import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { Asked, InspectorEvent, Notice, Snapshot } from '../../shared/contract/index.ts'
import type { ErrorValue } from '../../shared/errors.ts'
import { idleLab, type LabState } from '../../shared/lab/progress.ts'
import type { Exchange } from '../../shared/message.ts'
import { echoServerId, type SocketSpec } from '../../shared/session/spec.ts'
import type { SessionState } from '../../shared/session/state.ts'
import { defaultSettings, type Settings } from '../../shared/settings.ts'
import type { TranscriptRecord } from '../../shared/transcript/record.ts'
import type { LogStatus } from '../../shared/transcript/status.ts'
import { type SocketDraft, specOf } from '../../shared/workspace.ts'
import { workspaceStore } from './workspace-store.ts'

/**
 * A reply, and how long the window took to encode its request, in nanoseconds; null when the window did not encode it.
 */
export interface ReceivedReply {
  readonly exchange: Exchange
  readonly encodeNs: number | null
}

/** The outcome of the last Send on a socket. */
export interface Outcome {
  /** `performance.now()` when the pending request was sent; null without one. */
  readonly sendingSince: number | null
  readonly reply: ReceivedReply | null
  readonly error: ErrorValue | null
}

export const noOutcome: Outcome = { sendingSince: null, reply: null, error: null }

/** The host's latest state, and the window's own transient state. */
export interface Live {
  readonly ready: boolean
  /** By session id; the echo server's is one of them. */
  readonly sessions: Readonly<Record<string, SessionState>>
  readonly outcomes: Readonly<Record<string, Outcome>>
  /** Incremented when a session's figures change. */
  readonly latencyVersions: Readonly<Record<string, number>>
  readonly notices: readonly Notice[]
  readonly logStatus: LogStatus | null
  readonly settings: Settings
  readonly lab: LabState
  readonly asked: Asked
  /** The socket removed last, while that can be undone, and its position. */
  readonly removed: {
    readonly draft: SocketDraft
    readonly index: number
    /** The socket that replaced it when it was the only one. */
    readonly replacement: SocketDraft | null
  } | null
  /** A log entry that is open in the reply view. */
  readonly viewedEntry: TranscriptRecord | null
}

export const emptyLive: Live = {
  ready: false,
  sessions: {},
  outcomes: {},
  latencyVersions: {},
  notices: [],
  logStatus: null,
  settings: defaultSettings,
  lab: idleLab,
  asked: { endpoints: [], repeated: false, ignored: 0 },
  removed: null,
  viewedEntry: null,
}

/**
 * Applies the host's answer to a window that asked for everything. Events that are newer may come before it: they win.
 */
export function applySnapshot(live: Live, snapshot: Snapshot): Live {
  const sessions = Object.fromEntries(snapshot.sessions.map((state) => [state.sessionId, state]))
  for (const state of Object.values(live.sessions)) {
    if (isNewer(state, sessions)) sessions[state.sessionId] = state
  }
  const known = new Set(snapshot.notices.map(({ id }) => id))
  return {
    ...live,
    ready: true,
    sessions,
    // Those that are not known there are newer, or the window's own.
    notices: [...snapshot.notices, ...live.notices.filter(({ id }) => !known.has(id))],
    logStatus: live.logStatus ?? snapshot.log,
    settings: snapshot.settings,
    lab: live.lab.seq > snapshot.lab.seq ? live.lab : snapshot.lab,
    asked: live.asked === emptyLive.asked ? snapshot.asked : live.asked,
  }
}

const isNewer = ({ sessionId, seq }: SessionState, sessions: Live['sessions']): boolean =>
  seq >= (sessions[sessionId]?.seq ?? 0)

/** A notice takes the place of the earlier one with its id. */
function withNotice(live: Live, notice: Notice): Live {
  const earlier = live.notices.find(({ id }) => id === notice.id)
  if (!earlier) return { ...live, notices: [...live.notices, notice] }
  // The snapshot may have had it already.
  if (earlier.title === notice.title && earlier.text === notice.text) return live
  return { ...live, notices: live.notices.map((each) => (each === earlier ? notice : each)) }
}

/** Applies one event. States carry a sequence number, so that one older than the snapshot is ignored. */
export function applyEvent(live: Live, event: InspectorEvent): Live {
  switch (event.type) {
    case 'session.changed':
      if (!isNewer(event.state, live.sessions)) return live
      return { ...live, sessions: { ...live.sessions, [event.state.sessionId]: event.state } }
    case 'session.removed': {
      const { [event.sessionId]: _removed, ...sessions } = live.sessions
      return { ...live, sessions }
    }
    case 'latency.changed': {
      const version = (live.latencyVersions[event.sessionId] ?? 0) + 1
      return { ...live, latencyVersions: { ...live.latencyVersions, [event.sessionId]: version } }
    }
    case 'asked.changed':
      return { ...live, asked: event.asked }
    case 'lab.changed':
      return event.state.seq < live.lab.seq ? live : { ...live, lab: event.state }
    case 'log.changed':
      return { ...live, logStatus: event.status }
    case 'app.command':
    case 'schema.changed':
      // Handled elsewhere: commands are run, and message types have their own store.
      return live
    case 'notice':
      return withNotice(live, event.notice)
  }
}

/** Applies a batch of events. Hundreds of sessions may change at a time, so their records are copied once. */
export function applyEvents(live: Live, events: readonly InspectorEvent[]): Live {
  const sessions = { ...live.sessions }
  const latencyVersions = { ...live.latencyVersions }
  let next = live
  for (const event of events) {
    if (event.type === 'latency.changed') latencyVersions[event.sessionId] = (latencyVersions[event.sessionId] ?? 0) + 1
    else if (event.type === 'session.removed') delete sessions[event.sessionId]
    else if (event.type !== 'session.changed') next = applyEvent(next, event)
    else if (isNewer(event.state, sessions)) sessions[event.state.sessionId] = event.state
  }
  const has = (...types: InspectorEvent['type'][]) => events.some(({ type }) => types.includes(type))
  if (has('session.changed', 'session.removed')) next = { ...next, sessions }
  return has('latency.changed') ? { ...next, latencyVersions } : next
}

export const liveStore = createStore<Live>()(() => emptyLive)

export function useLive<Part>(select: (live: Live) => Part): Part {
  return useStore(liveStore, select)
}

/** Whether an open session still runs as its draft says. */
export function isAsDrafted(live: Live, draft: SocketDraft): boolean {
  const session = live.sessions[draft.id]
  return session !== undefined && described(session.spec) === describedDraft(draft)
}

const describeOnce = <Value extends object>(describe: (value: Value) => string): ((value: Value) => string) => {
  const known = new WeakMap<Value, string>()
  return (value) => {
    const before = known.get(value)
    if (before !== undefined) return before
    const description = describe(value)
    known.set(value, description)
    return description
  }
}

/** Asked for every socket at every change of any session. */
const described = describeOnce((spec: SocketSpec) => JSON.stringify(spec))
const describedDraft = describeOnce((draft: SocketDraft) => JSON.stringify(specOf(draft)))

/** Removes all state of a removed socket. */
export function forgetSession(sessionId: string): void {
  const without = <Value>(record: Readonly<Record<string, Value>>): Record<string, Value> => {
    const { [sessionId]: _removed, ...rest } = record
    return rest
  }
  liveStore.setState(({ sessions, outcomes, latencyVersions }) => ({
    sessions: without(sessions),
    outcomes: without(outcomes),
    latencyVersions: without(latencyVersions),
  }))
}

/** The host's notice ids count up from one, the window's own count down. */
let nextOwnNotice = -1

/** Shows a failure that belongs to no control. The same words are shown once. */
export function addOwnNotice({ title, text }: Pick<Notice, 'title' | 'text'>): void {
  const { notices } = liveStore.getState()
  if (notices.some((notice) => notice.title === title && notice.text === text)) return
  const notice: Notice = { id: nextOwnNotice, level: 'error', title, text }
  nextOwnNotice -= 1
  liveStore.setState({ notices: [...notices, notice] })
}

/** Records an outcome. Late outcomes of a removed socket are dropped. */
export function setOutcome(sessionId: string, patch: Partial<Outcome>): void {
  if (!workspaceStore.getState().sockets.some(({ id }) => id === sessionId) && sessionId !== echoServerId) return
  liveStore.setState(({ outcomes }) => ({
    outcomes: { ...outcomes, [sessionId]: { ...noOutcome, ...outcomes[sessionId], ...patch } },
  }))
}
