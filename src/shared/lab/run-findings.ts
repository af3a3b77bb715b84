import { findingsOf } from './findings.ts'
import { openLoopEnd } from './open-loop-end.ts'
import type { LabRun } from './result.ts'
import { workerFindings } from './worker-findings.ts'

/** Something to know of a run as a whole, or of one of those that made it. */
export interface RunFinding {
  /** Tells it from the others of the run. */
  readonly key: string
  /** The worker that it is about; null for the run. */
  readonly worker: string | null
  /** The steps that it is about, in words; empty where that need not be said. */
  readonly steps: readonly string[]
  readonly level: 'distrust' | 'note'
  readonly what: string
  readonly advice: string
}

/** Where the open loop ends, and whose figures are not to be trusted. */
export function runFindings(run: Pick<LabRun, 'workers' | 'settings' | 'steps'>): readonly RunFinding[] {
  const end = openLoopEnd(run)
  // Where there is no rate that was made, the step says by itself that its sends were late.
  const isSaid = end?.sustained === null && findingsOf(end.step).some(({ kind }) => kind === 'late')
  const ofRun: RunFinding[] =
    end === null || isSaid
      ? []
      : [{ key: 'open-loop-end', worker: null, steps: [], level: 'note', what: end.what, advice: end.advice }]
  const ofWorkers = workerFindings(run).map(
    ({ kind, name, ...rest }): RunFinding => ({ key: `${kind} ${name}`, worker: name, ...rest }),
  )
  return [...ofRun, ...ofWorkers]
}

/** Whom a finding is about, in words: `worker 2 at 16 B`; null for the run as a whole. */
export function aboutWhom({ worker, steps }: RunFinding): string | null {
  if (worker === null) return null
  return steps.length === 0 ? worker : `${worker} at ${steps.join(', ')}`
}
