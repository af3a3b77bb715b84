import type { Topic } from '../session/topic.ts'
import type { ValueSource } from '../values/source.ts'

/** The most series of a window. */
export const mostSeries = 24
/** The most characters of a label. */
export const longestLabel = 200
/** All points that are kept, of all series; beyond it the oldest go. */
export const mostPoints = 1_000_000
/** The most columns of pixels of a picture. */
export const mostColumns = 4000

/** Which messages of a session: those whose first frame is a topic, or begins with it. */
export interface TopicMatch {
  readonly how: 'exact' | 'prefix'
  readonly topic: Topic
}

/** A number in the messages of a session. */
export interface SeriesSpec {
  readonly id: string
  readonly session: string
  readonly direction: 'sent' | 'received'
  /** Null for all messages. */
  readonly match: TopicMatch | null
  readonly value: ValueSource
  /**
   * What stands along the x axis: when a message came, in milliseconds since the epoch; a number or a time that it has; or,
   * for numbers in a row, the place of each in the newest message.
   */
  readonly x: 'arrival' | 'index' | ValueSource
  /** Of numbers in a row: every such one, from this one on. Two of a complex number take turns. */
  readonly part: { readonly from: number; readonly every: number }
}

/** A series as a window draws it. */
export interface PlotSeries extends SeriesSpec {
  /** Empty for the usual one. */
  readonly label: string
  readonly axis: 'left' | 'right'
  /** Which colour and symbol it has. */
  readonly slot: number
  readonly isHidden: boolean
}

/** What a series shares its x axis with: only those of one kind are in one picture. */
export const pictureKinds = ['arrival', 'field', 'index'] as const
export type PictureKind = (typeof pictureKinds)[number]

export const pictureOf = ({ x }: Pick<SeriesSpec, 'x'>): PictureKind => (typeof x === 'string' ? x : 'field')

/** What the engine needs of a series. */
export const specOfSeries = ({ id, session, direction, match, value, x, part }: SeriesSpec): SeriesSpec => ({
  id,
  session,
  direction,
  match,
  value,
  x,
  part,
})
