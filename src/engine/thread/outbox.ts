import { keyOfEvent } from '../../shared/session/event.ts'
import type { EngineThreadEvent } from './protocol.ts'

/** Each message wakes the host's thread, which a person waits for, and takes time from the exchanges. */
const postEveryMs = 16

/** Events of the log that say something else each time are all posted. */
const keyOf = (event: EngineThreadEvent): string | EngineThreadEvent => {
  switch (event.type) {
    case 'session.changed':
    case 'session.removed':
    case 'latency.changed':
      return keyOfEvent(event)
    case 'log.changed':
      return event.type
    default:
      return event
  }
}

/**
 * Posts what happens together, at most every 16 ms; of what was quiet, at once. States are complete, so of each thing only
 * the latest is posted.
 */
export class Outbox {
  readonly #waiting = new Map<string | EngineThreadEvent, EngineThreadEvent>()
  #isScheduled = false
  #postedAt = Number.NEGATIVE_INFINITY

  constructor(private readonly post: (events: EngineThreadEvent[]) => void) {}

  push(event: EngineThreadEvent): void {
    const key = keyOf(event)
    // Moved to the end: events are posted in the order in which they happened last.
    this.#waiting.delete(key)
    this.#waiting.set(key, event)
    if (this.#isScheduled) return
    this.#isScheduled = true
    const restMs = postEveryMs - (performance.now() - this.#postedAt)
    if (restMs > 0) setTimeout(() => this.#flush(), restMs)
    else setImmediate(() => this.#flush())
  }

  #flush(): void {
    this.#isScheduled = false
    this.#postedAt = performance.now()
    const events = [...this.#waiting.values()]
    this.#waiting.clear()
    this.post(events)
  }
}
