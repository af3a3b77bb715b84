import { formatCount, formatDuration, formatRate } from '../format.ts'
import { percentileOf } from './distribution.ts'
import { kindOf, rateOf, subjectOfLoads } from './kind.ts'
import { labBounds } from './plan.ts'
import type { StepResult } from './result.ts'
import { samplesFor } from './samples.ts'
import { batchFigures } from './turns.ts'
import { plural } from './words.ts'

/** Something a reader of the figures must know, and what to change. */
export interface Finding {
  readonly kind:
    | 'late'
    | 'busy'
    | 'held-up'
    | 'overload'
    | 'missing'
    | 'few'
    | 'beyond'
    | 'batches'
    | 'disorder'
    | 'stalled'
    | 'queued'
    | 'untaken'
    | 'unread'
    | 'lost'
  /** `distrust`: the figures do not describe the server. `note`: they do, but say less than they seem to. */
  readonly level: 'distrust' | 'note'
  readonly what: string
  readonly advice: string
}

/** Later sends are no longer the requested load. */
const tolerableLatenessNs = 1e6
/** Lateness below this share of the figure does not matter. */
const negligibleShare = 0.05
/** So many replies on average in a turn of the event loop colour the latency. */
const tellingBatch = 4
const tolerableBusy = 0.9
const tolerableLoopDelayNs = 2e6
const fewSamples = samplesFor(99)

/** A share in percent, with enough digits to tell a small one from none. */
export function percent(share: number): string {
  if (share > 0 && share < 0.001) return `${(share * 100).toPrecision(1)} %`
  return `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`
}

/** Whether `nanoseconds` are a significant part of the 99th percentile. */
function matters({ latency }: StepResult, nanoseconds: number): boolean {
  return nanoseconds > negligibleShare * (percentileOf(latency, 99) ?? 0)
}

function lateSends(step: StepResult): Finding[] {
  const late = step.lateness === null ? null : percentileOf(step.lateness, 99)
  // Requests that wait for a socket are late because of the server, which is a separate finding.
  if (late === null || late <= tolerableLatenessNs || step.waitedForSocket > 0 || !matters(step, late)) return []
  return [
    {
      kind: 'late',
      level: 'distrust',
      what: `Sends were late (${formatDuration(late)} at p99).`,
      advice: 'This computer could not keep up. Lower the rate or close other programs, and run again.',
    },
  ]
}

function starvedLoop(step: StepResult): Finding[] {
  const { busy, loopDelay } = step.instrument
  const findings: Finding[] = []
  // As fast as messages are taken, one of the ends is always at its limit.
  if (busy > tolerableBusy && !isUnpaced(step)) {
    findings.push({
      kind: 'busy',
      level: 'distrust',
      what: `The measuring process was busy ${percent(busy)} of the time, so latencies include its own queueing.`,
      advice:
        step.load.model === 'closed'
          ? `Use more workers, or fewer sockets${step.load.inFlight === undefined ? '' : ' or requests in flight'}. The instrument limits the throughput, not the server.`
          : 'Use more workers, or lower the rate. The instrument is at its limit.',
    })
  }
  if (loopDelay.p99Ns > tolerableLoopDelayNs && !isUnpaced(step) && matters(step, loopDelay.p99Ns)) {
    findings.push({
      kind: 'held-up',
      level: 'distrust',
      what: `This computer was busy (timers ${formatDuration(loopDelay.p99Ns)} late at p99).`,
      advice: 'Close other programs and run again.',
    })
  }
  return findings
}

const isUnpaced = ({ load }: StepResult): boolean => kindOf(load) !== 'round-trips' && rateOf(load) === null

/** What is to be known of messages that nobody answers. */
function ofStreams(step: StepResult): Finding[] {
  const { counts, load, flood, oneWay } = step
  const findings: Finding[] = []
  if (kindOf(load) !== 'round-trips' && counts.timedOut > 0) {
    findings.push({
      kind: 'stalled',
      level: 'note',
      what: `${plural(counts.timedOut, 'socket')} waited longer than the timeout for a message to be taken, and ${counts.timedOut === 1 ? 'was' : 'were'} given up.`,
      advice: 'The peer does not read, or reads too slowly. A longer timeout waits longer for it.',
    })
  }
  if (kindOf(load) !== 'round-trips' && counts.unsent > 0) {
    findings.push({
      kind: 'overload',
      level: 'distrust',
      what: `The peer did not keep up: ${plural(counts.unsent, 'message')} were overdue by the whole timeout, and never sent.`,
      advice: 'It does not take messages at this rate. Lower the rate.',
    })
  }
  if (flood && flood.accepted < counts.sent - counts.unfinished) {
    findings.push({
      kind: 'untaken',
      level: 'note',
      what: `${plural(counts.sent - counts.unfinished - flood.accepted, 'message')} were handed over and not accepted.`,
      advice: 'They were under way when their connection ended.',
    })
  }
  if (flood && flood.confirmed !== null && flood.confirmed < flood.accepted) {
    findings.push({
      kind: 'unread',
      level: 'note',
      what: `${plural(flood.accepted - flood.confirmed, 'accepted message')} are not known to be read by the peer.`,
      advice: 'Buffers of the system held them when their connection broke, or when the timeout after the run passed.',
    })
  }
  if (oneWay && oneWay.lost > 0) {
    findings.push({
      kind: 'lost',
      level: 'note',
      what: `${plural(oneWay.lost, 'message')} (${percent(oneWay.lost / counts.sent)}) were lost.`,
      advice:
        load.model === 'one-way' && load.pattern === 'pub-sub'
          ? 'A PUB drops what its queue has no room for. Lower the rate, or raise the high-water marks.'
          : 'They were on their way when a connection broke.',
    })
  }
  if (oneWay && isUnpaced(step)) {
    findings.push({
      kind: 'queued',
      level: 'note',
      what: 'Sent as fast as possible, so the latencies are mostly waits in full queues.',
      advice: 'Set a rate to see how long the way takes.',
    })
  }
  return findings
}

