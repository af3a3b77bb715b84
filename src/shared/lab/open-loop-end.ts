import { formatCount, formatDuration, formatRate } from '../format.ts'
import { percentileOf } from './distribution.ts'
import { findingsOf, percent } from './findings.ts'
import { type LabRun, type StepResult, throughputOf } from './result.ts'

/** What kept an open loop from its rate. */
export type EndedBy = 'instrument' | 'machine' | 'sockets' | 'server' | 'replies'

/** Where an open loop ends: what it made, and what it did not. */
export interface OpenLoopEnd {
  /** The highest rate per second that was made, below the one that was not; null where none was. */
  readonly sustained: number | null
  /** The lowest rate per second that was asked for and not made, and its step. */
  readonly asked: number
  readonly step: StepResult
  readonly endedBy: EndedBy
  readonly what: string
  readonly advice: string
}

/** Fewer requests without a reply than this share do not end a load. */
const tolerableMissing = 0.01
/** A server that takes so many times as long as it did at a lower rate is at its limit. */
const slowedDown = 2

interface OpenStep {
  readonly rate: number
  readonly step: StepResult
}

const openSteps = ({ steps }: Pick<LabRun, 'steps'>): OpenStep[] =>
  steps
    .flatMap((step) => (step.load.model === 'open' ? [{ rate: step.load.ratePerSecond, step }] : []))
    .sort((one, other) => one.rate - other.rate)

function missingShare({ counts }: StepResult): number {
  const asked = counts.sent + counts.unsent - counts.unfinished
  return asked <= 0 ? 0 : (asked - counts.replied) / asked
}

/** What kept a step from its rate; null where it was made. `before`: the last step that was made. */
function endOf(step: StepResult, before: StepResult | undefined): EndedBy | null {
  const found = new Set(findingsOf(step).map(({ kind }) => kind))
  if (found.has('busy')) return 'instrument'
  if (found.has('overload') || step.counts.unsent > 0) {
    const [now, then] = [step.service?.meanNs ?? 0, before?.service?.meanNs ?? null]
    return then !== null && now < slowedDown * then ? 'sockets' : 'server'
  }
  if (found.has('late')) return 'machine'
  return missingShare(step) > tolerableMissing ? 'replies' : null
}

const servicePhrase = ({ service }: StepResult): string =>
  service === null ? '' : `, which took ${formatDuration(percentileOf(service, 50) ?? 0)} each at p50`

/** In words: what ended it, and what to do about it. */
const words: Readonly<Record<EndedBy, (step: StepResult) => readonly [what: string, advice: string]>> = {
  instrument: ({ instrument }) => [
    `a measuring process of this load was busy ${percent(instrument.busy)} of the time`,
    'The instrument is at its limit, not the server. Use more workers where there are cores for them, or other machines.',
  ],
  machine: ({ lateness }) => [
    `requests were sent late (${formatDuration((lateness && percentileOf(lateness, 99)) ?? 0)} at p99)`,
    'A machine of this load did not keep up, not the server. Close other programs, or use other machines.',
  ],
  sockets: (step) => [
    `all ${formatCount(step.sockets)} sockets waited for replies${servicePhrase(step)}`,
    'The server was no slower than before: with more workers there are more sockets.',
  ],
  server: (step) => [
    `the server did not keep up: all ${formatCount(step.sockets)} sockets waited for replies${servicePhrase(step)}`,
    `It made ${formatRate(throughputOf(step))}.`,
  ],
  replies: (step) => [
    `${percent(missingShare(step))} of the requests got no reply`,
    `The server made ${formatRate(throughputOf(step))}.`,
  ],
}

/**
 * Where the open loop of a run ends; null for a closed loop, and where the highest rate was made. A lower rate that was not
 * made while a higher one was is no end.
 */
export function openLoopEnd(run: Pick<LabRun, 'steps'>): OpenLoopEnd | null {
  const steps = openSteps(run)
  const before = steps.findLast(({ step }) => endOf(step, undefined) === null)
  const first = steps.find(({ rate }) => rate > (before?.rate ?? 0))
  const endedBy = first ? endOf(first.step, before?.step) : null
  if (!first || endedBy === null) return null
  const { rate, step } = first
  const [because, advice] = words[endedBy](step)
  const where =
    before === undefined
      ? `The rate of ${formatRate(rate)} was not made as asked`
      : `The open loop ends between ${formatRate(before.rate)}, which was made, and ${formatRate(rate)}`
  return { sustained: before?.rate ?? null, asked: rate, step, endedBy, what: `${where}: ${because}.`, advice }
}
