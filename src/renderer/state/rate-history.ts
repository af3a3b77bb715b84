import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { SessionState } from '../../shared/session/state.ts'

/** As many seconds are kept. */
export const keptSeconds = 120

/** What went through a session within one second. */
export interface Second {
  /** Seconds since the epoch. */
  readonly second: number
  readonly received: number
  readonly sent: number
}

export interface RateHistory {
  /** The totals of the state before. */
  readonly totals: { readonly received: number; readonly sent: number }
  readonly seconds: readonly Second[]
}

/** By session. */
const histories = createStore<Readonly<Record<string, RateHistory>>>()(() => ({}))

const none: readonly Second[] = []

/** The seconds of a session in which something went through it, the oldest first. */
export const useRateHistory = (sessionId: string): readonly Second[] =>
  useStore(histories, (all) => all[sessionId]?.seconds ?? none)

/** The history with newer totals, at a second since the epoch. */
export function withTotals(
  before: RateHistory | undefined,
  { received, sent }: RateHistory['totals'],
  second: number,
): RateHistory {
  const totals = { received, sent }
  // What went through before it was known here belongs to no second.
  if (!before) return { totals, seconds: none }
  const { seconds } = before
  // Totals begin anew with each opening.
  const isAnew = before.totals.received > received || before.totals.sent > sent
  const [newReceived, newSent] = isAnew
    ? [received, sent]
    : [received - before.totals.received, sent - before.totals.sent]
  if (newReceived + newSent === 0) return { totals, seconds }
  const last = seconds.at(-1)
  if (last?.second === second) {
    const grown = { second, received: last.received + newReceived, sent: last.sent + newSent }
    return { totals, seconds: [...seconds.slice(0, -1), grown] }
  }
  const kept = seconds.filter((each) => each.second > second - keptSeconds)
  return { totals, seconds: [...kept, { second, received: newReceived, sent: newSent }] }
}

/** Takes the newest states of sessions. Time in milliseconds since the epoch. */
export function noteTraffic(states: readonly SessionState[], now: number): void {
  const changed: Record<string, RateHistory> = {}
  const all = histories.getState()
  for (const { sessionId, traffic } of states) {
    const before = changed[sessionId] ?? all[sessionId]
    if (before?.totals.received === traffic.received && before.totals.sent === traffic.sent) continue
    changed[sessionId] = withTotals(before, traffic, Math.floor(now / 1000))
  }
  if (Object.keys(changed).length > 0) histories.setState(changed)
}

/** Forgets a session that was removed. */
export function forgetTraffic(sessionId: string): void {
  histories.setState(({ [sessionId]: _removed, ...rest }) => rest, true)
}
