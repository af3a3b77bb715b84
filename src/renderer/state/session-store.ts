import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { EncodingId } from '../../shared/codecs/codec.ts'
import type { ErrorValue } from '../../shared/errors.ts'
import type { Exchange } from '../../shared/message.ts'
import type { EngineEvent } from '../../shared/session/event.ts'
import { echoServerId, type SocketSpec } from '../../shared/session/spec.ts'
import type { SessionState } from '../../shared/session/state.ts'
import { type SocketDraft, specOf } from '../../shared/workspace.ts'
import { forgetTraffic } from './rate-history.ts'
import { workspaceStore } from './workspace-store.ts'

/**
 * A reply, and how long its request took to encode, in nanoseconds; null when nobody knows.
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
  /** The encodings of the frames that were sent last, which the reply is read like; null before any was. */
  readonly sentAs: readonly EncodingId[] | null
  /** Whether Send was asked for again while a request was pending, or repeated. */
  readonly insisted: boolean
}

export const noOutcome: Outcome = { sendingSince: null, reply: null, error: null, sentAs: null, insisted: false }

/** The frame, counted from 0, because of which a message was not sent; null for another reason, or none. */
export function refusedFrame(error: ErrorValue | null): number | null {
  const frame = error?.code === 'encode-failed' ? error.details?.frame : undefined
  return typeof frame === 'number' ? frame : null
}

/** The host's sessions, and what became of the window's requests to them. */
export interface Sessions {
  /** By session id; the echo server's is one of them. */
  readonly sessions: Readonly<Record<string, SessionState>>
  readonly outcomes: Readonly<Record<string, Outcome>>
  /** Incremented when a session's figures change. */
  readonly latencyVersions: Readonly<Record<string, number>>
}

export const noSessions: Sessions = { sessions: {}, outcomes: {}, latencyVersions: {} }

export const sessionStore = createStore<Sessions>()(() => noSessions)

export function useSessions<Part>(select: (sessions: Sessions) => Part): Part {
  return useStore(sessionStore, select)
}

const isNewer = ({ sessionId, seq }: SessionState, sessions: Sessions['sessions']): boolean =>
  seq >= (sessions[sessionId]?.seq ?? 0)

/** Takes all states of the host. Events that are newer may have come before: they win. */
export function withAllSessions(before: Sessions, states: readonly SessionState[]): Sessions {
  const sessions = Object.fromEntries(states.map((state) => [state.sessionId, state]))
  for (const state of Object.values(before.sessions)) {
    if (isNewer(state, sessions)) sessions[state.sessionId] = state
  }
  return { ...before, sessions }
}

/**
 * Applies events. States carry a sequence number, so that one older than what is known is ignored. Hundreds of sessions
 * may change at a time, so the records are copied once.
 */
export function withSessionEvents(before: Sessions, events: readonly EngineEvent[]): Sessions {
  const sessions = { ...before.sessions }
  const latencyVersions = { ...before.latencyVersions }
  for (const event of events) {
    switch (event.type) {
      case 'session.changed':
        if (isNewer(event.state, sessions)) sessions[event.state.sessionId] = event.state
        break
      case 'session.removed':
        delete sessions[event.sessionId]
        break
      case 'latency.changed':
        latencyVersions[event.sessionId] = (latencyVersions[event.sessionId] ?? 0) + 1
    }
  }
  return { ...before, sessions, latencyVersions }
}

/** Whether an open session still runs as its draft says. */
export function isAsDrafted({ sessions }: Sessions, draft: SocketDraft): boolean {
  const session = sessions[draft.id]
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

/**
 * By session: the repeat whose reply was shown last, and how many it had by then. Not in the store, because nothing that
 * is drawn depends on it.
 */
export const shownReplies = new Map<string, { readonly startedAt: number; readonly replied: number }>()

/** Removes all state of a removed socket. */
export function forgetSession(sessionId: string): void {
  shownReplies.delete(sessionId)
  forgetTraffic(sessionId)
  const without = <Value>(record: Readonly<Record<string, Value>>): Record<string, Value> => {
    const { [sessionId]: _removed, ...rest } = record
    return rest
  }
  sessionStore.setState(({ sessions, outcomes, latencyVersions }) => ({
    sessions: without(sessions),
    outcomes: without(outcomes),
    latencyVersions: without(latencyVersions),
  }))
}

/** Records an outcome. Late outcomes of a removed socket are dropped. */
export function setOutcome(sessionId: string, patch: Partial<Outcome>): void {
  if (!workspaceStore.getState().sockets.some(({ id }) => id === sessionId) && sessionId !== echoServerId) return
  sessionStore.setState(({ outcomes }) => ({
    outcomes: { ...outcomes, [sessionId]: { ...noOutcome, ...outcomes[sessionId], ...patch } },
  }))
}
