import { type Calibration, calibrationPlan } from '../../shared/lab/calibration.ts'
import type { LabPlan } from '../../shared/lab/plan.ts'
import type { LabRun } from '../../shared/lab/result.ts'
import type { Frame } from '../../shared/message.ts'
import { wallClock } from '../clock.ts'
import { type LabHost, LabJob, startEcho } from './lab.ts'

interface Stoppable {
  cancel(): void
}

const parts = 3

/**
 * Measures the instrument itself with one message: over inproc, with both ends and their event loop in one process, and
 * over TCP loopback against an echo in another process, with each client. `started` receives each job, so that it can be
 * cancelled.
 */
export async function calibrate(
  host: LabHost,
  frames: readonly Frame[],
  started: (job: Stoppable) => void,
): Promise<Calibration> {
  const at = wallClock()
  const measure = (part: number, plan: LabPlan, how: 'run' | 'run-inproc'): Promise<LabRun> => {
    const job = new LabJob(partOf(host, part), plan, 'calibration', { how })
    started(job)
    return job.result
  }
  const inproc = await measure(0, calibrationPlan('inproc://calibration', frames, 'libzmq'), 'run-inproc')
  if (inproc.outcome !== 'finished') return { at, inproc, loopback: { zmtp: inproc, libzmq: inproc } }
  const echo = await startEcho(() => host.fork())
  try {
    const libzmq = await measure(1, calibrationPlan(echo.endpoint, frames, 'libzmq'), 'run')
    if (libzmq.outcome !== 'finished') return { at, inproc, loopback: { zmtp: libzmq, libzmq } }
    const zmtp = await measure(2, calibrationPlan(echo.endpoint, frames, 'zmtp'), 'run')
    return { at, inproc, loopback: { zmtp, libzmq } }
  } finally {
    echo.stop()
  }
}

/** Maps the progress of one of the measurements to its part of the whole. */
function partOf(host: LabHost, part: number): LabHost {
  return {
    ...host,
    fork: () => host.fork(),
    progress: (progress) =>
      host.progress({
        ...progress,
        step: part,
        steps: parts,
        fraction: (part + progress.fraction) / parts,
        remainingMs: progress.remainingMs,
      }),
  }
}
