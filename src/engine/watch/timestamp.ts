import { numberOf, type Value } from '../../shared/values/value.ts'
import type { TimeUnit } from '../../shared/watch/watch.ts'

const perMillisecond: Readonly<Record<Exclude<TimeUnit, 'auto'>, number>> = { s: 1e-3, ms: 1, us: 1e3, ns: 1e6 }

/** Seconds since 1970 are below the first bound until the year 5138, milliseconds below the next, and so on. */
const bounds = [
  ['s', 1e11],
  ['ms', 1e14],
  ['us', 1e17],
] as const

/** In what a number counts since 1970, by its size. */
const unitOf = (number: number): Exclude<TimeUnit, 'auto'> =>
  bounds.find(([, bound]) => Math.abs(number) < bound)?.[0] ?? 'ns'

/** A value as milliseconds since the epoch; undefined where it is no time. */
export function timestampOf(value: Value | undefined, unit: TimeUnit): number | undefined {
  if (value === undefined || typeof value === 'boolean') return undefined
  const number = numberOf(value)
  if (number === undefined || !Number.isFinite(number)) return undefined
  // A point in time is in milliseconds already.
  if (typeof value === 'object') return number
  return number / perMillisecond[unit === 'auto' ? unitOf(number) : unit]
}
