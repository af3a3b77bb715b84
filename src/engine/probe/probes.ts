import type { ProbeReport, RangeReport } from '../../shared/probe/report.ts'
import type { PatternId } from '../../shared/zmq/patterns.ts'
import { probe } from './probe.ts'
import { probeRange } from './range.ts'

/** The probes of a host, which it can end together. */
export class Probes {
  #controller = new AbortController()

  run(endpoint: string, pattern: PatternId | null): Promise<ProbeReport> {
    return probe(endpoint, { pattern, signal: this.#controller.signal })
  }

  range(endpoint: string): Promise<RangeReport> {
    return probeRange(endpoint, { signal: this.#controller.signal })
  }

  /** Those under way fail with `cancelled`. */
  cancel(): void {
    this.#controller.abort()
    this.#controller = new AbortController()
  }
}
