import type { Load } from './plan.ts'

/** What a load measures: exchanges, or messages that nobody answers. */
export const labKinds = ['round-trips', 'flood', 'one-way'] as const
export type LabKind = (typeof labKinds)[number]

/** From which socket to which a one-way stream goes. */
export const oneWayPatterns = ['push-pull', 'pub-sub'] as const
export type OneWayPattern = (typeof oneWayPatterns)[number]

export const kindOf = ({ model }: Load): LabKind => (model === 'flood' || model === 'one-way' ? model : 'round-trips')

/** The rate at which requests or messages are due; null where the next follows when it can. */
export const rateOf = (load: Load): number | null => (load.model === 'closed' ? null : (load.ratePerSecond ?? null))

interface KindWords {
  /** In the form. */
  readonly label: string
  /** What a run of it measured: `round trips`. */
  readonly measured: string
  /** What became of its messages: `accepted`; empty where they are answered. */
  readonly done: string
  /** What is counted of it, as a heading. */
  readonly doneHeading: string
  /** What `latency` is of a load without a rate, and of one with it. */
  readonly subject: string
  readonly subjectAtRate: string
  /** The same as a heading, and that of `service`. */
  readonly heading: string
  readonly headingAtRate: string
  readonly serviceHeading: string
}

export const kindWords: Readonly<Record<LabKind, KindWords>> = {
  'round-trips': {
    label: 'Round trips',
    measured: 'round trips',
    done: '',
    doneHeading: 'Replies',
    subject: 'round trips',
    subjectAtRate: 'response times',
    heading: 'Round trip',
    headingAtRate: 'Response time',
    serviceHeading: 'Service time',
  },
  flood: {
    label: 'PUSH flood',
    measured: 'a PUSH flood',
    done: 'accepted',
    doneHeading: 'Accepted',
    subject: 'waits of writes',
    subjectAtRate: 'waits of writes',
    heading: 'Wait of a write',
    headingAtRate: 'Wait of a write',
    serviceHeading: '',
  },
  'one-way': {
    label: 'One way',
    measured: 'a one-way stream',
    done: 'delivered',
    doneHeading: 'Delivered',
    subject: 'one-way latencies',
    subjectAtRate: 'one-way latencies',
    heading: 'One-way latency',
    headingAtRate: 'One-way, from due',
    serviceHeading: 'One-way, from send',
  },
}

export const headingOf = (load: Load): string => {
  const words = kindWords[kindOf(load)]
  return rateOf(load) === null ? words.heading : words.headingAtRate
}

/** What the durations of these loads are, in the plural. */
export function subjectOfLoads(loads: readonly Load[]): string {
  const subjects = new Set(
    loads.map((load) => {
      const words = kindWords[kindOf(load)]
      return rateOf(load) === null ? words.subject : words.subjectAtRate
    }),
  )
  const [only, ...others] = subjects
  return only === undefined || others.length > 0 ? 'latencies' : only
}
