import { z } from '../schema.ts'
import { distributionSchema } from './distribution.ts'
import { slotSchema } from './result.ts'

const count = z.number().int().min(0)
const figure = z.number().min(0).nullable()
/** As many slots as a step has, and the one under way. */
const mostSlots = 128

/** `LabProgress` that comes from another program. */
export const labProgressSchema = z.object({
  phase: z.enum(['connecting', 'warming-up', 'measuring', 'finishing']),
  step: count,
  steps: count,
  fraction: z.number().min(0).max(1),
  remainingMs: figure,
  sent: count,
  replied: count,
  timedOut: count,
  failed: count,
  p50Ns: figure,
  p90Ns: figure,
  p99Ns: figure,
  maxNs: figure,
  throughputPerSecond: z.number().min(0),
  live: z.object({ latency: distributionSchema, slots: z.array(slotSchema).max(mostSlots).readonly() }).nullable(),
})
