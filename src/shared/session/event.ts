import type { SessionState } from './state.ts'

/** What the engine tells its host unprompted. States are complete, so only the latest of a session matters. */
export type EngineEvent =
  | { readonly type: 'session.changed'; readonly state: SessionState }
  | { readonly type: 'latency.changed'; readonly sessionId: string }
