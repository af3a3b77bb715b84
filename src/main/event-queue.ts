import type { InspectorEvent } from '../shared/contract.ts'

const flushAfterMs = 16

/** Events with the same key replace each other, because states are complete. */
function keyOf(event: InspectorEvent): string {
  switch (event.type) {
    case 'connection.changed':
      return `${event.type} ${event.state.connectionId}`
    case 'latency.changed':
      return `${event.type} ${event.connectionId}`
    case 'app.command':
      return `${event.type} ${event.command}`
    case 'notice':
      return `${event.type} ${event.notice.id}`
    default:
      return event.type
  }
}

/**
 * Collects events for 16 ms and delivers them together. Only the latest state of each thing is queued, so the queue is
 * bounded by the number of things and a flood loses nothing that matters.
 */
export class EventQueue {
  readonly #waiting = new Map<string, InspectorEvent>()
  #timer: NodeJS.Timeout | undefined

  constructor(private readonly deliver: (events: InspectorEvent[]) => void) {}

  push(event: InspectorEvent): void {
    const key = keyOf(event)
    this.#waiting.delete(key)
    this.#waiting.set(key, event)
    this.#timer ??= setTimeout(() => this.flush(), flushAfterMs)
  }

  flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#waiting.size === 0) return
    const events = [...this.#waiting.values()]
    this.#waiting.clear()
    this.deliver(events)
  }
}
