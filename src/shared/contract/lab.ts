import type { CalibrationFigures } from '../lab/calibration.ts'
import { labSettingsSchema } from '../lab/plan.ts'
import type { LabRun } from '../lab/result.ts'
import type { RunRow } from '../lab/run-row.ts'
import { z } from '../schema.ts'
import { messageDraftSchema } from '../workspace-schema.ts'
import { command, nothing } from './command.ts'
import type { SavedFile } from './files.ts'

const runId = z.number().int()

/** The runs of a report, and the one among them that the others are compared with. */
const reportOfRuns = z.object({ ids: z.array(runId).min(1).max(100), baseline: runId })

/** The latency lab. */
export const labCommands = {
  /** Starts a run; events report its progress and end. `password`: the id of that of a PLAIN client. */
  'lab.start': command<void>()(
    z.object({
      settings: labSettingsSchema,
      message: messageDraftSchema,
      password: z.string().min(1).max(64).nullable(),
    }),
  ),
  /** Cancels a run or calibration; what a run has measured is kept. */
  'lab.cancel': command<void>()(nothing),
  'lab.calibrate': command<CalibrationFigures>()(z.object({ message: messageDraftSchema })),
  'lab.list': command<readonly RunRow[]>()(nothing),
  'lab.read': command<LabRun>()(z.object({ id: runId })),
  'lab.rename': command<void>()(z.object({ id: runId, name: z.string().min(1).max(200) })),
  'lab.remove': command<void>()(z.object({ id: runId })),
  /** Lets the person choose a run's JSON file. Returns the new run's id, or null when they cancelled. */
  'lab.import': command<number | null>()(nothing),
  'lab.export': command<SavedFile>()(
    z.object({ id: runId, format: z.enum(['json', 'csv', 'hgrm', 'hlog']), step: z.number().int().min(0) }),
  ),
  /** Opens a report of kept runs, in this order, in the system's browser. */
  'lab.showReport': command<void>()(reportOfRuns),
  'lab.saveReport': command<SavedFile>()(reportOfRuns),
}
