import type { Topic } from '../session/topic.ts'

/** Some series, as one picture of them shows. */
export interface SeriesQuery {
  readonly ids: readonly string[]
  /** The part of the x axis; null for all that there is. */
  readonly span: { readonly from: number; readonly to: number } | null
  /** How many columns of pixels the part has. */
  readonly columns: number
  /** The version that is known already; null for none. */
  readonly known: number | null
}

/** The last number of a series. */
export interface NewestPoint {
  /** When its message came, in milliseconds since the epoch. */
  readonly at: number
  /** With all digits. */
  readonly text: string
}

/** What came of a series. */
export interface SeriesFigures {
  /** Points that are kept. */
  readonly kept: number
  /** Points that were let go, because there were too many. */
  readonly dropped: number
  /** Messages that should have such a number and have none. */
  readonly without: number
  /** Points that are NaN or infinite. They are kept, and not drawn. */
  readonly notFinite: number
  readonly newest: NewestPoint | null
  /** Whether messages that came before are still being read. */
  readonly readsEarlier: boolean
}

export interface SeriesPart extends SeriesFigures {
  readonly id: string
  /** Whether x are times, in milliseconds since the epoch. */
  readonly isTime: boolean
  /** The least and the greatest x of all that is kept; null for none. */
  readonly whole: { readonly from: number; readonly to: number } | null
  /** x and y in turn, of what needs to be drawn. Where y is NaN, the line is broken. */
  readonly points: Float64Array
}

export interface SeriesPage {
  /** Grows with each change. */
  readonly version: number
  readonly parts: readonly SeriesPart[]
}

/** The most points of an answer to an export. */
export const pointsAtOnce = 50_000

/** Points of a series, for a file. */
export interface PointPage {
  /** x and y in turn. */
  readonly points: Float64Array
  /** Whether x are times, in milliseconds since the epoch. */
  readonly isTime: boolean
  /** From where to go on; null at the end. */
  readonly next: number | null
}

/** What could become a series, as the newest messages of a session have it. */
export interface SeriesSuggestions {
  /** The paths of numbers, and of numbers in a row. */
  readonly paths: readonly string[]
  readonly topics: readonly Topic[]
}
