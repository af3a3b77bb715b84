import { subjectOfLoads } from '../shared/lab/kind.ts'
import type { LabRun, StepResult } from '../shared/lab/result.ts'
import { loadInWords, stepInWords } from '../shared/lab/words.ts'

/** A step of a run, as listed in the tables of a report. */
export interface ReportRow {
  readonly key: string
  readonly run: LabRun
  readonly step: StepResult
  /** The size or rate of this step in a sweep; null without a sweep. */
  readonly at: string | null
}

export function rowsOf(runs: readonly LabRun[]): readonly ReportRow[] {
  return runs.flatMap((run, runIndex) =>
    run.steps.map((step, stepIndex) => ({
      key: `${runIndex} ${stepIndex}`,
      run,
      step,
      at: stepInWords(run.settings, step.at),
    })),
  )
}

/** The name of a row among the rows of one or several runs. */
export function rowName({ run, step, at }: ReportRow, severalRuns: boolean): string {
  const ofStep = at ?? loadInWords(step.load)
  if (!severalRuns) return ofStep
  // The step comes first: a shortened line must not drop it.
  return at === null ? run.name : `${at}, ${run.name}`
}

/** What these durations are, in the plural. */
export function subjectOf(steps: readonly StepResult[]): string {
  return subjectOfLoads(steps.map(({ load }) => load))
}

/** The time, or a dash for an invalid number. */
export function momentOf(epochMilliseconds: number): string {
  const date = new Date(epochMilliseconds)
  if (Number.isNaN(date.getTime())) return '–'
  return date
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, ' UTC')
}
