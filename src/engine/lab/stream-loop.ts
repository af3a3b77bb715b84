import { rateOf } from '../../shared/lab/kind.ts'
import type { LabSettings, LabStep } from '../../shared/lab/plan.ts'
import { wholeShare } from '../../shared/lab/share.ts'
import type { FlowTimes } from './flow-plan.ts'
import { MeasuredStep } from './measured-step.ts'
import type { StepRecorder } from './step-recorder.ts'

/** One step of messages that nobody answers: what floods and one-way streams have in common. */
export abstract class StreamLoop extends MeasuredStep {
  constructor(
    settings: LabSettings,
    step: LabStep,
    /** The part of the load that this process makes. */
    private readonly share = wholeShare,
  ) {
    super(settings, step)
  }

  get expectedNs(): number | null {
    const { length } = this.settings
    const rate = this.#ownRate
    if (length.by === 'duration') return length.milliseconds * 1e6
    return rate === null ? null : (length.requests / rate) * 1e9
  }

  /** That of this process; null for as fast as messages are taken. */
  get #ownRate(): number | null {
    const rate = rateOf(this.step.load)
    return rate === null ? null : rate / this.share.of
  }

  /** Starts the clock at that time. */
  protected startClock(startNs: number): { readonly recorder: StepRecorder; readonly times: FlowTimes } {
    const recorder = this.startRecorder(startNs)
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
}
