import type { Topic } from '../session/topic.ts'
import type { ValueSource } from '../values/source.ts'

export const watchKinds = ['sequence', 'age', 'rate'] as const
export type WatchKind = (typeof watchKinds)[number]

/** How numbers are read that are times: `auto` tells by their size. */
export const timeUnits = ['auto', 's', 'ms', 'us', 'ns'] as const
export type TimeUnit = (typeof timeUnits)[number]

interface Watched {
  readonly id: string
  /** Only messages that begin with it, as subscriptions do; null for all that are received. */
  readonly topic: Topic | null
}

/** Integers that grow by one from each message to the next. */
export interface SequenceWatch extends Watched {
  readonly kind: 'sequence'
  readonly source: ValueSource
  /** Whether messages with each first frame count for themselves. */
  readonly perTopic: boolean
}

/** When a message was made, to tell how old it is when it arrives. */
export interface AgeWatch extends Watched {
  readonly kind: 'age'
  readonly source: ValueSource
  readonly unit: TimeUnit
  /** From which age on a message is late, in milliseconds; null for never. */
  readonly lateMs: number | null
}

/** How often messages come. */
export interface RateWatch extends Watched {
  readonly kind: 'rate'
  /** After how many seconds without a message there is an alarm; null for never. */
  readonly silentSeconds: number | null
  /** Above how many messages a second there is one; null for never. */
  readonly overPerSecond: number | null
}

/** Something about what a socket receives that is counted, and told when it is not as it should be. */
export type Watch = SequenceWatch | AgeWatch | RateWatch

/** The most watches of one socket. */
export const mostWatches = 20

export const watchLabels: Readonly<Record<WatchKind, string>> = {
  sequence: 'Sequence',
  age: 'Age',
  rate: 'Rate alarm',
}

export const timeUnitLabels: Readonly<Record<TimeUnit, string>> = {
  auto: 'told by size',
  s: 'seconds',
  ms: 'milliseconds',
  us: 'microseconds',
  ns: 'nanoseconds',
}
