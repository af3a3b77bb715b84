import type { InspectorEvent } from '../shared/contract/index.ts'
import { keyOfEvent } from '../shared/session/event.ts'

const flushAfterMs = 16
/**
 * A page gets at least this many times as long for everything else as it took for the last delivery, but no longer than
 * a person notices.
 */
const restFactor = 4
const longestRestMs = 100

/** Events with the same key replace each other, because states are complete. */
function keyOf(event: InspectorEvent): string {
  switch (event.type) {
    case 'session.changed':
    case 'session.removed':
    case 'latency.changed':
      return keyOfEvent(event)
    case 'app.command':
      return `${event.type} ${event.command}`
    case 'notice':
      return `${event.type} ${event.notice.id}`
    default:
      return event.type
  }
}

/** A page that does not answer for this long has gone, or hangs: then it gets the newest states again and again. */
const answerLimitMs = 5000

/**
 * Collects events for 16 ms and delivers them together, once the page has taken those before. A page that takes long over
 * them gets fewer: what it draws is taken from the exchanges. Only the latest state of each thing is queued, so the queue
 * is bounded by the number of things, a flood loses nothing that matters, and a slow page has no backlog.
 */
export class EventQueue {
  readonly #waiting = new Map<string, InspectorEvent>()
  #timer: NodeJS.Timeout | undefined
  /** Runs while the page has not taken what was delivered. */
  #answerLimit: NodeJS.Timeout | undefined
  #deliveredAt = Number.NEGATIVE_INFINITY
  /** When the next delivery may come, in milliseconds of `performance.now()`. */
  #notBefore = Number.NEGATIVE_INFINITY

  constructor(private readonly deliver: (events: InspectorEvent[]) => void) {}

  push(event: InspectorEvent): void {
    const key = keyOf(event)
    this.#waiting.delete(key)
    this.#waiting.set(key, event)
    this.#schedule()
  }

  /** Call this when the page has taken what was delivered, or a page is there to take the first. */
  taken(): void {
    clearTimeout(this.#answerLimit)
    this.#answerLimit = undefined
    const now = performance.now()
    this.#notBefore = now + Math.min(longestRestMs, restFactor * (now - this.#deliveredAt))
    if (this.#waiting.size > 0) this.#schedule()
  }

  #schedule(): void {
    if (this.#answerLimit !== undefined || this.#timer !== undefined) return
    const restMs = this.#notBefore - performance.now()
    this.#timer = setTimeout(() => this.#flush(), Math.max(flushAfterMs, restMs))
  }

  #flush(): void {
    this.#timer = undefined
    const events = [...this.#waiting.values()]
    this.#waiting.clear()
    this.#answerLimit = setTimeout(() => this.taken(), answerLimitMs)
    this.#deliveredAt = performance.now()
    this.deliver(events)
  }
}
