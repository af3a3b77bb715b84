import { parentPort, workerData } from 'node:worker_threads'
import { htmlReport } from '../report/html-report.tsx'
import { findingsOf } from '../shared/lab/findings.ts'
import type { ReportThreadData } from './lab-report.ts'

/** The thread that makes one report: drawing plots takes longer than a round trip may be held up. */
function make({ runs, now, baseline }: ReportThreadData): string {
  return htmlReport(runs, { now, findingsOf, baseline })
}

parentPort?.postMessage(make(workerData))
