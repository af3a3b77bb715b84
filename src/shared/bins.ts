/** A bar of a histogram: how many values are from one number up to another, which belongs to the next bar. */
export interface Bin {
  readonly from: number
  readonly to: number
  readonly count: number
}

/** Values that differ by more than this factor are put into bars by their logarithm. */
const mostLinear = 10

/**
 * How many values there are in each of `count` stretches from the least to the greatest; equal values are one bar. No value
 * may be negative, or no number.
 */
export function binsOf(values: readonly number[], count: number): readonly Bin[] {
  const [first] = values
  if (first === undefined) return []
  const least = values.reduce((one, other) => Math.min(one, other), first)
  const greatest = values.reduce((one, other) => Math.max(one, other), first)
  if (least === greatest) return [{ from: least, to: greatest, count: values.length }]
  const isLinear = least === 0 || greatest / least <= mostLinear
  const scaled = (value: number): number => (isLinear ? value : Math.log(value))
  const [low, high] = [scaled(least), scaled(greatest)]
  const edge = (place: number): number => {
    if (place === 0) return least
    if (place === count) return greatest
    const between = low + ((high - low) * place) / count
    return Math.min(greatest, Math.max(least, isLinear ? between : Math.exp(between)))
  }
  const counts = new Array<number>(count).fill(0)
  for (const value of values) {
    const place = Math.min(count - 1, Math.floor(((scaled(value) - low) / (high - low)) * count))
    counts[place] = (counts[place] ?? 0) + 1
  }
  return counts.map((each, place) => ({ from: edge(place), to: edge(place + 1), count: each }))
}

/** The value that so many of a hundred do not exceed; undefined of none. The values are in their order. */
export const percentileOf = (sorted: readonly number[], percent: number): number | undefined =>
  sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)]
