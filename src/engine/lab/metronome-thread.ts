import { parentPort, workerData } from 'node:worker_threads'
import { monotonicNanoseconds } from '../clock.ts'

/** Calls for beats at `startNs + n * beatNs` of the monotonic clock, each `earlyNs` before it, while `round` is current. */
export interface Beat {
  readonly round: number
  readonly startNs: number
  readonly beatNs: number
  readonly earlyNs: number
}

function isShared(value: unknown): value is Int32Array {
  return value instanceof Int32Array && value.buffer instanceof SharedArrayBuffer
}

if (!parentPort || !isShared(workerData)) throw new Error('This module is the thread of a metronome.')
const port = parentPort
const shared = workerData

port.on('message', ({ round, startNs, beatNs, earlyNs }: Beat) => {
  for (let index = 0; Atomics.load(shared, 1) === round; ) {
    const waitMs = (startNs + index * beatNs - earlyNs - monotonicNanoseconds()) / 1e6
    // Also wakes when the round ends.
    if (waitMs > 0 && Atomics.wait(shared, 1, round, waitMs) !== 'timed-out') return
    // One unanswered call stands for those after it: its receiver sends everything that is due.
    if (Atomics.exchange(shared, 0, 1) === 0) Atomics.notify(shared, 0)
    index = Math.max(index + 1, Math.ceil((monotonicNanoseconds() + earlyNs - startNs) / beatNs))
  }
})
