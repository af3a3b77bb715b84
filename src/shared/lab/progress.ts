import type { ErrorValue } from '../errors.ts'

/** How a run stands, as told several times a second. Durations in nanoseconds; null without a sample. */
export interface LabProgress {
  readonly phase: 'connecting' | 'warming-up' | 'measuring' | 'finishing'
  /** The present step, counted from 0, and how many there are. */
  readonly step: number
  readonly steps: number
  /** Of the whole run, 0 to 1. */
  readonly fraction: number
  /** Milliseconds; null while nobody can know. */
  readonly remainingMs: number | null
  readonly sent: number
  readonly replied: number
  readonly timedOut: number
  readonly failed: number
  readonly p50Ns: number | null
  readonly p90Ns: number | null
  readonly p99Ns: number | null
  readonly maxNs: number | null
  /** Replies a second of the present step. */
  readonly throughputPerSecond: number
}

/** What the lab is about. There is one lab, and it makes one run at a time. */
export interface LabState {
  /** Grows with every change, so that an event older than a snapshot can be told. */
  readonly seq: number
  readonly activity: 'idle' | 'running' | 'calibrating'
  readonly endpoint: string
  readonly progress: LabProgress | null
  /** Why the last run gave nothing; null otherwise. */
  readonly error: ErrorValue | null
  /** The run that was kept last, by its id; null when none was in this session. */
  readonly lastRun: number | null
  /** Grows when a run is kept, renamed or removed. */
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
