import { pathToFileURL } from 'node:url'
import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import { Gates } from '../../../src/engine/lab/gates.ts'
import { Metronome } from '../../../src/engine/lab/metronome.ts'
import { rehearse } from '../../../src/engine/lab/rehearsal.ts'
import { type PlanEnd, PlanRun } from '../../../src/engine/lab/run-plan.ts'
import { senderThreads } from '../../../src/engine/lab/start-sender.ts'
import { credentialsOf } from '../../../src/engine/security/credentials.ts'
import { InspectorError } from '../../../src/shared/errors.ts'
import type { StepResult } from '../../../src/shared/lab/result.ts'
import { noSecurity } from '../../../src/shared/zmq/security.ts'
import { builtModule } from '../../support/built.ts'
import { bytes } from '../../support/bytes.ts'
import { createHarness } from '../../support/harness.ts'
import { labSettings } from '../../support/lab.ts'
import { serve } from '../../support/sessions.ts'

vi.mock('../../../src/engine/lab/rehearsal.ts', () => ({ rehearse: vi.fn() }))
afterEach(() => void vi.resetAllMocks())

/** Makes 20 requests at a rate, where the rehearsal fails. */
async function runWhere(failure: Error): Promise<PlanEnd & { readonly steps: readonly StepResult[] }> {
  vi.mocked(rehearse).mockRejectedValue(failure)
  const { engine } = createHarness()
  const { endpoint } = await serve(engine, 'tcp://127.0.0.1:0')
  const built = (name: string) => pathToFileURL(builtModule(name))
  const metronome = new Metronome(built('lab-metronome'))
  onTestFinished(() => metronome.dispose())
  const steps: StepResult[] = []
  const load = { model: 'open', ratePerSecond: 500 } as const
  const length = { by: 'count', requests: 20 } as const
  const run = new PlanRun(
    { settings: { ...labSettings, client: 'zmtp', endpoint, load, length }, frames: [bytes('x')], encodeNs: null },
    credentialsOf(noSecurity, {}),
    () => metronome,
    senderThreads(built('lab-sender'), built('lab-metronome')),
    new Gates(() => undefined),
    { progress: () => undefined, step: (result) => void steps.push(result) },
  )
  return { ...(await run.run()), steps }
}

test('a run is made without a rehearsal that is not possible', async () => {
  const { outcome, steps } = await runWhere(new InspectorError('internal', 'No file descriptors are left.'))
  expect(outcome).toBe('finished')
  expect(steps.map(({ counts }) => counts.replied)).toEqual([20])
  expect(rehearse).toHaveBeenCalledOnce()
})

test('a mistake in a rehearsal ends the run, and is told', async () => {
  const { outcome, problem, steps } = await runWhere(new TypeError('a mistake'))
  expect({ outcome, steps }).toEqual({ outcome: 'failed', steps: [] })
  expect(problem?.message).toBe('A mistake.')
})
