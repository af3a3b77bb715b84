import type { LabPort } from '../engine/lab/protocol.ts'

/** The channel from a measuring process to its parent; the process ends with its parent. */
export function openLabPort(): LabPort {
  // The parent is gone, so nobody waits for a result.
  process.on('disconnect', () => process.exit(1))
  return {
    post(message) {
      process.send?.(message)
    },
    onMessage: (listen) => void process.on('message', listen),
  }
}
