import { z } from '../schema.ts'
import { percentileOf } from './distribution.ts'
import { doneIn, type LabRun } from './result.ts'
import { aspectsOf } from './run-names.ts'
import { settingsWithClientInWords } from './words.ts'

/** A saved run in the list. Durations in nanoseconds. */
export const runRowSchema = z.object({
  /** Negative, until the application quits, for a run that could not be stored at once. */
  id: z.number().int(),
  name: z.string(),
  startedAt: z.number(),
  endpoint: z.string(),
  outcome: z.enum(['finished', 'cancelled', 'failed']),
  /** Its settings on one line. */
  settings: z.string(),
  steps: z.number().int(),
  /** Replies, or messages that were accepted or delivered. */
  replied: z.number().int(),
  p50Ns: z.number().nullable(),
  p99Ns: z.number().nullable(),
  /** What it can be told by; left out where a person named it, and in lists of earlier versions. */
  aspects: z.array(z.tuple([z.string(), z.string()])).optional(),
  /** Set for a run that is not in the file, and so is lost when the application quits. */
  notStored: z.literal(true).optional(),
})

export type RunRow = z.infer<typeof runRowSchema>

export function rowOf(id: number, run: LabRun): RunRow {
  const first = run.steps[0]
  const aspects = aspectsOf(run)
  const single = run.steps.length === 1 && first ? first.latency : null
  return {
    id,
    name: run.name,
    startedAt: run.startedAt,
    endpoint: run.settings.endpoint,
    outcome: run.outcome,
    settings: settingsWithClientInWords(
      run.settings,
      run.message.frames.reduce((total, size) => total + size, 0),
    ),
    steps: run.steps.length,
    ...(aspects === null ? {} : { aspects: aspects.map(([aspect, words]) => [aspect, words]) }),
    replied: run.steps.reduce((sum, step) => sum + doneIn(step), 0),
    // Percentiles over several sizes or rates would be meaningless.
    p50Ns: single && percentileOf(single, 50),
    p99Ns: single && percentileOf(single, 99),
  }
}
