/** Why something was refused, and what helps, in words for people. */
export interface KnownReason {
  /** Continues a sentence, without a full stop: "settings.json could not be saved: the disk is full". */
  readonly because: string
  /** A whole sentence; empty where nothing can be done from here. */
  readonly cure: string
}

/** A row of a table: the reason, then the cure. */
export const known = (because: string, cure = ''): KnownReason => ({ because, cure })

/** The `code` of an error, as Node.js and SQLite give it; null without one. */
export function codeOf(thrown: Error): string | null {
  return 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : null
}
