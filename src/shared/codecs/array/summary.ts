import { type ArrayForm, NumberArray } from './elements.ts'

/** The lowest and the highest number of each part of a column; null where all are NaN or infinite. */
export type Band = readonly ({ readonly low: number; readonly high: number } | null)[]

/** What can be said of numbers in a row. */
export interface ArraySummary {
  readonly count: number
  /** Bytes after the last number. */
  readonly leftOver: number
  /** Of the finite numbers, as text with all digits; null when there are none. */
  readonly minimum: string | null
  readonly maximum: string | null
  readonly mean: number | null
  readonly nans: number
  readonly infinities: number
  /** For a plot: each column, or the first ones of many, in parts of equal length. */
  readonly bands: readonly Band[]
}

/** Columns that are drawn. */
const mostBands = 6

/** Parts of a column that are drawn. */
const mostParts = 300

/** Summarises the numbers in one walk over them. */
export function summarise(bytes: Uint8Array, form: ArrayForm): ArraySummary {
  const numbers = new NumberArray(bytes, form)
  const { rows, count } = numbers
  const parts = Math.min(mostParts, rows)
  const bands = Array.from({ length: Math.min(mostBands, form.columns, count) }, () =>
    Array.from({ length: parts }, () => ({ low: Number.POSITIVE_INFINITY, high: Number.NEGATIVE_INFINITY })),
  )
  let minimum: number | bigint | null = null
  let maximum: number | bigint | null = null
  let [total, finite, nans] = [0, 0, 0]
  for (let index = 0; index < count; index += 1) {
    const value = numbers.at(index)
    const number = Number(value)
    if (Number.isNaN(number)) nans += 1
    if (!Number.isFinite(number)) continue
    finite += 1
    // A running mean: the sum of large numbers would be infinite.
    total += (number - total) / finite
    if (minimum === null || value < minimum) minimum = value
    if (maximum === null || value > maximum) maximum = value
    const column = index % form.columns
    const row = (index - column) / form.columns
    const part = bands[column]?.[Math.floor((row * parts) / rows)]
    if (!part) continue
    if (number < part.low) part.low = number
    if (number > part.high) part.high = number
  }
  return {
    count,
    leftOver: numbers.leftOver,
    minimum: minimum === null ? null : numbers.textOf(minimum),
    maximum: maximum === null ? null : numbers.textOf(maximum),
    mean: finite === 0 ? null : total,
    nans,
    infinities: count - finite - nans,
    bands: bands.map((band) => band.map((part) => (part.low > part.high ? null : part))),
  }
}
