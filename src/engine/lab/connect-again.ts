import { monotonicNanoseconds } from '../clock.ts'

/** Pause before reconnecting after a failed connection. */
const reconnectPauseMs = 100
/** Limit for loads that end by number: without a peer they would never end. */
const longestNs = 10e9

interface Attempts {
  isOver(): boolean
  failed(thrown: unknown): void
  pause(milliseconds: number): Promise<void>
}

/**
 * Connects a socket again until that works, or until `endNs` of the monotonic clock; where that is infinite, for ten seconds.
 * Resolves with whether it is usable.
 */
export async function connectAgain(
  socket: { connect(): Promise<void> },
  endNs: number,
  { isOver, failed, pause }: Attempts,
): Promise<boolean> {
  const lastNs = Number.isFinite(endNs) ? endNs : monotonicNanoseconds() + longestNs
  while (!isOver() && monotonicNanoseconds() < lastNs) {
    try {
      await socket.connect()
      return !isOver()
    } catch (thrown) {
      if (isOver()) return false
      failed(thrown)
      await pause(reconnectPauseMs)
    }
  }
  return false
}
