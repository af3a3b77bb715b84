import { cpus, totalmem } from 'node:os'
import { InspectorError } from '../../shared/errors.ts'
import type { LabPlan } from '../../shared/lab/plan.ts'
import type { LabProgress } from '../../shared/lab/progress.ts'
import { type Environment, type LabRun, runVersion } from '../../shared/lab/result.ts'
import { type SecurityWithSecrets, withoutSecrets } from '../../shared/zmq/security.ts'
import { monotonicNanoseconds, wallClock } from '../clock.ts'
import type { GroupEnd, Member } from './group-end.ts'
import type { LabChild } from './protocol.ts'
import { WorkerGroup } from './worker-group.ts'

export interface LabHost {
  /** Starts a measuring process. */
  fork(): LabChild
  progress(progress: LabProgress): void
  /** Versions in addition to those that the measuring process knows. */
  readonly versions: Readonly<Record<string, string>>
}

/** This machine and its software. */
export function environmentOf(versions: Readonly<Record<string, string>>): Environment {
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

/** Measuring processes of this machine, as many as the plan has workers. */
const localMembers = (host: LabHost, { settings }: LabPlan): readonly Member[] =>
  Array.from({ length: settings.workers }, (_, index) => ({
    name: `worker ${index + 1}`,
    child: host.fork(),
    environment: null,
  }))

interface LabJobOptions {
  readonly how?: 'run' | 'run-inproc'
  readonly members?: readonly Member[] | undefined
  /** When the load begins, in milliseconds since the epoch; undefined for as soon as its sockets are connected. */
  readonly startAt?: number | undefined
  /** They go to the measuring process, and into no document. */
  readonly credentials?: SecurityWithSecrets
}

/**
 * A run in separate processes, one for each worker: the host does not disturb them, and their crash affects nothing else.
 * `members` are those that make it; without them, it starts as many as the settings say.
 */
export class LabJob {
  readonly #group: WorkerGroup
  readonly #startedAt = wallClock()
  readonly result: Promise<LabRun>

  constructor(
    private readonly host: LabHost,
    private readonly plan: LabPlan,
    name: string,
    { how = 'run', credentials = withoutSecrets, members = localMembers(host, plan), startAt }: LabJobOptions = {},
  ) {
    this.#group = new WorkerGroup(members, {
      plan,
      order: (part) => (how === 'run' ? { type: how, plan: part, credentials } : { type: how, plan: part }),
      firstAtNs: startAt === undefined ? undefined : monotonicNanoseconds() + (startAt - wallClock()) * 1e6,
      progress: (progress) => host.progress(progress),
    })
    this.result = this.#group.result.then((end) => this.#run(name, end))
  }

  /** Cancels the run; its result is what was measured so far. */
  cancel(): void {
    this.#group.cancel()
  }

  #run(name: string, { outcome, problem, versions, steps, workers }: GroupEnd): LabRun {
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
      steps: [...steps],
      workers: [...workers],
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
