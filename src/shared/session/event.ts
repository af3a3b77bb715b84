import type { SessionState } from './state.ts'

/** What the engine tells its host unprompted. States are complete, so only the latest of a session matters. */
export type EngineEvent =
  | { readonly type: 'session.changed'; readonly state: SessionState }
  /** It was removed, and its socket has gone. */
  | { readonly type: 'session.removed'; readonly sessionId: string }
  | { readonly type: 'latency.changed'; readonly sessionId: string }

/** Of events with the same key only the latest matters. */
export function keyOfEvent(event: EngineEvent): string {
  switch (event.type) {
    case 'session.changed':
      return `session ${event.state.sessionId}`
    case 'session.removed':
      return `session ${event.sessionId}`
    case 'latency.changed':
      return `latency ${event.sessionId}`
  }
}
