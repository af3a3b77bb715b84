import type { WireValue } from '../wire/value.ts'
import { integerOfBignum } from './bignum.ts'

/** Longer numbers are written with their exponent. */
const mostDigits = 100

/** The whole number of an integer or a bignum. */
function wholeOf(value: WireValue | undefined): bigint | undefined {
  if (value?.kind === 'integer') return BigInt(value.value)
  return value?.kind === 'tag' ? integerOfBignum(value) : undefined
}

/** The two whole numbers of an array that has no more. */
function pairOf(inner: WireValue): readonly [bigint, bigint] | undefined {
  if (inner.kind !== 'array' || inner.items.length !== 2 || inner.cut) return undefined
  const [first, second] = inner.items.map(wholeOf)
  return first === undefined || second === undefined ? undefined : [first, second]
}

/** `digits` with a point so many places from its end. */
function withPoint(value: bigint, places: number): string {
  if (places === 0) return value.toString()
  const digits = (value < 0n ? -value : value).toString().padStart(places + 1, '0')
  return `${value < 0n ? '-' : ''}${digits.slice(0, -places)}.${digits.slice(-places)}`
}

/** Tag 4: an exponent of ten and a mantissa, such as `273.15`. Exact. */
export function decimalFraction(inner: WireValue): string | undefined {
  const pair = pairOf(inner)
  if (!pair) return undefined
  const [exponent, mantissa] = pair
  const size = Number(exponent)
  if (Math.abs(size) > mostDigits) return `${mantissa} × 10^${exponent}`
  return size >= 0 ? (mantissa * 10n ** BigInt(size)).toString() : withPoint(mantissa, -size)
}

/** Tag 5: an exponent of two and a mantissa, such as `1.5`. Exact. */
export function bigfloat(inner: WireValue): string | undefined {
  const pair = pairOf(inner)
  if (!pair) return undefined
  const [exponent, mantissa] = pair
  const size = Number(exponent)
  if (Math.abs(size) > mostDigits) return `${mantissa} × 2^${exponent}`
  if (size >= 0) return (mantissa * 2n ** BigInt(size)).toString()
  // A half is five tenths, and so on.
  const text = withPoint(mantissa * 5n ** BigInt(-size), -size)
  return text.replace(/\.?0+$/, '') || '0'
}

/** Tag 30: a numerator and a denominator, such as `1/3`. */
export function rational(inner: WireValue): string | undefined {
  const pair = pairOf(inner)
  return pair && pair[1] > 0n ? `${pair[0]}/${pair[1]}` : undefined
}

const millisecondsPerDay = 86_400_000
const mostDays = 100_000_000

/** Tag 100: days since 1970, as a date. */
export function dayOf(inner: WireValue): string | undefined {
  if (inner.kind !== 'integer' || Math.abs(Number(inner.value)) > mostDays) return undefined
  const [date] = new Date(Number(inner.value) * millisecondsPerDay).toISOString().split('T')
  return date
}
