import type { MessageSocket } from './message-socket.ts'
import type { Reply } from './step-recorder.ts'

/** When messages are sent, in nanoseconds of the monotonic clock. */
export interface FlowTimes {
  readonly startNs: number
  /** Messages before it warm up. */
  readonly measureFromNs: number
  /** No message is sent after it; infinite where their number ends the flow. */
  readonly endNs: number
  /** The most messages that count; infinite where time ends the flow. */
  readonly most: number
  /** Null for as fast as they are taken. */
  readonly ratePerSecond: number | null
}

export interface FlowListener {
  /** So many messages that count, or warm up, are handed over now. */
  begin(messages: number, isMeasured: boolean): void
  /** Messages that count were accepted. */
  accepted(socket: MessageSocket, messages: number, times: Reply): void
  /** A connection broke, or could not be made again. */
  failed(thrown: unknown): void
  /** A write waited longer than the timeout: its socket is given up. */
  timedOut(): void
  /** Messages were overdue by the timeout before any socket could take them. */
  unsent(messages: number): void
  /** Makes a socket usable again after a failure. Resolves with whether that worked. */
  renew(socket: MessageSocket): Promise<boolean>
}

/** The messages of a flow at a rate: those that warm up, and all. */
export function dueIn({ startNs, measureFromNs, endNs, most, ratePerSecond }: FlowTimes): {
  readonly warmUps: number
  readonly total: number
} {
  if (ratePerSecond === null) return { warmUps: 0, total: Number.POSITIVE_INFINITY }
  const warmUps = Math.round(((measureFromNs - startNs) / 1e9) * ratePerSecond)
  const measured = Number.isFinite(most)
    ? most
    : Math.max(1, Math.round(((endNs - measureFromNs) / 1e9) * ratePerSecond))
  return { warmUps, total: warmUps + measured }
}
