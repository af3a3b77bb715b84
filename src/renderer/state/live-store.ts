import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { type ConnectionState, type ServerState, stoppedServer } from '../../shared/connection.ts'
import type { Asked, InspectorEvent, Notice, Snapshot } from '../../shared/contract.ts'
import type { ErrorValue } from '../../shared/errors.ts'
import { idleLab, type LabState } from '../../shared/lab/progress.ts'
import type { Exchange, LogEntry, LogStatus } from '../../shared/message.ts'
import { defaultSettings, type Settings } from '../../shared/settings.ts'
import type { ConnectionDraft } from '../../shared/workspace.ts'
import { workspaceStore } from './workspace-store.ts'

/**
 * A reply, and how long the window took to encode its request, in nanoseconds; null when the window did not encode it.
 */
export interface ReceivedReply {
  readonly exchange: Exchange
  readonly encodeNs: number | null
}

/** The outcome of the last Send on a connection. */
export interface Outcome {
  /** `performance.now()` when the pending request was sent; null without one. */
  readonly sendingSince: number | null
  readonly reply: ReceivedReply | null
  readonly error: ErrorValue | null
  /** What the window opened the connection with; null when another page opened it. */
  readonly opened: Pick<ConnectionDraft, 'endpoint' | 'options'> | null
  /** The repeat whose replies were shown last, and how many it had by then. */
  readonly shownReplies: { readonly startedAt: number; readonly replied: number } | null
}

export const noOutcome: Outcome = { sendingSince: null, reply: null, error: null, opened: null, shownReplies: null }

/** The host's latest state, and the window's own transient state. */
export interface Live {
  readonly ready: boolean
  readonly server: ServerState
  readonly connections: Readonly<Record<string, ConnectionState>>
  readonly outcomes: Readonly<Record<string, Outcome>>
  /** Incremented when a connection's figures change. */
  readonly latencyVersions: Readonly<Record<string, number>>
  readonly notices: readonly Notice[]
  readonly logStatus: LogStatus | null
  readonly settings: Settings
  readonly lab: LabState
  readonly asked: Asked
  /** The connection removed last, while that can be undone, and its position. */
  readonly removed: {
    readonly draft: ConnectionDraft
    readonly index: number
    /** The connection that replaced it when it was the only one. */
    readonly replacement: ConnectionDraft | null
  } | null
  /** A log entry that is open in the reply view. */
  readonly viewedEntry: LogEntry | null
}

export const emptyLive: Live = {
  ready: false,
  server: stoppedServer,
  connections: {},
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
  const connections = Object.fromEntries(snapshot.connections.map((state) => [state.connectionId, state]))
  for (const state of Object.values(live.connections)) {
    if (isNewer(state, connections)) connections[state.connectionId] = state
  }
  const known = new Set(snapshot.notices.map(({ id }) => id))
  return {
    ...live,
    ready: true,
    server: live.server.seq > snapshot.server.seq ? live.server : snapshot.server,
    connections,
    // Those that are not known there are newer, or the window's own.
    notices: [...snapshot.notices, ...live.notices.filter(({ id }) => !known.has(id))],
    logStatus: live.logStatus ?? snapshot.log,
    settings: snapshot.settings,
    lab: live.lab.seq > snapshot.lab.seq ? live.lab : snapshot.lab,
    asked: live.asked === emptyLive.asked ? snapshot.asked : live.asked,
  }
}

const isNewer = ({ connectionId, seq }: ConnectionState, connections: Live['connections']): boolean =>
  seq >= (connections[connectionId]?.seq ?? 0)

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
    case 'server.changed':
      return event.state.seq < live.server.seq ? live : { ...live, server: event.state }
    case 'connection.changed':
      if (!isNewer(event.state, live.connections)) return live
      return { ...live, connections: { ...live.connections, [event.state.connectionId]: event.state } }
    case 'latency.changed': {
      const version = (live.latencyVersions[event.connectionId] ?? 0) + 1
      return { ...live, latencyVersions: { ...live.latencyVersions, [event.connectionId]: version } }
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

/** Applies a batch of events. Hundreds of connections may change at a time, so their record is copied once. */
export function applyEvents(live: Live, events: readonly InspectorEvent[]): Live {
  const connections = { ...live.connections }
  let next = live
  for (const event of events) {
    if (event.type !== 'connection.changed') next = applyEvent(next, event)
    else if (isNewer(event.state, connections)) connections[event.state.connectionId] = event.state
  }
  return events.some(({ type }) => type === 'connection.changed') ? { ...next, connections } : next
}

export const liveStore = createStore<Live>()(() => emptyLive)

export function useLive<Part>(select: (live: Live) => Part): Part {
  return useStore(liveStore, select)
}

/** Whether an open connection still has its draft's endpoint and options. */
export function isAsDrafted(live: Live, draft: ConnectionDraft): boolean {
  const opened = live.outcomes[draft.id]?.opened
  if (!opened) return live.connections[draft.id]?.endpoint === draft.endpoint
  return opened.endpoint === draft.endpoint && JSON.stringify(opened.options) === JSON.stringify(draft.options)
}

/** Removes all state of a removed connection. */
export function forgetConnection(connectionId: string): void {
  const without = <Value>(record: Readonly<Record<string, Value>>): Record<string, Value> => {
    const { [connectionId]: _removed, ...rest } = record
    return rest
  }
  liveStore.setState(({ connections, outcomes, latencyVersions }) => ({
    connections: without(connections),
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

/** Records an outcome. Late outcomes of a removed connection are dropped. */
export function setOutcome(connectionId: string, patch: Partial<Outcome>): void {
  if (!workspaceStore.getState().connections.some(({ id }) => id === connectionId)) return
  liveStore.setState(({ outcomes }) => ({
    outcomes: { ...outcomes, [connectionId]: { ...noOutcome, ...outcomes[connectionId], ...patch } },
  }))
}
