const isNumber = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/
const isInteger = /^-?\d+$/

/** What was added to a number, such as `+1`; null where not both are numbers. Integers are exact. */
export function differenceOf(before: string, after: string): string | null {
  if (!isNumber.test(before) || !isNumber.test(after)) return null
  if (isInteger.test(before) && isInteger.test(after)) {
    const difference = BigInt(after) - BigInt(before)
    return difference > 0n ? `+${difference}` : `${difference}`.replace('-', '−')
  }
  const difference = Number(after) - Number(before)
  if (!Number.isFinite(difference)) return null
  const text = `${Number(Math.abs(difference).toPrecision(6))}`
  return `${difference < 0 ? '−' : '+'}${text}`
}
