import { Worker } from 'node:worker_threads'
import type { Beat } from './metronome-thread.ts'

/** Beats closer than this would cost more than they give: what is due within it is sent together. */
const shortestBeatNs = 250e3
/** Where requests are rarer, beats between them look after those that are overdue. */
const longestBeatNs = 50e6

/**
 * Calls at given times, to some ten microseconds, from a thread that sleeps in between. A timer of the event loop has
 * whole milliseconds only, and one after the other they fall behind.
 */
export class Metronome {
  readonly #worker: Worker
  #beat: () => void = () => undefined
  /** The beats of one start; what is still on the way from an earlier one is passed over. */
  #round = 0
  /** Shared with the thread: whether a beat is on the way (0), and which round it may beat for (1). */
  readonly #shared = new Int32Array(new SharedArrayBuffer(8))

  /** `module` is metronome-thread.ts as it was built. */
  constructor(module: URL) {
    this.#worker = new Worker(module, { workerData: this.#shared })
    this.#worker.on('message', (round: number) => {
      Atomics.store(this.#shared, 0, 0)
      if (round === this.#round) this.#beat()
    })
    // It lives as long as somebody measures.
    this.#worker.unref()
  }

  /** Calls `beat` at `startNs` of the monotonic clock and then every `intervalNs`, or a whole part of it. */
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
