import type { Frame } from '../shared/message.ts'
import type { RoundTrips } from './round-trips.ts'

/** Who times what arrives at a session: by its id. */
export class EchoListeners {
  readonly #bySession = new Map<string, Set<RoundTrips>>()

  /** Returns how to end it. */
  listen(sessionId: string, trips: RoundTrips): () => void {
    const listeners = this.#bySession.get(sessionId) ?? new Set()
    this.#bySession.set(sessionId, listeners.add(trips))
    return () => {
      listeners.delete(trips)
      if (listeners.size === 0 && this.#bySession.get(sessionId) === listeners) this.#bySession.delete(sessionId)
    }
  }

  /** A message arrived at a session. `envelope`: how many of its frames are that; `hasPeer`: whether a routing id leads it. */
  received(sessionId: string, frames: readonly Frame[], envelope: number, hasPeer: boolean): void {
    if (this.#bySession.size === 0) return
    const from = hasPeer ? (frames[0] ?? null) : null
    for (const trips of this.#bySession.get(sessionId) ?? []) trips.received(from, frames, envelope)
  }
}
