import { monitorEventLoopDelay, performance } from 'node:perf_hooks'
import type { Instrument } from '../../shared/lab/result.ts'

const resolutionMs = 1

/** Watches how the event loop of this process fares. */
export class InstrumentWatch {
  readonly #delay = monitorEventLoopDelay({ resolution: resolutionMs })
  #before = performance.eventLoopUtilization()

  /** Forgets what was seen so far, such as in a warm-up. */
  start(): void {
    this.#delay.reset()
    this.#delay.enable()
    this.#before = performance.eventLoopUtilization()
  }

  stop(): Instrument {
    this.#delay.disable()
    // Node tells the interval between its timers, which is the delay and the resolution together.
    const late = (nanoseconds: number) => Math.max(0, nanoseconds - resolutionMs * 1e6)
    const measured = this.#delay.count > 0
    return {
      loopDelay: {
        p50Ns: measured ? late(this.#delay.percentile(50)) : 0,
        p99Ns: measured ? late(this.#delay.percentile(99)) : 0,
        maxNs: measured ? late(this.#delay.max) : 0,
      },
      busy: Math.min(1, performance.eventLoopUtilization(this.#before).utilization),
    }
  }
}
