import { InspectorError } from '../../shared/errors.ts'
import { rateOf } from '../../shared/lab/kind.ts'
import type { LabSettings, LabStep } from '../../shared/lab/plan.ts'
import type { StepResult } from '../../shared/lab/result.ts'
import { monotonicNanoseconds } from '../clock.ts'
import type { LinkSecurity } from '../sockets/request-link.ts'
import type { FlowTimes } from './flow-plan.ts'
import { InstrumentWatch } from './instrument.ts'
import { type LoopStatus, type StepLoop, statusOf } from './step-loop.ts'
import { StepRecorder } from './step-recorder.ts'

/** One step of messages that nobody answers: what floods and one-way streams have in common. */
export abstract class StreamLoop implements StepLoop {
  protected readonly instrument = new InstrumentWatch()
  #isMeasuring = false
  #isCancelled = false
  readonly #onCancel = new Set<() => void>()
  recorder: StepRecorder | null = null
  startNs = 0
  measureFromNs = 0
  endNs = Number.POSITIVE_INFINITY
  nextRoutingId: () => string | undefined = () => undefined
  security: LinkSecurity | undefined

  constructor(
    protected readonly settings: LabSettings,
    protected readonly step: LabStep,
  ) {}

  abstract run(): Promise<StepResult | null>

  get expectedNs(): number | null {
    const { length } = this.settings
    const rate = rateOf(this.step.load)
    if (length.by === 'duration') return length.milliseconds * 1e6
    return rate === null ? null : (length.requests / rate) * 1e9
  }

  status(nowNs: number): LoopStatus {
    return statusOf(this.settings, this, nowNs)
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
    if (this.#isCancelled) return Promise.resolve()
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

  /** Starts the clock, `inNs` from now. */
  protected begin(inNs = 0): { readonly recorder: StepRecorder; readonly times: FlowTimes } {
    const { warmUpMs, length } = this.settings
    this.startNs = monotonicNanoseconds() + inNs
    this.measureFromNs = this.startNs + warmUpMs * 1e6
    if (length.by === 'duration') this.endNs = this.measureFromNs + length.milliseconds * 1e6
    const recorder = new StepRecorder(this.step, this.measureFromNs, this.expectedNs)
    this.recorder = recorder
    const times = {
      startNs: this.startNs,
      measureFromNs: this.measureFromNs,
      endNs: this.endNs,
      most: length.by === 'count' ? length.requests : Number.POSITIVE_INFINITY,
      ratePerSecond: rateOf(this.step.load),
    }
    return { recorder, times }
  }

  /** Call this for whatever is measured. */
  protected beginMeasuring(): void {
    if (this.#isMeasuring) return
    this.#isMeasuring = true
    this.instrument.start()
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
}
