const written = /^(-?)0[xX]([0-9a-fA-F]+)(?:\.([0-9a-fA-F]+))?[pP]([+-]?\d+)$/

/** Bits of a 64-bit float's significand, and the exponent of its smallest step. */
const significandBits = 53
const smallestExponent = -1074

/** The number nearest to one such as `0x1.8p3`, whose exponent is of two; NaN when the text is none. */
export function hexFloat(source: string): number {
  const [, sign, whole, fraction = '', power] = written.exec(source) ?? []
  if (whole === undefined) return Number.NaN
  const digits = BigInt(`0x${whole}${fraction}`)
  const magnitude = digits === 0n ? 0 : nearest(digits, Number(power) - fraction.length * 4)
  return sign === '-' ? -magnitude : magnitude
}

/** The float nearest to `digits × 2^exponent`; ties go to even. */
function nearest(digits: bigint, exponent: number): number {
  const length = digits.toString(2).length
  // Beyond these, the result is infinite or zero, and no shift needs to be made for it.
  if (length + exponent > 1025) return Number.POSITIVE_INFINITY
  if (length + exponent < smallestExponent) return 0
  const dropped = Math.max(0, length - significandBits, smallestExponent - exponent)
  return scaled(rounded(digits, BigInt(dropped)), exponent + dropped)
}

/** The digits without their last `count` bits. */
function rounded(digits: bigint, count: bigint): number {
  const kept = digits >> count
  const rest = digits - (kept << count)
  const half = count === 0n ? 1n : 1n << (count - 1n)
  const isUp = rest > half || (rest === half && kept % 2n === 1n)
  return Number(isUp ? kept + 1n : kept)
}

/** `value × 2^exponent`, in steps whose powers of two are in range. */
function scaled(value: number, exponent: number): number {
  let result = value
  let left = exponent
  for (; left > 1000; left -= 1000) result *= 2 ** 1000
  for (; left < -1000; left += 1000) result *= 2 ** -1000
  return result * 2 ** left
}
