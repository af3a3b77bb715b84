import { type Calibration, calibrationPlan } from '../../shared/lab/calibration.ts'
import type { Frame } from '../../shared/message.ts'
import { wallClock } from '../clock.ts'
import { type LabHost, LabJob, startEcho } from './lab.ts'

interface Stoppable {
  cancel(): void
}

/**
 * Measures the instrument itself with one message: over inproc, with both ends and their event loop in one process, and
 * over TCP loopback against an echo in another process. `started` receives each job, so that it can be cancelled.
 */
export async function calibrate(
  host: LabHost,
  frames: readonly Frame[],
  started: (job: Stoppable) => void,
): Promise<Calibration> {
  const at = wallClock()
  const inproc = new LabJob(halfOf(host, 0), calibrationPlan('inproc://calibration', frames), 'inproc', {
    how: 'run-inproc',
  })
  started(inproc)
  const inprocRun = await inproc.result
  if (inprocRun.outcome !== 'finished') return { at, inproc: inprocRun, loopback: inprocRun }
  const echo = await startEcho(() => host.fork())
  try {
    const loopback = new LabJob(halfOf(host, 1), calibrationPlan(echo.endpoint, frames), 'loopback')
    started(loopback)
    return { at, inproc: inprocRun, loopback: await loopback.result }
  } finally {
    echo.stop()
  }
}

/** Maps the progress of one of the two measurements to half of the whole. */
function halfOf(host: LabHost, half: 0 | 1): LabHost {
  return {
    ...host,
    fork: () => host.fork(),
    progress: (progress) =>
      host.progress({
        ...progress,
        step: half,
        steps: 2,
        fraction: (half + progress.fraction) / 2,
        remainingMs: progress.remainingMs,
      }),
  }
}
