import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { type ConnectionState, type ServerState, stoppedServer } from '../../shared/connection.ts'
import type { InspectorEvent, Notice, Snapshot } from '../../shared/contract.ts'
import type { ErrorValue } from '../../shared/errors.ts'
import { idleLab, type LabState } from '../../shared/lab/progress.ts'
import type { Exchange, LogEntry, LogStatus } from '../../shared/message.ts'
import { defaultSettings, type Settings } from '../../shared/settings.ts'
import type { ConnectionDraft } from '../../shared/workspace.ts'
import { workspaceStore } from './workspace-store.ts'

/** A reply, and how long the window took to encode its request, in nanoseconds; null when it did not. */
export interface ReceivedReply {
  readonly exchange: Exchange
  readonly encodeNs: number | null
}

/** What came of the last Send on one connection. */
export interface Outcome {
  /** Of `performance.now()`, when the request in flight was sent; null when none is. */
  readonly sendingSince: number | null
  readonly reply: ReceivedReply | null
  readonly error: ErrorValue | null
  /** What the window opened the connection with; null when another page did. */
  readonly opened: Pick<ConnectionDraft, 'endpoint' | 'options'> | null
  /** The repeat whose replies were shown last, and how many it had by then. */
  readonly shownReplies: { readonly startedAt: number; readonly replied: number } | null
}

export const noOutcome: Outcome = { sendingSince: null, reply: null, error: null, opened: null, shownReplies: null }

/** What the host last said, and what the window knows for as long as it is open. */
export interface Live {
  readonly ready: boolean
  readonly server: ServerState
  readonly connections: Readonly<Record<string, ConnectionState>>
  readonly outcomes: Readonly<Record<string, Outcome>>
  /** Grows when a connection's figures change. */
  readonly latencyVersions: Readonly<Record<string, number>>
  readonly notices: readonly Notice[]
  readonly logStatus: LogStatus | null
  readonly settings: Settings
  readonly lab: LabState
  /** Endpoints that a link or a command line asked for. */
  readonly asked: readonly string[]
  /** The connection that was removed last, as long as that can be undone, and where it stood. */
  readonly removed: {
    readonly draft: ConnectionDraft
    readonly index: number
    /** What was made because it was the last one. */
    readonly replacement: ConnectionDraft | null
  } | null
  /** An entry of the log that is open in the reply view. */
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
  asked: [],
  removed: null,
  viewedEntry: null,
}

export function applySnapshot(live: Live, snapshot: Snapshot): Live {
  return {
    ...live,
    ready: true,
    server: snapshot.server,
    connections: Object.fromEntries(snapshot.connections.map((state) => [state.connectionId, state])),
    // The window's own count down from zero.
    notices: [...snapshot.notices, ...live.notices.filter(({ id }) => id < 0)],
    logStatus: snapshot.log,
    settings: snapshot.settings,
    lab: snapshot.lab,
    asked: snapshot.asked,
  }
}

/** The next state after one event. States carry a growing number, so that one from before a snapshot is passed over. */
export function applyEvent(live: Live, event: InspectorEvent): Live {
  switch (event.type) {
    case 'server.changed':
      return event.state.seq < live.server.seq ? live : { ...live, server: event.state }
    case 'connection.changed': {
      const { connectionId, seq } = event.state
      if (seq < (live.connections[connectionId]?.seq ?? 0)) return live
      return { ...live, connections: { ...live.connections, [connectionId]: event.state } }
    }
    case 'latency.changed': {
      const version = (live.latencyVersions[event.connectionId] ?? 0) + 1
      return { ...live, latencyVersions: { ...live.latencyVersions, [event.connectionId]: version } }
    }
    case 'asked.changed':
      return { ...live, asked: event.endpoints }
    case 'lab.changed':
      return event.state.seq < live.lab.seq ? live : { ...live, lab: event.state }
    case 'log.changed':
      return { ...live, logStatus: event.status }
    case 'app.command':
    case 'schema.changed':
      // A command is run, and the message types have a store of their own.
      return live
    case 'notice':
      return live.notices.some(({ id }) => id === event.notice.id)
        ? live
        : { ...live, notices: [...live.notices, event.notice] }
  }
}

export const liveStore = createStore<Live>()(() => emptyLive)

export function useLive<Part>(select: (live: Live) => Part): Part {
  return useStore(liveStore, select)
}

/** Whether an open connection still goes where its draft says, in the way that its draft says. */
export function isAsDrafted(live: Live, draft: ConnectionDraft): boolean {
  const opened = live.outcomes[draft.id]?.opened
  if (!opened) return live.connections[draft.id]?.endpoint === draft.endpoint
  return opened.endpoint === draft.endpoint && JSON.stringify(opened.options) === JSON.stringify(draft.options)
}

/** Forgets all about a connection that was removed. */
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

/** The host's notices count up from one, the window's own count down. */
let nextOwnNotice = -1

/** Shows a failure that has no control of its own to stand next to; the same text is shown once. */
export function addOwnNotice(text: string): void {
  const { notices } = liveStore.getState()
  if (notices.some((notice) => notice.text === text)) return
  const notice: Notice = { id: nextOwnNotice, level: 'error', title: 'Something went wrong', text }
  nextOwnNotice -= 1
  liveStore.setState({ notices: [...notices, notice] })
}

/** Notes what came of a connection. What comes late, for one that was removed, is dropped. */
export function setOutcome(connectionId: string, patch: Partial<Outcome>): void {
  if (!workspaceStore.getState().connections.some(({ id }) => id === connectionId)) return
  liveStore.setState(({ outcomes }) => ({
    outcomes: { ...outcomes, [connectionId]: { ...noOutcome, ...outcomes[connectionId], ...patch } },
  }))
}
