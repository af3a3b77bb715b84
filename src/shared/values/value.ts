import type { Instant } from '../codecs/wire/instant.ts'

/**
 * A value that is read out of a message: a number (integers beyond 2^53 exactly), a text, true or false, null, a point in
 * time, or numbers in a row, which are rounded to 64-bit floats.
 */
export type Value = number | bigint | string | boolean | null | Instant | Float64Array

const decimal = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/
const notFinite = /^\s*[+-]?(?:nan|inf(?:inity)?)\s*$/i

/** The number that a text consists of; undefined when it is none. */
export function numberInText(text: string): number | undefined {
  if (decimal.test(text)) return Number(text)
  if (!notFinite.test(text)) return undefined
  if (/nan/i.test(text)) return Number.NaN
  return text.includes('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
}

/**
 * A value as a number: a text that is one, 1 and 0 for true and false, milliseconds since the epoch for a time. Undefined
 * where it is none; integers beyond 2^53 are rounded.
 */
export function numberOf(value: Value): number | undefined {
  if (typeof value === 'number') return value
  if (typeof value === 'string') return numberInText(value)
  if (typeof value === 'bigint' || typeof value === 'boolean') return Number(value)
  if (value === null || value instanceof Float64Array) return undefined
  return Number(value.seconds) * 1000 + value.nanoseconds / 1e6
}
