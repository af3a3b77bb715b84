import { formatCount, formatRate, formatSize } from '../format.ts'
import type { LabKind } from './kind.ts'
import { type StepResult, sentRateOf, throughputOf } from './result.ts'

/** A figure of a step beside its durations. */
export interface StepFigure {
  readonly name: string
  readonly hint: string
  value(step: StepResult): string
}

/** Bytes of messages per second: `4.25 MiB/s`. */
export const bytesPerSecond = (step: StepResult): string =>
  `${formatSize(Math.round(throughputOf(step) * step.messageBytes))}/s`

/** Megabits of messages per second, as libzmq's local_thr counts them. */
export const megabitsPerSecond = (step: StepResult): number => (throughputOf(step) * step.messageBytes * 8) / 1e6

const timeouts: StepFigure = {
  name: 'Timeouts',
  hint: 'Sockets whose write waited longer than the timeout.',
  value: ({ counts }) => formatCount(counts.timedOut),
}
const errors: StepFigure = {
  name: 'Errors',
  hint: 'Connections that broke or could not be made.',
  value: ({ counts }) => formatCount(counts.failed),
}

/** What became of the messages of a load that nobody answers, and how many there were in a second. */
export const streamFigures: Readonly<Record<Exclude<LabKind, 'round-trips'>, readonly StepFigure[]>> = {
  flood: [
    {
      name: 'Accepted',
      hint: 'Messages that the system took for the peer.',
      value: ({ flood }) => formatCount(flood?.accepted ?? 0),
    },
    {
      name: 'Read by the peer',
      hint: 'On connections that the peer closed in the end because it had read all. libzmq cannot tell.',
      value: ({ flood }) => (flood?.confirmed == null ? '–' : formatCount(flood.confirmed)),
    },
    timeouts,
    errors,
    { name: 'Sent rate', hint: 'Messages handed over per second.', value: (step) => formatRate(sentRateOf(step)) },
    { name: 'Accepted rate', hint: 'Messages accepted per second.', value: (step) => formatRate(throughputOf(step)) },
    { name: 'Accepted bytes', hint: 'Bytes of accepted messages per second.', value: bytesPerSecond },
    {
      name: 'In each write',
      hint: 'Messages that were handed over together (mean).',
      value: ({ flood }) => (flood && flood.writes > 0 ? formatCount(Math.round(flood.accepted / flood.writes)) : '–'),
    },
  ],
  'one-way': [
    { name: 'Sent', hint: 'Messages handed over.', value: ({ counts }) => formatCount(counts.sent) },
    {
      name: 'Delivered',
      hint: 'Messages that came, each once.',
      value: ({ oneWay }) => formatCount(oneWay?.delivered ?? 0),
    },
    { name: 'Lost', hint: 'Sent and not delivered.', value: ({ oneWay }) => formatCount(oneWay?.lost ?? 0) },
    {
      name: 'Reordered',
      hint: 'Delivered after one that was sent later.',
      value: ({ oneWay }) => formatCount(oneWay?.reordered ?? 0),
    },
    { name: 'Repeated', hint: 'Delivered again.', value: ({ oneWay }) => formatCount(oneWay?.repeated ?? 0) },
    timeouts,
    errors,
    { name: 'Throughput', hint: 'Messages delivered per second.', value: (step) => formatRate(throughputOf(step)) },
    {
      name: 'Megabits',
      hint: 'Of delivered messages per second.',
      value: (step) => `${formatMegabits(megabitsPerSecond(step))} Mb/s`,
    },
  ],
}

/** What the numbers of requests showed, where they have some. */
export const numberedFigures: readonly StepFigure[] = [
  {
    name: 'Reordered',
    hint: 'Replies that came after that of a later request.',
    value: ({ numbered }) => (numbered === null ? '–' : formatCount(numbered.reordered)),
  },
  {
    name: 'Repeated',
    hint: 'Replies to requests that had theirs already.',
    value: ({ numbered }) => (numbered === null ? '–' : formatCount(numbered.repeated)),
  },
]

/** With three digits that count. */
const formatMegabits = (value: number): string => (value >= 100 ? formatCount(Math.round(value)) : value.toPrecision(3))
