import { parentPort, workerData } from 'node:worker_threads'
import { monotonicNanoseconds } from '../clock.ts'

/** Beats at `startNs + n * beatNs` of the monotonic clock, for as long as `round` is the one that is asked for. */
export interface Beat {
  readonly round: number
  readonly startNs: number
  readonly beatNs: number
}

/**
 * A sleeping thread wakes up some 0.1 ms late (the kernel's timer slack and the way back onto a processor), so it wakes
 * up before its time and looks at the clock for the rest: for no more than a tenth of the time in all.
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
    // Wakes at the end too, when the round changes.
    if (waitMs > 0 && Atomics.wait(shared, 1, round, waitMs) !== 'timed-out') return
    while (monotonicNanoseconds() < next) {
      // The clock alone says when.
    }
    // A beat that was not answered yet stands for those after it: whoever hears it sends all that is due.
    if (Atomics.exchange(shared, 0, 1) === 0) port.postMessage(round)
    next = startNs + (Math.floor((monotonicNanoseconds() - startNs) / beatNs) + 1) * beatNs
  }
})
