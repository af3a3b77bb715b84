import type { LabRun, StepResult } from '../../../../shared/lab/result.ts'
import { loadInWords, stepInWords } from '../../../../shared/lab/words.ts'

/** A step of a run, as the tables of a report list it. */
export interface ReportRow {
  readonly key: string
  readonly run: LabRun
  readonly step: StepResult
  /** The size or rate of its sweep; null without one. */
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

/** What a row is called among the rows of several runs, or of one. */
export function rowName({ run, step, at }: ReportRow, severalRuns: boolean): string {
  const ofStep = at ?? loadInWords(step.load)
  if (!severalRuns) return ofStep
  // The step comes first: it must not be what a short line leaves out.
  return at === null ? run.name : `${at}, ${run.name}`
}

/** What the durations of these steps are, in the plural. */
export function subjectOf(steps: readonly StepResult[]): string {
  const models = new Set(steps.map(({ load }) => load.model))
  if (models.size > 1) return 'latencies'
  return models.has('open') ? 'response times' : 'round trips'
}

/** The moment, or a dash for a number that is none. */
export function momentOf(epochMilliseconds: number): string {
  const date = new Date(epochMilliseconds)
  if (Number.isNaN(date.getTime())) return '–'
  return date
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, ' UTC')
}
