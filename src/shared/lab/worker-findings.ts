import { formatDuration } from '../format.ts'
import { percentileOf } from './distribution.ts'
import { type Finding, findingsOf } from './findings.ts'
import { doneIn, type LabRun, type RunWorker, type StepResult, throughputOf } from './result.ts'
import { stepInWords } from './words.ts'

/** Whose figures are not to be trusted, or who was lost, among those that made a load together. */
export interface WorkerFinding {
  readonly kind: Finding['kind'] | 'lost' | 'clock'
  /** Of the worker. */
  readonly name: string
  /** The steps that it is about, in words; empty for a run without a sweep, and for what is about all. */
  readonly steps: readonly string[]
  readonly level: 'distrust'
  readonly what: string
  readonly advice: string
}

/** Workers that begin further apart than this do not make one load in the first moment; all else is timed by one clock. */
const tolerableClockNs = 1e6

function lossOf({ name, lost }: RunWorker): WorkerFinding[] {
  if (lost === null) return []
  const advice = 'What it was measuring then is missing, and from then on the load was smaller by its part.'
  return [{ kind: 'lost', name, steps: [], level: 'distrust', what: `It was lost: ${lost}.`, advice }]
}

function clockOf({ name, clock }: RunWorker): WorkerFinding[] {
  if (clock === null || clock.uncertaintyNs <= tolerableClockNs) return []
  return [
    {
      kind: 'clock',
      name,
      steps: [],
      level: 'distrust',
      what: `Its clock is known to ${formatDuration(clock.uncertaintyNs)} only.`,
      advice: 'It may have begun and ended that much before or after the others. Use a quicker way to the lead.',
    },
  ]
}

type Run = Pick<LabRun, 'workers' | 'settings'>

/** Whether all who made a step have a finding, on one machine: then that of the step says it, and no one is named. */
const isOfAll = (workers: readonly RunWorker[], step: number, kind: Finding['kind']): boolean =>
  workers.every(({ environment, parts }) => {
    const part = parts.find((each) => each.step === step)
    return environment === null && (part === undefined || findingsOf(part.result).some((each) => each.kind === kind))
  })

/** What a worker's own process did to its figures: that is not seen in those of all. */
function partsOf({ name, environment, parts }: RunWorker, { settings, workers }: Run): WorkerFinding[] {
  const findings = new Map<string, WorkerFinding>()
  for (const { step, result } of parts) {
    const at = stepInWords(settings, result.at)
    for (const { kind, level, what, advice } of findingsOf(result)) {
      // The step itself says of this machine that it was busy, and of the server that it did not keep up.
      const isOfMachine = kind === 'held-up' && environment === null
      if (level !== 'distrust' || kind === 'overload' || isOfMachine || isOfAll(workers, step, kind)) continue
      const known = findings.get(kind)
      const steps = [...(known?.steps ?? []), ...(at === null ? [] : [at])]
      findings.set(kind, known ? { ...known, steps } : { kind, name, steps, level, what, advice })
    }
  }
  return [...findings.values()]
}

/** Whose figures are not to be trusted, worker by worker; none for a run that one process made. */
export const workerFindings = (run: Run): readonly WorkerFinding[] =>
  run.workers.flatMap((worker) => [...lossOf(worker), ...clockOf(worker), ...partsOf(worker, run)])

/** A worker among the others, as a table tells it. Durations in nanoseconds; null without a figure. */
export interface WorkerRow {
  readonly name: string
  /** Replies, or messages that were accepted. */
  readonly done: number
  readonly throughputPerSecond: number
  readonly p50Ns: number | null
  readonly p99Ns: number | null
  readonly maxNs: number | null
  readonly lateP99Ns: number | null
  readonly busy: number
  /** How exactly its clock is known; null where it is that of the run. */
  readonly clockNs: number | null
  readonly isDistrusted: boolean
}

/** Those that made a step, in their order; those without a part of it are left out. */
export function workerRows(
  run: Pick<LabRun, 'workers' | 'settings' | 'steps'>,
  step: StepResult,
): readonly WorkerRow[] {
  const at = stepInWords(run.settings, step.at)
  const isHere = ({ steps }: WorkerFinding) => at === null || steps.length === 0 || steps.includes(at)
  const distrusted = new Set(
    workerFindings(run)
      .filter(isHere)
      .map(({ name }) => name),
  )
  return run.workers.flatMap(({ name, clock, parts }) => {
    const part = parts.find(({ result }) => result.at === step.at)?.result
    if (!part) return []
    const { latency, lateness, instrument } = part
    return [
      {
        name,
        done: doneIn(part),
        throughputPerSecond: throughputOf(part),
        p50Ns: percentileOf(latency, 50),
        p99Ns: percentileOf(latency, 99),
        maxNs: latency.maxNs,
        lateP99Ns: lateness && percentileOf(lateness, 99),
        busy: instrument.busy,
        clockNs: clock?.uncertaintyNs ?? null,
        isDistrusted: distrusted.has(name),
      },
    ]
  })
}
