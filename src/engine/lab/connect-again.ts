import { monotonicNanoseconds } from '../clock.ts'
import type { MessageSocket } from './message-socket.ts'

/** Pause before reconnecting after a failed connection. */
const reconnectPauseMs = 100

interface Attempts {
  isOver(): boolean
  failed(thrown: unknown): void
  pause(milliseconds: number): Promise<void>
}

/** Connects a socket again until that works, or until `lastNs` of the monotonic clock. Resolves with whether it is usable. */
export async function connectAgain(
  socket: Pick<MessageSocket, 'connect'>,
  lastNs: number,
  { isOver, failed, pause }: Attempts,
): Promise<boolean> {
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
