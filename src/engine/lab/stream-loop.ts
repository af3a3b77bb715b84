import { InspectorError } from '../../shared/errors.ts'
import { rateOf } from '../../shared/lab/kind.ts'
import type { LabSettings, LabStep } from '../../shared/lab/plan.ts'
import type { StepResult } from '../../shared/lab/result.ts'
import { wholeShare } from '../../shared/lab/share.ts'
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
  begin: () => Promise<number | null> = async () => monotonicNanoseconds()
  security: LinkSecurity | undefined

  constructor(
    protected readonly settings: LabSettings,
    protected readonly step: LabStep,
    /** The part of the load that this process makes. */
    private readonly share = wholeShare,
  ) {}

  abstract run(): Promise<StepResult | null>

  get expectedNs(): number | null {
    const { length } = this.settings
    const rate = this.#ownRate
    if (length.by === 'duration') return length.milliseconds * 1e6
    return rate === null ? null : (length.requests / rate) * 1e9
  }

  get requests(): number {
    const { length } = this.settings
    return length.by === 'count' ? length.requests : Number.POSITIVE_INFINITY
  }

  /** That of this process; null for as fast as messages are taken. */
  get #ownRate(): number | null {
    const rate = rateOf(this.step.load)
    return rate === null ? null : rate / this.share.of
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

  /** Starts the clock at that time. */
  protected startClock(startNs: number): { readonly recorder: StepRecorder; readonly times: FlowTimes } {
    const { warmUpMs, length } = this.settings
    this.startNs = startNs
    this.measureFromNs = this.startNs + warmUpMs * 1e6
    if (length.by === 'duration') this.endNs = this.measureFromNs + length.milliseconds * 1e6
    const recorder = new StepRecorder(this.step, this.measureFromNs, this.expectedNs)
    this.recorder = recorder
    // At a rate, the messages of several workers are due one after the other.
    const rate = rateOf(this.step.load)
    const afterNs = rate === null ? 0 : (this.share.index / rate) * 1e9
    const times = {
      startNs: this.startNs + afterNs,
      measureFromNs: this.measureFromNs + afterNs,
      endNs: this.endNs + afterNs,
      most: this.requests,
      ratePerSecond: this.#ownRate,
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
