import type { LogStatus } from '../../shared/transcript/status.ts'

/** What a message log tells its owner unprompted. */
export type LogEvent =
  | { readonly type: 'log.changed'; readonly status: LogStatus }
  /** A damaged file was moved to `setAside`. */
  | { readonly type: 'log.damaged'; readonly setAside: string; readonly reason: string }
  /** The log cannot be written; the rest goes on without it. Told once for each reason. Not all of them can pass. */
  | { readonly type: 'log.failed'; readonly reason: string; readonly isTriedAgain: boolean }
  /** The log is written again, after so many entries were lost. */
  | { readonly type: 'log.recovered'; readonly lost: number }
  /** Somebody else removed the file, and a new log is begun; or replaced it by another, which is used. */
  | { readonly type: 'log.disturbed'; readonly isReplaced: boolean }
