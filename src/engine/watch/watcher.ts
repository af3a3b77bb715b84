import type { NewRecord } from '../../shared/transcript/record.ts'
import type { WatchState } from '../../shared/watch/state.ts'

/** What a watcher tells. */
export interface WatcherHost {
  /** Writes an event of the session into the log. */
  tell(event: string, words: string): void
  /** Its state is another. */
  changed(): void
}

/** Looks at the messages of an open socket. */
export interface Watcher {
  readonly state: WatchState
  /** Begins anew: the socket was opened. */
  start(): void
  /** Takes a message that was received. Called for each one. */
  take(record: NewRecord): void
  /** Ends: the socket was closed. What it counted stays. */
  stop(): void
}
