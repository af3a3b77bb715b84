import type { RepeatProgress } from '../shared/connection.ts'
import { toErrorValue } from '../shared/errors.ts'
import { type Exchange, type Frame, sizeOf } from '../shared/message.ts'
import { monotonicNanoseconds, wallClock } from './clock.ts'

export interface RepeatPlan {
  readonly frames: readonly Frame[]
  readonly timeoutMs: number
  /** Number of exchanges; null continues until stopped. */
  readonly count: number | null
  /** Milliseconds from one send to the next; 0 sends as soon as the reply arrives. */
  readonly intervalMs: number
}

/** A fast peer must not starve timers, other sockets and the window. */
const exchangesPerTurn = 32

/** Repeats the same exchange. Timeouts and lost requests are counted and the repeat continues; any other
 * failure ends it. */
export class Repeat {
  #progress: RepeatProgress
  #stopped = false
  #wake: (() => void) | undefined

  constructor(
    private readonly plan: RepeatPlan,
    private readonly exchange: () => Promise<Exchange>,
    private readonly changed: () => void,
  ) {
    this.#progress = {
      running: true,
      sent: 0,
      replied: 0,
      timedOut: 0,
      lost: 0,
      loss: null,
      total: plan.count,
      startedAt: wallClock(),
      lastReplySize: null,
      error: null,
    }
  }

  get progress(): RepeatProgress {
    return this.#progress
  }

  /** Stops after the current exchange. */
  stop(): void {
    this.#stopped = true
    this.#wake?.()
  }

  /** Never rejects: an early end is in the progress. */
  async run(): Promise<void> {
    const start = monotonicNanoseconds()
    for (let index = 0; !this.#stopped && (this.plan.count === null || index < this.plan.count); index += 1) {
      await this.#pause(start + index * this.plan.intervalMs * 1e6, index)
      if (this.#stopped) break
      await this.#once()
      this.changed()
    }
    this.#progress = { ...this.#progress, running: false }
    this.changed()
  }

  async #once(): Promise<void> {
    const { sent, replied, timedOut, lost } = this.#progress
    try {
      const { frames } = await this.exchange()
      this.#progress = { ...this.#progress, sent: sent + 1, replied: replied + 1, lastReplySize: sizeOf(frames) }
    } catch (thrown) {
      const error = toErrorValue(thrown)
      if (error.code === 'timeout') {
        this.#progress = { ...this.#progress, sent: sent + 1, timedOut: timedOut + 1 }
        return
      }
      if (error.code === 'request-lost') {
        this.#progress = { ...this.#progress, sent: sent + 1, lost: lost + 1, loss: error }
        return
      }
      this.#stopped = true
      // Being stopped by the person is not a failure.
      if (error.code !== 'closed' && error.code !== 'cancelled') this.#progress = { ...this.#progress, error }
    }
  }

  async #pause(dueNs: number, index: number): Promise<void> {
    const waitMs = (dueNs - monotonicNanoseconds()) / 1e6
    if (this.plan.intervalMs > 0 && waitMs > 0) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, waitMs)
        this.#wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
      this.#wake = undefined
    } else if (index % exchangesPerTurn === 0) {
      await new Promise<void>((resolve) => setImmediate(resolve))
    }
  }
}
