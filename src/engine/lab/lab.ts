import { cpus, totalmem } from 'node:os'
import { InspectorError } from '../../shared/errors.ts'
import type { LabPlan } from '../../shared/lab/plan.ts'
import type { LabProgress } from '../../shared/lab/progress.ts'
import { type Environment, type LabRun, runVersion, type StepResult } from '../../shared/lab/result.ts'
import { type SecurityWithSecrets, withoutSecrets } from '../../shared/zmq/security.ts'
import { wallClock } from '../clock.ts'
import type { FromLab, LabChild } from './protocol.ts'

/** How long to wait after a cancel before killing the process. */
const cancelLimitMs = 5000

export interface LabHost {
  /** Starts a measuring process. */
  fork(): LabChild
  progress(progress: LabProgress): void
  /** Versions in addition to those that the measuring process knows. */
  readonly versions: Readonly<Record<string, string>>
}

function environmentOf(versions: Readonly<Record<string, string>>): Environment {
  const processors = cpus()
  return {
    versions,
    platform: process.platform,
    architecture: process.arch,
    processor: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryBytes: totalmem(),
  }
}

interface LabJobOptions {
  readonly how?: 'run' | 'run-inproc'
  /** They go to the measuring process, and into no document. */
  readonly credentials?: SecurityWithSecrets
}

/** A run in a separate process: the host does not disturb it, and its crash affects nothing else. */
export class LabJob {
  readonly #child: LabChild
  readonly #steps: StepResult[] = []
  readonly #startedAt = wallClock()
  #limit: NodeJS.Timeout | undefined
  #cancelled = false
  readonly result: Promise<LabRun>

  constructor(
    private readonly host: LabHost,
    private readonly plan: LabPlan,
    name: string,
    { how = 'run', credentials = withoutSecrets }: LabJobOptions = {},
  ) {
    this.#child = host.fork()
    this.result = new Promise<LabRun>((resolve) => {
      this.#child.onMessage((message) => {
        if (message.type === 'ready') {
          // Cancelled before it began: do not wait for it.
          if (this.#cancelled) resolve(this.#run(name, 'cancelled', null, {}))
          else if (how === 'run') this.#child.post({ type: how, plan, credentials })
          else this.#child.post({ type: how, plan })
        }
        if (message.type === 'progress') host.progress(message.progress)
        if (message.type === 'step') this.#steps.push(message.result)
        const run = this.#endOf(message, name)
        if (run) resolve(run)
      })
      this.#child.onExit((reason) => resolve(this.#crashed(reason, name)))
    }).finally(() => {
      clearTimeout(this.#limit)
      this.#child.kill()
    })
  }

  /** Cancels the run; its result is what was measured so far. */
  cancel(): void {
    this.#cancelled = true
    this.#child.post({ type: 'cancel' })
    this.#limit ??= setTimeout(() => this.#child.kill(), cancelLimitMs)
  }

  #endOf(message: FromLab, name: string): LabRun | null {
    if (message.type === 'done') {
      const { outcome, problem, versions } = message
      return this.#run(name, outcome, problem, versions)
    }
    if (message.type !== 'broken') return null
    return this.#run(name, 'failed', { ...message.error, diagnosis: null, facts: {} }, {})
  }

  #crashed(reason: string, name: string): LabRun {
    if (this.#cancelled) return this.#run(name, 'cancelled', null, {})
    const kept = this.#steps.length > 0 ? ' Finished steps are kept.' : ''
    const message = `The measuring process ended unexpectedly (${reason}).${kept}`
    return this.#run(name, 'failed', { code: 'internal', message, diagnosis: null, facts: {} }, {})
  }

  #run(
    name: string,
    outcome: LabRun['outcome'],
    problem: LabRun['problem'],
    versions: Readonly<Record<string, string>>,
  ): LabRun {
    const { settings, frames, encodeNs, routingIdPrefix } = this.plan
    return {
      format: 'zeromq-inspector-run',
      version: runVersion,
      name,
      startedAt: this.#startedAt,
      outcome,
      problem,
      settings,
      message: { frames: frames.map(({ byteLength }) => byteLength), encodeNs },
      ...(routingIdPrefix === undefined ? {} : { routingIdPrefix }),
      environment: environmentOf({ ...this.host.versions, ...versions }),
      steps: this.#steps,
    }
  }
}

/** Starts an echo in a separate process, on a free loopback port. */
export async function startEcho(fork: () => LabChild): Promise<{ endpoint: string; stop: () => void }> {
  const child = fork()
  try {
    const endpoint = await new Promise<string>((resolve, reject) => {
      child.onExit((reason) => reject(new InspectorError('internal', `The echo ended unexpectedly (${reason}).`)))
      child.onMessage((message) => {
        if (message.type === 'ready') child.post({ type: 'echo' })
        else if (message.type === 'echoing') resolve(message.endpoint)
        else if (message.type === 'broken') reject(new InspectorError(message.error.code, message.error.message))
      })
    })
    return { endpoint, stop: () => child.kill() }
  } catch (thrown) {
    child.kill()
    throw thrown
  }
}
