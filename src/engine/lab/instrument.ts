import { monitorEventLoopDelay, performance } from 'node:perf_hooks'
import type { Instrument } from '../../shared/lab/result.ts'

const resolutionMs = 1

/** Monitors the load of this process's event loop. */
export class InstrumentWatch {
  readonly #delay = monitorEventLoopDelay({ resolution: resolutionMs })
  #before = performance.eventLoopUtilization()

  /** Discards what was seen so far, such as during a warm-up. */
  start(): void {
    this.#delay.reset()
    this.#delay.enable()
    this.#before = performance.eventLoopUtilization()
  }

  stop(): Instrument {
    this.#delay.disable()
    // Node reports the interval between its timers, which is delay plus resolution.
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
