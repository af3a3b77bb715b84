import { Worker } from 'node:worker_threads'
import type { LabService } from '../engine/lab/lab-service.ts'
import type { Input } from '../shared/contract/index.ts'
import { InspectorError } from '../shared/errors.ts'
import type { LabRun } from '../shared/lab/result.ts'
import { explanationOf } from '../shared/reason.ts'
import { saveBytes } from './files.ts'
import { fileNameOf, showReport } from './lab-files.ts'

/** What a report is made of: complete runs, and the index of the one that the others are compared with. */
export interface ReportThreadData {
  readonly runs: readonly LabRun[]
  readonly baseline: number
  /** In milliseconds since the epoch. */
  readonly now: number
}

/** A drawing takes a second at most; what takes longer never ends. */
const limitMs = 60_000

async function draw(data: ReportThreadData): Promise<string> {
  const thread = new Worker(new URL('./report-worker.js', import.meta.url), { workerData: data })
  let timer: NodeJS.Timeout | undefined
  try {
    return await new Promise<string>((resolve, reject) => {
      thread.on('message', (html: string) => resolve(html))
      thread.on('error', reject)
      thread.on('exit', () => reject(new Error('its thread ended')))
      timer = setTimeout(() => reject(new Error('it took too long')), limitMs)
    })
  } catch (thrown) {
    const why = explanationOf(thrown)
    throw new InspectorError('internal', `The report could not be made: ${why}`, undefined, { cause: thrown })
  } finally {
    clearTimeout(timer)
    void thread.terminate()
  }
}

type Chosen = Input<'lab.showReport'>

/** The report of kept runs as one HTML page. Throws `InspectorError`, also for a run that is gone. */
function reportOf(lab: LabService, { ids, baseline }: Chosen): Promise<string> {
  const runs = ids.map((id) => lab.runs.read(id))
  return draw({ runs, baseline: Math.max(0, ids.indexOf(baseline)), now: Date.now() })
}

/** Opens the report in the system's browser. */
export const openReport = async (lab: LabService, chosen: Chosen): Promise<void> =>
  showReport(await reportOf(lab, chosen))

/** Lets the person choose where to save the report; null when they cancel. */
export async function saveReport(lab: LabService, chosen: Chosen): Promise<string | null> {
  const html = await reportOf(lab, chosen)
  const [first] = chosen.ids
  const name = first === undefined ? 'report' : lab.runs.read(first).name
  return saveBytes(fileNameOf(name, 'html'), Buffer.from(html))
}
