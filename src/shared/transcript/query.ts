/** Where a text can be looked for, if not anywhere. */
export const filterParts = ['topic', 'peer'] as const

/** Which records are wanted. */
export interface LogFilter {
  /** Matches anywhere in the preview, the session's name or the bytes; empty matches all. */
  readonly text: string
  /** Look for the text only where messages begin, as subscriptions do, or in the routing ids of peers, from their start. */
  readonly part?: (typeof filterParts)[number] | undefined
  readonly kind: 'message' | 'event' | 'all'
  readonly direction: 'sent' | 'received' | 'all'
  /** A session's id; null matches all sessions. */
  readonly session: string | null
}

/** How many records of the log match a filter, of how many of the filter's kind; both of the same moment. */
export interface LogCount {
  readonly matching: number
  readonly of: number
}
