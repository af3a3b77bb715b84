import { formatEndpoint, parseEndpoint } from '../../shared/endpoint.ts'
import { type ErrorDetails, InspectorError, toErrorValue } from '../../shared/errors.ts'
import { type Calibration, type CalibrationFigures, calibrationFigures } from '../../shared/lab/calibration.ts'
import type { LabPlan, LabSettings } from '../../shared/lab/plan.ts'
import { idleLab, type LabState } from '../../shared/lab/progress.ts'
import type { LabRun, Problem } from '../../shared/lab/result.ts'
import type { Frame } from '../../shared/message.ts'
import { type SecurityWithSecrets, withoutSecrets } from '../../shared/zmq/security.ts'
import { calibrate } from './calibrate.ts'
import { LabJob } from './lab.ts'
import type { LabChild } from './protocol.ts'
import type { RunArchive } from './run-archive.ts'

/** A run that the application's own server expects. */
export interface AnnouncedRun {
  /** With what the routing ids of the run's sockets must begin. */
  readonly routingIdPrefix: string
  /** Call this when the run has ended, in whatever way. */
  end(): Promise<void>
}

export interface LabServiceHost {
  /** Starts a measuring process. */
  fork(): LabChild
  readonly versions: Readonly<Record<string, string>>
  changed(state: LabState): void
  /** Announces a run to the application's own server; null when the run goes elsewhere. */
  expectRun(settings: LabSettings, name: string): Promise<AnnouncedRun | null>
}

/** The desktop's lab: one run or calibration at a time, and the saved runs. */
export class LabService {
  #state = idleLab
  #job: { cancel(): void } | undefined
  /** The work in progress; never rejects. */
  #work: Promise<void> = Promise.resolve()

  constructor(
    private readonly host: LabServiceHost,
    readonly runs: RunArchive,
  ) {}

  get state(): LabState {
    return this.#state
  }

  /** Starts a run; the state reports its end. Throws `InspectorError`: `invalid-endpoint`, `wrong-state`. */
  start(plan: LabPlan, name: string, credentials = withoutSecrets): void {
    const { endpoint: to, options, load } = plan.settings
    const endpoint = parseEndpoint(to, load.model === 'one-way' ? 'bind' : 'connect', { ipv6: options.ipv6 })
    if (endpoint.scheme === 'inproc') {
      throw new InspectorError(
        'invalid-endpoint',
        'inproc works only within one process, and the lab measures in its own. Use tcp or ipc.',
      )
    }
    this.#begin('running', formatEndpoint(endpoint))
    this.#work = this.#make(plan, name, credentials).catch((thrown: unknown) => {
      this.#change({ activity: 'idle', progress: null, error: toErrorValue(thrown) })
    })
  }

  async #make(plan: LabPlan, name: string, credentials: SecurityWithSecrets): Promise<void> {
    let cancelled = false
    this.#job = {
      cancel() {
        cancelled = true
      },
    }
    const expected = await this.host.expectRun(plan.settings, name)
    try {
      const routing = expected && { routingIdPrefix: expected.routingIdPrefix }
      const job = new LabJob(this.#jobHost(), { ...plan, ...routing }, name, { credentials })
      this.#job = job
      if (cancelled) job.cancel()
      this.#keep(await job.result)
    } finally {
      await expected?.end()
    }
  }

  /** Measures the instrument itself. Throws `InspectorError`, including `cancelled`. */
  async calibrate(frames: readonly Frame[]): Promise<CalibrationFigures> {
    this.#begin('calibrating', '')
    const work = calibrate(this.#jobHost(), frames, (job) => {
      this.#job = job
    })
    this.#work = work.then(
      () => undefined,
      () => undefined,
    )
    try {
      return figuresOf(await work)
    } finally {
      this.#change({ activity: 'idle', progress: null })
    }
  }

  /** Cancels the work in progress; what a run has measured is kept. */
  cancel(): void {
    this.#job?.cancel()
  }

  /** Call this when runs were renamed, deleted or imported. */
  listChanged(): void {
    this.#change({ listVersion: this.#state.listVersion + 1 })
  }

  /** Tries at once to store the runs that are not stored. */
  storeAgain(): void {
    this.runs.storeAgain()
  }

  async dispose(): Promise<void> {
    this.cancel()
    await this.#work
    this.runs.close()
  }

  #begin(activity: LabState['activity'], endpoint: string): void {
    if (this.#state.activity !== 'idle') throw new InspectorError('wrong-state', 'The lab is already measuring.')
    // Its id may be that of a deleted run, so the next run is announced as a change from none.
    this.#change({ activity, endpoint, progress: null, error: null, lastRun: null })
  }

  #keep(run: LabRun): void {
    const { problem } = run
    const error = problem && toErrorValue(new InspectorError('internal', problem.message, detailsOf(problem)))
    // A run without a complete step is not worth saving.
    const lastRun = run.steps.length > 0 ? this.runs.add(run) : this.#state.lastRun
    const { listVersion } = this.#state
    this.#change({ activity: 'idle', progress: null, error, lastRun, listVersion: listVersion + 1 })
  }

  #jobHost() {
    const { host } = this
    return {
      fork: () => host.fork(),
      versions: host.versions,
      progress: (progress: LabState['progress']) => this.#change({ progress }),
    }
  }

  #change(part: Partial<LabState>): void {
    this.#state = { ...this.#state, ...part, seq: this.#state.seq + 1 }
    this.host.changed(this.#state)
  }
}

const detailsOf = ({ diagnosis, facts }: Problem): ErrorDetails => (diagnosis === null ? {} : { ...facts, diagnosis })

function figuresOf(calibration: Calibration): CalibrationFigures {
  const figures = calibrationFigures(calibration)
  if (figures) return figures
  const { inproc, loopback } = calibration
  const failed = [inproc, loopback.zmtp, loopback.libzmq].find(({ outcome }) => outcome !== 'finished')
  if (failed?.outcome === 'cancelled') throw new InspectorError('cancelled', 'The calibration was cancelled.')
  throw new InspectorError('internal', failed?.problem?.message ?? 'The calibration measured nothing.')
}
