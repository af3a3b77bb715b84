import { InspectorError } from '../../shared/errors.ts'
import type { LabSettings, LabStep } from '../../shared/lab/plan.ts'
import type { StepResult } from '../../shared/lab/result.ts'
import { monotonicNanoseconds } from '../clock.ts'
import type { LinkSecurity } from '../sockets/request-link.ts'
import { connectAgain } from './connect-again.ts'
import { InstrumentWatch } from './instrument.ts'
import { type LoopStatus, type StepLoop, statusOf } from './step-loop.ts'
import { StepRecorder } from './step-recorder.ts'

/** What steps have in common, whatever their load: the clock, the recorder, and that they can be cancelled. */
export abstract class MeasuredStep implements StepLoop {
  protected readonly instrument = new InstrumentWatch()
  #isMeasuring = false
  #isCancelled = false
  readonly #onCancel = new Set<() => void>()
  recorder: StepRecorder | null = null
  startNs = 0
  measureFromNs = 0
  /** When the last request or message may start; infinite when their number ends the step. */
  endNs = Number.POSITIVE_INFINITY
  nextRoutingId: () => string | undefined = () => undefined
  begin: () => Promise<number | null> = async () => monotonicNanoseconds()
  security: LinkSecurity | undefined

  constructor(
    protected readonly settings: LabSettings,
    protected readonly step: LabStep,
  ) {}

  abstract run(): Promise<StepResult | null>
  /** Expected duration of measuring in nanoseconds, if known. */
  abstract get expectedNs(): number | null

  /** How many requests or messages it makes; infinite where time ends it. */
  get requests(): number {
    const { length } = this.settings
    return length.by === 'count' ? length.requests : Number.POSITIVE_INFINITY
  }

  status(nowNs: number): LoopStatus {
    return statusOf(this.settings, this, nowNs)
  }

  /** By default it has no better time than now. */
  atRest(work: () => void): void {
    work()
  }

  cancel(): void {
    this.#isCancelled = true
    for (const end of [...this.#onCancel]) end()
  }

  protected get cancelled(): boolean {
    return this.#isCancelled
  }

  protected get isMeasuring(): boolean {
    return this.#isMeasuring
  }

  protected onCancel(end: () => void): void {
    this.#onCancel.add(end)
  }

  /** Waits; a cancelled step stops waiting. */
  protected pause(milliseconds: number): Promise<void> {
    if (this.#isCancelled || milliseconds <= 0) return Promise.resolve()
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer)
        this.#onCancel.delete(end)
        resolve()
      }
      const timer = setTimeout(end, milliseconds)
      this.#onCancel.add(end)
    })
  }

  /** Does some work of connecting. Resolves with null when the step was cancelled meanwhile. Throws `InspectorError`. */
  protected async connecting<Made>(work: () => Promise<Made>): Promise<Made | null> {
    try {
      const made = await work()
      return this.#isCancelled ? null : made
    } catch (thrown) {
      if (this.#isCancelled) return null
      if (thrown instanceof InspectorError) throw thrown
      throw new InspectorError('internal', String(thrown), undefined, { cause: thrown })
    }
  }

  /** Connects a socket again until the step ends. Resolves with whether it is usable. */
  protected connectAgain(socket: { connect(): Promise<void> }, failed: (thrown: unknown) => void): Promise<boolean> {
    return connectAgain(socket, this.endNs, {
      isOver: () => this.#isCancelled,
      failed,
      pause: (milliseconds) => this.pause(milliseconds),
    })
  }

  /** Starts the clock at that time. */
  protected startRecorder(startNs: number): StepRecorder {
    const { warmUpMs, length } = this.settings
    this.startNs = startNs
    this.measureFromNs = startNs + warmUpMs * 1e6
    if (length.by === 'duration') this.endNs = this.measureFromNs + length.milliseconds * 1e6
    const recorder = new StepRecorder(this.step, this.measureFromNs, this.expectedNs)
    this.recorder = recorder
    return recorder
  }

  /** Call this for whatever is measured. */
  protected beginMeasuring(): void {
    if (this.#isMeasuring) return
    this.#isMeasuring = true
    this.instrument.start()
  }
}
