import { percentileOf } from './distribution.ts'
import { labPercentiles } from './figures.ts'
import { type LabKind, labKinds } from './kind.ts'
import { type StepResult, throughputOf } from './result.ts'

const all = labKinds

interface Metric {
  readonly name: string
  /** The loads that have it. */
  readonly of: readonly LabKind[]
  /** Whether numbered requests have it, too. */
  readonly ofNumbered?: boolean
  readonly unit: 'duration' | 'number'
  /** Nanoseconds or a plain number; null where there is none. */
  readonly read: (step: StepResult) => number | null
}

const metrics: readonly Metric[] = [
  ...labPercentiles.map(
    ({ name, percentile, needs }): Metric => ({
      name,
      of: all,
      unit: 'duration',
      read: ({ latency }) => (latency.count < needs ? null : percentileOf(latency, percentile)),
    }),
  ),
  { name: 'mean', of: all, unit: 'duration', read: ({ latency }) => latency.meanNs },
  { name: 'min', of: all, unit: 'duration', read: ({ latency }) => latency.minNs },
  { name: 'max', of: all, unit: 'duration', read: ({ latency }) => latency.maxNs },
  {
    name: 'lateness',
    of: all,
    unit: 'duration',
    read: ({ lateness }) => (lateness === null ? 0 : percentileOf(lateness, 99)),
  },
  { name: 'throughput', of: all, unit: 'number', read: throughputOf },
  { name: 'sent', of: all, unit: 'number', read: ({ counts }) => counts.sent },
  { name: 'replied', of: ['round-trips'], unit: 'number', read: ({ counts }) => counts.replied },
  { name: 'accepted', of: ['flood'], unit: 'number', read: ({ flood }) => flood?.accepted ?? null },
  { name: 'delivered', of: ['one-way'], unit: 'number', read: ({ oneWay }) => oneWay?.delivered ?? null },
  { name: 'lost', of: ['one-way'], unit: 'number', read: ({ oneWay }) => oneWay?.lost ?? null },
  {
    name: 'reordered',
    of: ['one-way'],
    ofNumbered: true,
    unit: 'number',
    read: ({ oneWay, numbered }) => (oneWay ?? numbered)?.reordered ?? null,
  },
  {
    name: 'repeated',
    of: ['one-way'],
    ofNumbered: true,
    unit: 'number',
    read: ({ oneWay, numbered }) => (oneWay ?? numbered)?.repeated ?? null,
  },
  { name: 'timeouts', of: all, unit: 'number', read: ({ counts }) => counts.timedOut + counts.unsent },
  { name: 'errors', of: all, unit: 'number', read: ({ counts }) => counts.failed },
]

const comparisons = {
  '<=': (one: number, other: number) => one <= other,
  '>=': (one: number, other: number) => one >= other,
  '<': (one: number, other: number) => one < other,
  '>': (one: number, other: number) => one > other,
  '=': (one: number, other: number) => one === other,
} as const

const unitsNs: Readonly<Record<string, number>> = { ns: 1, us: 1e3, µs: 1e3, ms: 1e6, s: 1e9 }

/** A condition on a run, such as `p99<5ms`. */
export interface Assertion {
  readonly text: string
  readonly metric: Metric
  /** Nanoseconds or a plain number. */
  readonly limit: number
  readonly holds: (value: number, limit: number) => boolean
}

const isComparison = (sign: string): sign is keyof typeof comparisons => Object.hasOwn(comparisons, sign)

/** The names that an assertion can start with. */
export const assertionNames: readonly string[] = metrics.map(({ name }) => name)

/** Throws an `Error` with a message for people. */
export function parseAssertion(text: string): Assertion {
  const [, written = '', sign = '', amount = '', unit = ''] =
    /^\s*([a-z][\w.]*)\s*(<=|>=|<|>|=)\s*(\d+(?:\.\d+)?)\s*([a-zµ]*)\s*$/u.exec(text) ?? []
  if (!isComparison(sign)) throw new Error('Write a figure, a comparison and a limit, such as p99<5ms.')
  const name = written === 'p999' ? 'p99.9' : written === 'p9999' ? 'p99.99' : written
  const metric = metrics.find((each) => each.name === name)
  if (!metric) throw new Error(`Unknown figure '${written}'. Choose one of: ${assertionNames.join(', ')}.`)
  if (metric.unit === 'number') {
    if (unit !== '') throw new Error(`${metric.name} has no unit: write it as ${metric.name}${sign}${amount}.`)
    return { text, metric, limit: Number(amount), holds: comparisons[sign] }
  }
  const scale = unitsNs[unit]
  if (scale === undefined)
    throw new Error(`Write the unit of the limit: ns, us, ms or s, as in ${name}${sign}${amount}ms.`)
  return { text, metric, limit: Number(amount) * scale, holds: comparisons[sign] }
}

/** The result of an assertion in one step. Without the figure it does not hold. */
export interface Verdict {
  readonly holds: boolean
  readonly value: number | null
}

export function checkAssertion({ metric, limit, holds }: Assertion, step: StepResult): Verdict {
  const value = metric.read(step)
  return { value, holds: value !== null && holds(value, limit) }
}
