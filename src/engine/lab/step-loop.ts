import type { LabSettings } from '../../shared/lab/plan.ts'
import type { LabProgress } from '../../shared/lab/progress.ts'
import type { StepResult } from '../../shared/lab/result.ts'
import type { LinkSecurity } from '../sockets/request-link.ts'
import type { StepRecorder } from './step-recorder.ts'

/** Progress of a step. `fraction` is of this step alone, 0 to 1. */
export interface LoopStatus {
  readonly phase: LabProgress['phase']
  readonly fraction: number
  /** Milliseconds; null while unknown. */
  readonly remainingMs: number | null
  readonly recorder: StepRecorder | null
}

/** What makes a step of a run, whatever its load. */
export interface StepLoop {
  /** When the load begins, on the monotonic clock, once all sockets are connected; null where the run was cancelled. */
  begin: () => Promise<number | null>
  /** The routing id of the next socket. By default libzmq chooses it. */
  nextRoutingId: () => string | undefined
  /** That of its sockets; undefined for none. */
  security: LinkSecurity | undefined
  /** Null when nothing was measured. Throws `InspectorError` when no connection can be made; later failures are counted. */
  run(): Promise<StepResult | null>
  /** Ends the step at once; its result is what was measured so far. */
  cancel(): void
  status(nowNs: number): LoopStatus
  /** Does some work when that holds up no request, or at the latest when it is called again. */
  atRest(work: () => void): void
}

/** Where a step is. Times in nanoseconds of the monotonic clock. */
export interface StepTimes {
  /** Null before the clock starts. */
  readonly recorder: StepRecorder | null
  readonly startNs: number
  readonly measureFromNs: number
  /** Infinite when a number of requests ends the step. */
  readonly endNs: number
  /** Where their number ends the step: how many requests or messages this process makes. */
  readonly requests: number
  /** How long measuring takes, if known. */
  readonly expectedNs: number | null
}

/** Estimated nanoseconds to measure a number of requests, at the current pace. */
function extrapolated(requests: number, passedNs: number, { sent }: StepRecorder): number | null {
  return sent > 0 && passedNs > 0 ? (passedNs / sent) * requests : null
}

export function statusOf(settings: LabSettings, times: StepTimes, nowNs: number): LoopStatus {
  const { recorder, startNs, measureFromNs, endNs, requests } = times
  if (!recorder) return { phase: 'connecting', fraction: 0, remainingMs: null, recorder }
  const { warmUpMs, length } = settings
  const isCounted = length.by === 'count'
  const warmUpNs = warmUpMs * 1e6
  const expectedNs = times.expectedNs ?? (isCounted ? extrapolated(requests, nowNs - measureFromNs, recorder) : null)
  const passedNs = nowNs - startNs
  const phase = nowNs < measureFromNs ? 'warming-up' : nowNs < endNs ? 'measuring' : 'finishing'
  const done = isCounted && phase !== 'warming-up' ? recorder.sent / requests : null
  return {
    phase,
    // A common start may be still to come.
    fraction: Math.min(1, done ?? Math.max(0, expectedNs === null ? 0 : passedNs / (warmUpNs + expectedNs))),
    remainingMs: expectedNs === null ? null : Math.max(0, (warmUpNs + expectedNs - passedNs) / 1e6),
    recorder,
  }
}
