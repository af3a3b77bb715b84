import type { LabPort } from '../engine/lab/protocol.ts'

/** The way from a measuring process to the one that started it as its child; it ends with that one. */
export function openLabPort(): LabPort {
  // Whoever started it is gone, so nobody waits for a result.
  process.on('disconnect', () => process.exit(1))
  return {
    post(message) {
      process.send?.(message)
    },
    onMessage: (listen) => void process.on('message', listen),
  }
}
