import { formatDuration, formatRate } from '../format.ts'
import { clientNames } from './client.ts'
import { type Comparison, compareSteps, matchSteps } from './compare.ts'
import { findingsOf } from './findings.ts'
import { kindOf, kindWords } from './kind.ts'
import type { LabRun, StepResult } from './result.ts'
import { oneWayInWords, stepInWords } from './words.ts'
import { workerFindings } from './worker-findings.ts'

/** Whether the findings about a step say that its figures do not describe the server. */
export const isDistrusted = (step: StepResult): boolean => findingsOf(step).some(({ level }) => level === 'distrust')

/** Whether one of those that made the run together is not to be trusted. */
const hasDoubts = (run: LabRun): boolean => workerFindings(run).length > 0

/** A step that both runs made. */
export interface ComparedStep {
  /** Its size or rate; null without a sweep. */
  readonly at: string | null
  /** Null when one of the runs is too short. */
  readonly comparisons: readonly Comparison[] | null
  /** The runs whose figures are not to be trusted here, so that the verdicts are not either. */
  readonly distrusted: readonly LabRun[]
}

export interface ComparedRuns {
  readonly steps: readonly ComparedStep[]
  /** Whether load or message differ, so that a difference need not be due to the server. */
  readonly otherLoad: boolean
  /** Why nothing of the runs can be compared, in a sentence; null where it can. */
  readonly refused: string | null
  /** What else differs that changes what the figures say, such as the client: a sentence for each. */
  readonly cautions: readonly string[]
}

const loadOf = ({ settings: { load, sweep, workers }, message }: LabRun): string =>
  JSON.stringify([load, sweep, workers, message.frames])

function clientsInWords({ settings: { client: before } }: LabRun, { settings: { client } }: LabRun): string | null {
  if (before === client) return null
  return `The baseline was measured with ${clientNames[before]} and the other run with ${clientNames[client]}: the differences hold what the clients add.`
}

const numbersRequests = ({ settings: { load } }: LabRun): boolean => load.model === 'closed' && load.numbered === true
const keepsInFlight = ({ settings: { load } }: LabRun): boolean =>
  load.model === 'closed' && load.inFlight !== undefined

/** Without numbers, a DEALER takes replies in the order of its requests. */
function numbersInWords(baseline: LabRun, run: LabRun): string | null {
  if (!keepsInFlight(baseline) || !keepsInFlight(run) || numbersRequests(baseline) === numbersRequests(run)) return null
  const [one, other] = numbersRequests(run) ? ['The other run', 'the baseline'] : ['The baseline', 'the other run']
  return `${one} numbered its requests and ${other} did not: where replies come out of order, only numbered ones are timed by their own requests.`
}

/** The bootstrap takes some hundred milliseconds, so a pair of steps is compared once. */
const compared = new WeakMap<StepResult, WeakMap<StepResult, Comparison[] | null>>()

function compareOnce(baseline: StepResult, step: StepResult): Comparison[] | null {
  const ofBaseline = compared.get(baseline) ?? new WeakMap<StepResult, Comparison[] | null>()
  compared.set(baseline, ofBaseline)
  const before = ofBaseline.get(step)
  if (before !== undefined) return before
  const comparisons = compareSteps(baseline, step)
  ofBaseline.set(step, comparisons)
  return comparisons
}

/** Why two runs of different kinds cannot be compared; null for two of one kind. */
function whyNotComparable({ settings: { load: before } }: LabRun, { settings: { load } }: LabRun): string | null {
  if (kindOf(before) !== kindOf(load)) {
    return `The baseline measured ${kindWords[kindOf(before)].measured} and the other run ${kindWords[kindOf(load)].measured}: their figures are of different things, so they are not compared.`
  }
  if (before.model !== 'one-way' || load.model !== 'one-way' || before.pattern === load.pattern) return null
  return `The baseline went from ${oneWayInWords[before.pattern]} and the other run from ${oneWayInWords[load.pattern]}, so they are not compared.`
}

/** Compares a run with the baseline, whichever was made first. */
export function compareRuns(baseline: LabRun, run: LabRun, distrusts = isDistrusted): ComparedRuns {
  const refused = whyNotComparable(baseline, run)
  if (refused !== null) return { steps: [], otherLoad: true, cautions: [], refused }
  return {
    refused,
    steps: matchSteps(baseline.steps, run.steps).map(([one, other]) => ({
      at: stepInWords(run.settings, other.at),
      comparisons: compareOnce(one, other),
      distrusted: [
        ...(distrusts(one) || hasDoubts(baseline) ? [baseline] : []),
        ...(distrusts(other) || hasDoubts(run) ? [run] : []),
      ],
    })),
    otherLoad: loadOf(baseline) !== loadOf(run),
    cautions: [clientsInWords(baseline, run), numbersInWords(baseline, run)].filter((caution) => caution !== null),
  }
}

const verdicts: Readonly<Record<Comparison['verdict'], string>> = {
  faster: 'faster',
  slower: 'slower',
  'no difference': 'no significant difference',
}

/** `slower`, or `unreliable: slower` where a run is not to be trusted. */
const verdictInWords = ({ verdict }: Comparison, { distrusted }: ComparedStep): string =>
  `${distrusted.length > 0 ? 'unreliable: ' : ''}${verdicts[verdict]}`

/** A comparison as people read it. */
export interface ComparisonWords {
  readonly baseline: string
  readonly value: string
  readonly difference: string
  /** The ends of the 95 % interval. */
  readonly low: string
  readonly high: string
  readonly verdict: string
}

/** `minus` is the sign of a fall. */
export function comparisonInWords(comparison: Comparison, step: ComparedStep, minus = '−'): ComparisonWords {
  const format = comparison.unit === 'rate' ? formatRate : formatDuration
  const signed = (value: number) => `${value < 0 ? minus : '+'}${format(Math.abs(value))}`
  return {
    baseline: format(comparison.baseline),
    value: format(comparison.value),
    difference: signed(comparison.difference),
    low: signed(comparison.low),
    high: signed(comparison.high),
    verdict: verdictInWords(comparison, step),
  }
}

/** Why the verdicts about a step are not to be trusted; null where they are. */
export function distrustInWords(baseline: LabRun, { distrusted }: ComparedStep): string | null {
  if (distrusted.length === 0) return null
  const which =
    distrusted.length > 1 ? 'Both runs are' : distrusted[0] === baseline ? 'The baseline is' : 'The other run is'
  return `${which} marked as unreliable, and so are these verdicts.`
}

export const driftNote =
  '95 % bootstrap intervals over time blocks. Machines drift: repeat both runs before trusting a small difference.'
