import { defaultConnectionOptions } from '../../src/shared/connection.ts'
import type { LabSettings } from '../../src/shared/lab/plan.ts'

/** A short run against the usual endpoint. */
export const labSettings: LabSettings = {
  endpoint: 'tcp://127.0.0.1:25933',
  options: defaultConnectionOptions,
  load: { model: 'closed', concurrency: 1 },
  length: { by: 'count', requests: 100 },
  warmUpMs: 0,
  timeoutMs: 2000,
  sweep: null,
}
