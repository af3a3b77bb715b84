import type { ProbeReport, RangeReport } from '../probe/report.ts'
import { z } from '../schema.ts'
import { patternIds } from '../zmq/patterns.ts'
import { command, endpoint, nothing } from './command.ts'

/** What is behind an endpoint. Each probe takes two seconds at most. */
export const probeCommands = {
  /** `pattern`: that of the socket which is to talk to it, for the verdict. Throws `invalid-endpoint`. */
  'probe.run': command<ProbeReport>()(z.object({ endpoint, pattern: z.enum(patternIds).nullish() })),
  /**
   * Probes a range of ports of this machine. A window asks for one part after the other (`partsOf`), so that it can show
   * how far it is. Throws `invalid-endpoint`.
   */
  'probe.range': command<RangeReport>()(z.object({ endpoint })),
  /** Ends all probes that are under way, which then fail with `cancelled`. */
  'probe.cancel': command<void>()(nothing),
}
