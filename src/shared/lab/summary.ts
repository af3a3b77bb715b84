import { NewerVersionError, readDocument } from '../kept/document-format.ts'
import { parseJsonText } from '../kept/json-text.ts'
import { reasonOf } from '../reason.ts'
import { type Distribution, mergeDistributions, percentileOf } from './distribution.ts'
import { type EndedBy, openLoopEnd } from './open-loop-end.ts'
import {
  doneIn,
  type LabRun,
  labRunFormat,
  type StepCounts,
  type StepResult,
  sumOfCounts,
  throughputOf,
} from './result.ts'

/** The main figures of a whole run, at the top of the JSON export. Durations in nanoseconds. */
export interface RunSummary {
  /** Of all steps together. */
  readonly counts: StepCounts
  /** Null without replies. Of all steps together: for a sweep, look at the steps. */
  readonly latencyNs: Readonly<Record<'p50' | 'p90' | 'p99' | 'p999' | 'max' | 'mean', number | null>>
  /** Replies, or messages accepted or delivered, per second over the measured time of all steps. */
  readonly throughputPerSecond: number
  /** How late sends were; 0 in a closed loop, where requests are due when they are sent. */
  readonly lateness: Readonly<Record<'p50' | 'p99' | 'max', number>>
  /** Where the open loop ends; null in a closed loop, and where the highest rate was made. Rates per second. */
  readonly openLoopEnd: {
    /** The highest rate that was made; null where none was. */
    readonly sustained: number | null
    /** The next one that was asked for. */
    readonly asked: number
    readonly endedBy: EndedBy
  } | null
}

const together = (steps: readonly StepResult[], pick: (step: StepResult) => Distribution | null): Distribution =>
  mergeDistributions(steps.map(pick).filter((each) => each !== null))

export function summaryOf({ steps }: Pick<LabRun, 'steps'>): RunSummary {
  const latency = together(steps, (step) => step.latency)
  const lateness = together(steps, (step) => step.lateness)
  const elapsedNs = steps.reduce((total, step) => total + step.elapsedNs, 0)
  const done = steps.reduce((total, step) => total + doneIn(step), 0)
  const counts = sumOfCounts(steps)
  const [only] = steps
  const end = openLoopEnd({ steps })
  return {
    counts,
    latencyNs: {
      p50: percentileOf(latency, 50),
      p90: percentileOf(latency, 90),
      p99: percentileOf(latency, 99),
      p999: percentileOf(latency, 99.9),
      max: latency.maxNs,
      mean: latency.meanNs,
    },
    throughputPerSecond:
      steps.length === 1 && only ? throughputOf(only) : elapsedNs === 0 ? 0 : (done / elapsedNs) * 1e9,
    lateness: {
      p50: percentileOf(lateness, 50) ?? 0,
      p99: percentileOf(lateness, 99) ?? 0,
      max: lateness.maxNs ?? 0,
    },
    openLoopEnd: end && { sustained: end.sustained, asked: end.asked, endedBy: end.endedBy },
  }
}

/** A complete run as a JSON document, with its summary at the top. See docs/run-format.md. */
export function toRunJson(run: LabRun): string {
  const { format, version, name, startedAt, outcome, problem, settings, ...rest } = run
  return `${JSON.stringify({ format, version, name, startedAt, outcome, problem, settings, ...summaryOf(run), ...rest })}\n`
}

/** Parses a run's JSON document. Throws an `Error` with a message for people. */
export function parseRunJson(text: string): LabRun {
  try {
    return readDocument(parseJsonText(text), labRunFormat).document
  } catch (thrown) {
    if (thrown instanceof NewerVersionError) throw new Error(`It cannot be read: ${thrown.message}.`, { cause: thrown })
    throw new Error(`It is not a ZeroMQ Inspector run: ${reasonOf(thrown)}.`, { cause: thrown })
  }
}
