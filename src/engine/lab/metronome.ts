import { Worker } from 'node:worker_threads'
import type { Beat } from './metronome-thread.ts'

/** Shorter beats would cost more than they gain: requests due within one beat are sent together. */
const shortestBeatNs = 250e3
/** Longest beat: at low rates, extra beats check for overdue requests. */
const longestBeatNs = 50e6

/**
 * Calls back at given times, accurate to tens of microseconds, from a thread that sleeps in between. Event loop timers
 * have millisecond resolution, and chained ones drift.
 */
export class Metronome {
  readonly #worker: Worker
  #beat: () => void = () => undefined
  /** Identifies the beats of one start; late ones of an earlier start are ignored. */
  #round = 0
  /** Shared with the thread: whether a beat is pending (0), and the current round (1). */
  readonly #shared = new Int32Array(new SharedArrayBuffer(8))

  /** `module` is the built metronome-thread.ts. */
  constructor(module: URL) {
    this.#worker = new Worker(module, { workerData: this.#shared })
    this.#worker.on('message', (round: number) => {
      Atomics.store(this.#shared, 0, 0)
      if (round === this.#round) this.#beat()
    })
    // It must not keep the process alive.
    this.#worker.unref()
  }

  /** Calls `beat` at `startNs` of the monotonic clock, then every `intervalNs` or an integer fraction of it. */
  start(startNs: number, intervalNs: number, beat: () => void): void {
    this.#beat = beat
    this.#round += 1
    Atomics.store(this.#shared, 1, this.#round)
    const beatNs = Math.max(shortestBeatNs, intervalNs / Math.ceil(intervalNs / longestBeatNs))
    const message: Beat = { round: this.#round, startNs, beatNs }
    this.#worker.postMessage(message)
  }

  stop(): void {
    this.#beat = () => undefined
    Atomics.store(this.#shared, 1, 0)
    Atomics.notify(this.#shared, 1)
  }

  /** Ends the thread. */
  async dispose(): Promise<void> {
    this.stop()
    await this.#worker.terminate()
  }
}
