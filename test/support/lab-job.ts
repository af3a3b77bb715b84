import { pathToFileURL } from 'node:url'
import { onTestFinished } from 'vitest'
import { forkLab } from '../../src/cli/lab-child.ts'
import { LabJob } from '../../src/engine/lab/lab.ts'
import { framesOf, type LabSettings } from '../../src/shared/lab/plan.ts'
import type { LabProgress } from '../../src/shared/lab/progress.ts'
import type { LabRun, StepResult } from '../../src/shared/lab/result.ts'
import type { Frame } from '../../src/shared/message.ts'
import { builtModule } from './built.ts'
import { bytes } from './bytes.ts'
import { labSettings } from './lab.ts'

/** A run in a process of its own, as the command line makes it. `progress` is told how far it is, and may cancel it. */
export async function makeRun(
  settings: Partial<LabSettings>,
  frames: readonly Frame[] = [bytes('Hello')],
  progress: (progress: LabProgress, job: () => LabJob) => void = () => undefined,
): Promise<LabRun> {
  const host = {
    fork: () => forkLab(pathToFileURL(builtModule('lab-process'))),
    versions: {},
    progress: (told: LabProgress) => progress(told, () => job),
  }
  const of: LabSettings = { ...labSettings, client: 'zmtp', ...settings }
  const job: LabJob = new LabJob(host, { settings: of, frames: framesOf(of.load, frames), encodeNs: null }, 'a run')
  onTestFinished(() => job.cancel())
  return job.result
}

/** The only step of a run. */
export function onlyStep({ steps, problem }: LabRun): StepResult {
  const [step] = steps
  if (!step) throw new Error(`nothing was measured: ${JSON.stringify(problem)}`)
  return step
}
