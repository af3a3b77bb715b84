import type { LabClient } from '../../shared/lab/client.ts'
import type { LabPlan, RunLength } from '../../shared/lab/plan.ts'
import { labBounds } from '../../shared/lab/plan.ts'
import type { LabRun, StepResult } from '../../shared/lab/result.ts'
import type { SecurityWithSecrets } from '../../shared/zmq/security.ts'
import { type LabHost, LabJob } from './lab.ts'

/** Rounds of each client: enough for an interval, and few enough that each has some length. */
export const versusRounds = 10

export interface Versus {
  /** The steps of the rounds, in their order. */
  readonly steps: Readonly<Record<LabClient, readonly StepResult[]>>
  /** The run that did not finish, or made no reply, and so ended it; null when all rounds were made. */
  readonly ended: LabRun | null
}

/** The part of a run's length that a round has. */
function partOf(length: RunLength): RunLength {
  return length.by === 'duration'
    ? {
        by: 'duration',
        milliseconds: Math.max(labBounds.durationMs.minimum, Math.round(length.milliseconds / versusRounds)),
      }
    : { by: 'count', requests: Math.max(1, Math.round(length.requests / versusRounds)) }
}

/**
 * Measures with both clients in turn, so that what else the machine does affects both alike: ten rounds of each, of which
 * each begins with the other, has a tenth of the length and a warm-up of its own. The plan has no sweep. `started`
 * receives each job, so that it can be cancelled.
 */
export async function runVersus(
  host: LabHost,
  plan: LabPlan,
  credentials: SecurityWithSecrets,
  started: (job: LabJob) => void,
): Promise<Versus> {
  const steps: Record<LabClient, StepResult[]> = { zmtp: [], libzmq: [] }
  for (let round = 0; round < versusRounds; round += 1) {
    const order: readonly LabClient[] = round % 2 === 0 ? ['zmtp', 'libzmq'] : ['libzmq', 'zmtp']
    for (const client of order) {
      const settings = { ...plan.settings, client, length: partOf(plan.settings.length) }
      const job = new LabJob(host, { ...plan, settings }, client, { credentials })
      started(job)
      const run = await job.result
      const [step] = run.steps
      if (run.outcome !== 'finished' || step === undefined || step.counts.replied === 0) return { steps, ended: run }
      steps[client].push(step)
    }
  }
  return { steps, ended: null }
}
