import { parentPort, workerData } from 'node:worker_threads'
import { monotonicNanoseconds } from '../clock.ts'

/** Beats at `startNs + n * beatNs` of the monotonic clock while `round` is current. */
export interface Beat {
  readonly round: number
  readonly startNs: number
  readonly beatNs: number
}

/**
 * A sleeping thread wakes about 0.1 ms late (timer slack of the kernel and scheduling), so it wakes early and polls the
 * clock for the rest: at most a tenth of the time overall.
 */
const earlyNs = 100e3
const watchedShare = 0.1

function isShared(value: unknown): value is Int32Array {
  return value instanceof Int32Array && value.buffer instanceof SharedArrayBuffer
}

if (!parentPort || !isShared(workerData)) throw new Error('This module is the thread of a metronome.')
const port = parentPort
const shared = workerData

port.on('message', ({ round, startNs, beatNs }: Beat) => {
  for (let next = startNs; Atomics.load(shared, 1) === round; ) {
    const waitMs = (next - Math.min(earlyNs, beatNs * watchedShare) - monotonicNanoseconds()) / 1e6
    // Also wakes when the round ends.
    if (waitMs > 0 && Atomics.wait(shared, 1, round, waitMs) !== 'timed-out') return
    while (monotonicNanoseconds() < next) {
      // Busy-wait until the beat.
    }
    // One unanswered beat stands for those after it: its receiver sends everything that is due.
    if (Atomics.exchange(shared, 0, 1) === 0) port.postMessage(round)
    next = startNs + (Math.floor((monotonicNanoseconds() - startNs) / beatNs) + 1) * beatNs
  }
})
