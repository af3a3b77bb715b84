/** Something that was not as it should be. */
export interface Incident {
  /** When the message came that told it, in milliseconds since the epoch. */
  readonly at: number
  readonly words: string
}

/** Incidents that are kept of a watch, the newest. */
export const mostIncidents = 20

interface Watching {
  /** That of the watch. */
  readonly id: string
  /** Messages that were looked at. */
  readonly seen: number
  /** Messages without such a value. */
  readonly without: number
  /** The newest first. */
  readonly incidents: readonly Incident[]
}

export interface SequenceState extends Watching {
  readonly kind: 'sequence'
  /** Numbers that have not come, and in how many gaps. */
  readonly missing: number
  readonly gaps: number
  /** Messages whose number had come before. */
  readonly repeated: number
  /** Messages that came after one with a higher number, and filled a gap. */
  readonly reordered: number
  /** How often a sequence began anew: by a lower number that is not one of the last. */
  readonly restarts: number
  /** The last number; null before the first. */
  readonly last: string | null
}

export interface AgeState extends Watching {
  readonly kind: 'age'
  /** Of the newest messages, in milliseconds, by both clocks; negative where the sender's is ahead. Null of none. */
  readonly ages: {
    readonly newest: number
    readonly min: number
    readonly p50: number
    readonly p99: number
    readonly max: number
  } | null
  /** Messages that were late. */
  readonly late: number
}

export interface RateState extends Watching {
  readonly kind: 'rate'
  /** Null while all is well. */
  readonly alarm: 'silent' | 'over' | null
  /** Since when, in milliseconds since the epoch. */
  readonly since: number | null
}

export type WatchState = SequenceState | AgeState | RateState

/** Ages that percentiles are of. */
export const keptAges = 10_000
