import { Worker } from 'node:worker_threads'
import { monotonicNanoseconds } from '../clock.ts'
import type { Beat } from './metronome-thread.ts'

/** Shorter beats would cost more than they gain: requests due within one beat are sent together. */
const shortestBeatNs = 250e3
/** Longest beat: at low rates, extra beats check for overdue requests. */
const longestBeatNs = 50e6
/**
 * A sleeping thread wakes some 0.1 ms late (timer slack of the kernel and scheduling), and wakes this one as late again. So
 * it is told to wake early, and this one polls the clock for the rest: at most a fifth of the time overall.
 */
const mostEarlyNs = 250e3
const watchedShare = 0.2
/** How long a turn polls before it looks for replies. */
const turnNs = 10e3

/**
 * Calls back at given times, accurate to tens of microseconds: a thread sleeps in between, and wakes the event loop a
 * little early. Event loop timers have millisecond resolution, and chained ones drift.
 */
export class Metronome {
  readonly #worker: Worker
  #beat: () => void = () => undefined
  #startNs = 0
  #beatNs = 1
  #earlyNs = 0
  /** Tells the thread which start it calls for. */
  #round = 0
  #isRunning = false
  /** Whether a call will be heard: one stands for all until it has been. */
  #listens = false
  /** The time of the beat that was called for last. */
  #dueNs = 0
  /** Shared with the thread: whether a call is pending (0), and the current round (1). */
  readonly #shared = new Int32Array(new SharedArrayBuffer(8))

  /** `module` is the built metronome-thread.ts. */
  constructor(module: URL) {
    this.#worker = new Worker(module, { workerData: this.#shared })
    // It must not keep the process alive.
    this.#worker.unref()
  }

  /** Calls `beat` at `startNs` of the monotonic clock, then every `intervalNs` or an integer fraction of it. */
  start(startNs: number, intervalNs: number, beat: () => void): void {
    this.#beat = beat
    this.#round += 1
    this.#startNs = startNs
    this.#dueNs = startNs
    this.#beatNs = Math.max(shortestBeatNs, intervalNs / Math.ceil(intervalNs / longestBeatNs))
    this.#earlyNs = Math.min(mostEarlyNs, this.#beatNs * watchedShare)
    this.#isRunning = true
    Atomics.store(this.#shared, 0, 0)
    Atomics.store(this.#shared, 1, this.#round)
    this.#listen()
    const message: Beat = { round: this.#round, startNs, beatNs: this.#beatNs, earlyNs: this.#earlyNs }
    this.#worker.postMessage(message)
  }

  stop(): void {
    this.#beat = () => undefined
    this.#isRunning = false
    Atomics.store(this.#shared, 1, 0)
    Atomics.notify(this.#shared, 1)
  }

  /** Ends the thread. */
  async dispose(): Promise<void> {
    this.stop()
    await this.#worker.terminate()
  }

  /**
   * Not by messages: these are garbage in both threads, and V8 collects it on further ones, which take the processor from
   * the thread that sends.
   */
  #listen(): void {
    if (this.#listens) return
    this.#listens = true
    const call = Atomics.waitAsync(this.#shared, 0, 0)
    if (call.async) void call.value.then(this.#called)
    else queueMicrotask(this.#called)
  }

  readonly #called = (): void => {
    this.#listens = false
    if (!this.#isRunning) return
    // A late call of an earlier start is one beat too many, for which nothing is due.
    const nowNs = monotonicNanoseconds()
    const index = Math.floor((nowNs + this.#earlyNs - this.#startNs) / this.#beatNs)
    // A call that came late, for a beat before the one to come: that must not wait as well.
    if (this.#dueNs < this.#startNs + (index - 1) * this.#beatNs) this.#beat()
    this.#dueNs = this.#startNs + index * this.#beatNs
    this.#watch()
  }

  /** By turns of the event loop, so that replies are read meanwhile. */
  readonly #watch = (): void => {
    const turnEndsNs = Math.min(this.#dueNs, monotonicNanoseconds() + turnNs)
    while (monotonicNanoseconds() < turnEndsNs) {
      // Each turn makes an object, and collecting many of them would hold up the loop.
    }
    if (turnEndsNs < this.#dueNs) {
      setImmediate(this.#watch)
      return
    }
    if (!this.#isRunning) return
    Atomics.store(this.#shared, 0, 0)
    this.#listen()
    this.#beat()
  }
}