function overload({ counts, load, waitedForSocket, sockets }: StepResult): Finding[] {
  if (waitedForSocket === 0 || load.model !== 'open') return []
  const share = waitedForSocket / Math.max(1, counts.sent + counts.unsent)
  const unsent = counts.unsent > 0 ? ` ${formatCount(counts.unsent)} were never sent.` : ''
  return [
    {
      kind: 'overload',
      level: 'distrust',
      what: `The server did not keep up: ${percent(share)} of the requests waited for one of ${formatCount(sockets)} sockets.${unsent}`,
      advice: `It cannot answer ${formatRate(load.ratePerSecond)}, so response times grow with the length of the run. Lower the rate.`,
    },
  ]
}

function missingReplies({ counts, latency, load }: StepResult): Finding[] {
  if (kindOf(load) !== 'round-trips') return []
  const asked = counts.sent + counts.unsent
  const missing = asked - counts.replied - counts.unfinished
  if (missing <= 0 || latency.count === 0) return []
  const share = missing / asked
  return [
    {
      kind: 'missing',
      level: 'note',
      what: `${plural(missing, 'request')} (${percent(share)}) got no reply and ${missing === 1 ? 'is' : 'are'} not in the percentiles.`,
      advice: `The slowest ${percent(share)} of all requests timed out or failed.`,
    },
  ]
}

/** What the numbers of requests showed. */
function disorder({ numbered }: StepResult): Finding[] {
  if (!numbered || numbered.reordered + numbered.repeated === 0) return []
  const { reordered, repeated } = numbered
  const whats = [
    ...(reordered > 0 ? [`${plural(reordered, 'reply', 'replies')} came out of order`] : []),
    ...(repeated > 0
      ? [`${reordered > 0 ? formatCount(repeated) : plural(repeated, 'reply', 'replies')} came again`]
      : []),
  ]
  return [
    {
      kind: 'disorder',
      level: 'note',
      what: `${whats.join(', and ')}.`,
      advice: 'Numbers tell them apart, so each round trip is that of its own request.',
    },
  ]
}

/** Replies that are read in one turn are timed one after the other. */
function batching({ turns, load }: StepResult): Finding[] {
  const figures = turns && batchFigures(turns.replies)
  if (!figures || figures.mean < tellingBatch) return []
  const fewer = load.model === 'closed' ? 'fewer sockets or requests in flight' : 'a lower rate'
  return [
    {
      kind: 'batches',
      level: 'note',
      what: `The measuring process read ${figures.mean.toFixed(1)} replies at once on average (p99 ${formatCount(figures.p99)}).`,
      advice: `Each was timed after those read before it, so latencies hold some of that wait. More workers or ${fewer} make it less.`,
    },
  ]
}

function tooFew({ latency, load }: StepResult): Finding[] {
  // Of a flood nobody asks for percentiles first: it has few long writes.
  if (latency.count === 0 || latency.count >= fewSamples || kindOf(load) === 'flood') return []
  return [
    {
      kind: 'few',
      level: 'note',
      what: `Only ${kindOf(load) === 'one-way' ? plural(latency.count, 'message') : plural(latency.count, 'reply', 'replies')}.`,
      advice: `p99 needs ${formatCount(fewSamples)}. Run longer.`,
    },
  ]
}

function beyondHistogram({ latency, load }: StepResult): Finding[] {
  const longest = labBounds.timeoutMs.maximum * 1e6
  if ((latency.maxNs ?? 0) <= longest) return []
  return [
    {
      kind: 'beyond',
      level: 'note',
      what: `Some ${subjectOfLoads([load])} exceeded ${formatDuration(longest)}, the end of the histogram.`,
      advice: 'The percentiles count them as that value; max is exact.',
    },
  ]
}

/** The findings about a step, the most serious first; none when the figures are sound. */
export function findingsOf(step: StepResult): Finding[] {
  return [
    ...lateSends(step),
    ...starvedLoop(step),
    ...overload(step),
    ...ofStreams(step),
    ...missingReplies(step),
    ...batching(step),
    ...disorder(step),
    ...beyondHistogram(step),
    ...tooFew(step),
  ]
}
