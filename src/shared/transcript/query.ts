/** Where a text can be looked for, if not anywhere. */
export const filterParts = ['topic', 'peer', 'first-frame'] as const

/** What a view of the log can leave out: messages that were sent or received, events, and all of the echo server. */
export const hideable = ['sent', 'received', 'events', 'echo-server'] as const
export type Hideable = (typeof hideable)[number]

/** Which records are wanted. */
export interface LogFilter {
  /**
   * What is searched for in the preview, the session's name, the name of an event and the bytes, as `parseSearch` reads
   * it; empty matches all.
   */
  readonly text: string
  /**
   * Look for the text, as it is, only where messages begin, as subscriptions do, or in the routing ids of peers, from
   * their start; or it is the whole of the first frame.
   */
  readonly part?: (typeof filterParts)[number] | undefined
  readonly kind: 'message' | 'event' | 'all'
  readonly hides: readonly Hideable[]
  /** A session's id; null matches all sessions. */
  readonly session: string | null
  /** The recording that is open, in place of the log. */
  readonly transcript?: 'recording' | undefined
}

/** What is left of the kind of a filter, apart from what it hides. */
export const shownKind = ({ kind, hides }: Pick<LogFilter, 'kind' | 'hides'>): LogFilter['kind'] =>
  kind === 'all' && hides.includes('events') ? 'message' : kind

/** By what rows can be in order. */
export const sortColumns = ['time', 'size', 'round-trip'] as const

export interface LogSort {
  readonly by: (typeof sortColumns)[number]
  readonly descending: boolean
}

/** How many records of the log match a filter, of how many of the filter's kind; both of the same moment. */
export interface LogCount {
  readonly matching: number
  readonly of: number
  /** How many records have frames that are too large to be looked into; absent for none. */
  readonly skipped?: number
  /** Whether there was no time to look at all: ask again, and it goes on. */
  readonly isPartial?: true
  /** How far a partial count has come, in numbers of records, which have gaps. */
  readonly progress?: { readonly looked: number; readonly of: number }
}

/** What a search has found in the time that it may take. */
export interface FoundRows<Row> {
  readonly rows: readonly Row[]
  /** The id before or after which the search has to go on; null when it has ended. */
  readonly next: number | null
  /** Why nothing can be found: what is wrong with the text that is searched for; null for nothing. */
  readonly problem: string | null
}

interface Sortable {
  readonly id: number
  readonly size: number
  readonly roundTripNs: number | null
}

/** The first rows in an order, of those given. Those without a round trip come last. */
export function firstRows<Row extends Sortable>(
  rows: readonly Row[],
  { by, descending }: LogSort,
  limit: number,
): readonly Row[] {
  const sign = descending ? -1 : 1
  const keyOf = ({ id, size, roundTripNs }: Row) => (by === 'time' ? id : by === 'size' ? size : roundTripNs)
  const compare = (one: Row, other: Row): number => {
    const [key, otherKey] = [keyOf(one), keyOf(other)]
    if (key === otherKey) return sign * (one.id - other.id)
    if (key === null || otherKey === null) return key === null ? 1 : -1
    return sign * (key - otherKey)
  }
  return rows.toSorted(compare).slice(0, limit)
}
