import type { ErrorValue } from '../errors.ts'
import type { Distribution } from './distribution.ts'
import type { Slot } from './result.ts'

/** What the current step has measured so far, in some thousand numbers at most. */
export interface LiveStep {
  /** Of all its replies, thinned. */
  readonly latency: Distribution
  /** At most a hundred, each with a coarse distribution. */
  readonly slots: readonly Slot[]
}

/** Progress of a run, reported several times per second. Durations in nanoseconds; null without samples. */
export interface LabProgress {
  readonly phase: 'connecting' | 'warming-up' | 'measuring' | 'finishing'
  /** The current step, from 0, and the number of steps. */
  readonly step: number
  readonly steps: number
  /** Of the whole run, 0 to 1. */
  readonly fraction: number
  /** Milliseconds; null while unknown. */
  readonly remainingMs: number | null
  readonly sent: number
  readonly replied: number
  readonly timedOut: number
  readonly failed: number
  readonly p50Ns: number | null
  readonly p90Ns: number | null
  readonly p99Ns: number | null
  readonly maxNs: number | null
  /** Replies per second of the current step. */
  readonly throughputPerSecond: number
  /** Renewed at most twice a second; null until measuring begins. */
  readonly live: LiveStep | null
}

/** The state of the lab. There is one lab, which makes one run at a time. */
export interface LabState {
  /** Incremented with every change, to recognise events older than a snapshot. */
  readonly seq: number
  readonly activity: 'idle' | 'running' | 'calibrating'
  readonly endpoint: string
  readonly progress: LabProgress | null
  /** Why the last run produced nothing; null otherwise. */
  readonly error: ErrorValue | null
  /** Id of the run that was made last; null when there was none in this session, and while the next is made. */
  readonly lastRun: number | null
  /** Incremented when a run is saved, renamed or deleted. */
  readonly listVersion: number
}

export const idleLab: LabState = {
  seq: 0,
  activity: 'idle',
  endpoint: '',
  progress: null,
  error: null,
  lastRun: null,
  listVersion: 0,
}
