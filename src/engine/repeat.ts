import { toErrorValue } from '../shared/errors.ts'
import { type Exchange, type Frame, sizeOf } from '../shared/message.ts'
import type { RepeatProgress } from '../shared/session/state.ts'
import { monotonicNanoseconds, wallClock } from './clock.ts'
import { TurnBudget } from './turn-budget.ts'

export interface RepeatPlan {
  readonly frames: readonly Frame[]
  readonly timeoutMs: number
  /** The routing id of the peer that it goes to, for sockets that choose one. */
  readonly to?: Frame | null
  /** Number of exchanges; null continues until stopped. */
  readonly count: number | null
  /** Milliseconds from one send to the next; 0 sends as soon as the reply arrives. May have a fraction. */
  readonly intervalMs: number
  /** Whether what is late is sent at once, up to a second of it, so that a rate is kept; by default it is skipped. */
  readonly catchesUp?: boolean | undefined
}

const catchUpMs = 1000

/** Fast peers must not starve timers, other sockets and the window, however many connections repeat. */
const budget = new TurnBudget(5)

/**
 * Repeats the same exchange. Timeouts and lost requests are counted and the repeat continues; any other failure ends it.
 * What could not be sent when it was due, because the reply before it came late or the computer slept, is skipped and
 * counted: it does not follow in a burst.
 */
export class Repeat {
  /** Changed in place: a copy for each message would take longer than to send it. */
  readonly #progress: { -readonly [Key in keyof RepeatProgress]: RepeatProgress[Key] }
  #stopped = false
  #wake: (() => void) | undefined

  constructor(
    private readonly plan: RepeatPlan,
    private readonly exchange: () => Promise<Exchange | null>,
    private readonly changed: () => void,
  ) {
    this.#progress = {
      running: true,
      sent: 0,
      replied: 0,
      timedOut: 0,
      lost: 0,
      skipped: 0,
      loss: null,
      total: plan.count,
      startedAt: wallClock(),
      lastReplySize: null,
      error: null,
    }
  }

  /** As it is now. */
  get progress(): RepeatProgress {
    return { ...this.#progress }
  }

  get isRunning(): boolean {
    return this.#progress.running
  }

  /** Stops after the current exchange. */
  stop(): void {
    this.#stopped = true
    this.#wake?.()
  }

  /** Never rejects: an early end is in the progress. */
  async run(): Promise<void> {
    const { count, intervalMs } = this.plan
    let dueNs = monotonicNanoseconds()
    for (let index = 0; !this.#stopped && (count === null || index < count); index += 1) {
      await this.#pause(dueNs)
      if (this.#stopped) break
      await this.#once()
      this.changed()
      dueNs = this.#skipTo(dueNs + intervalMs * 1e6)
    }
    this.#progress.running = false
    this.changed()
  }

  async #once(): Promise<void> {
    const progress = this.#progress
    try {
      const exchange = await this.exchange()
      progress.sent += 1
      if (!exchange) return
      progress.replied += 1
      progress.lastReplySize = sizeOf(exchange.frames)
    } catch (thrown) {
      const error = toErrorValue(thrown)
      switch (error.code) {
        case 'timeout':
          progress.sent += 1
          progress.timedOut += 1
          return
        case 'request-lost':
          progress.sent += 1
          progress.lost += 1
          progress.loss = error
          return
        // Being stopped by the person is not a failure.
        case 'closed':
        case 'cancelled':
          break
        default:
          progress.error = error
      }
      this.#stopped = true
    }
  }

  /** When the next exchange is due, in nanoseconds: at `dueNs`, or now if that has passed. */
  #skipTo(dueNs: number): number {
    const lateNs = monotonicNanoseconds() - dueNs
    if (lateNs <= 0 || (this.plan.catchesUp && lateNs <= catchUpMs * 1e6)) return dueNs
    const missed = this.plan.intervalMs > 0 ? Math.floor(lateNs / (this.plan.intervalMs * 1e6)) : 0
    this.#progress.skipped += missed
    return dueNs + lateNs
  }

  /** Waits until the next exchange is due, and then for a turn of its own; not after `stop`. */
  async #pause(dueNs: number): Promise<void> {
    const waitMs = (dueNs - monotonicNanoseconds()) / 1e6
    if (waitMs > 0) {
      await this.#unlessStopped((resume) => {
        const timer = setTimeout(resume, waitMs)
        return () => clearTimeout(timer)
      })
    }
    const turn = this.#stopped ? undefined : budget.take()
    if (!turn) return
    await this.#unlessStopped((resume) => {
      void turn.then(resume)
      return () => undefined
    })
  }

  /** Waits until `begin` calls what it is given, or until `stop`; what `begin` returns ends the waiting. */
  #unlessStopped(begin: (resume: () => void) => () => void): Promise<void> {
    return new Promise<void>((resolve) => {
      const end = begin(resolve)
      this.#wake = () => {
        end()
        resolve()
      }
    }).then(() => {
      this.#wake = undefined
    })
  }
}
