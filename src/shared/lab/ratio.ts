/** A ratio over rounds, with the ends of an interval that holds its median with a probability of 95 % at least. */
export interface Ratio {
  readonly median: number
  readonly low: number
  readonly high: number
}

/** Rounds of fewer have no such interval. */
export const leastRounds = 6
const confidence = 0.95

/**
 * How many ratios may be left out at each end of their order so that the rest still spans the interval. Each ratio is as
 * likely above the median as below, whatever their distribution is, so the count below is binomial.
 */
function leftOut(rounds: number): number {
  let below = 0
  let probability = 0.5 ** rounds
  let cumulated = 0
  while (2 * (cumulated + probability) <= 1 - confidence) {
    cumulated += probability
    below += 1
    probability *= (rounds - below + 1) / below
  }
  return below - 1
}

/** The ratio of two sides that were measured in turn, round by round: at least `leastRounds` of each. */
export function ratioOf(ones: readonly number[], others: readonly number[]): Ratio {
  const ratios = ones.map((one, index) => one / (others[index] ?? Number.NaN)).sort((one, other) => one - other)
  const at = (index: number) => ratios[index] ?? Number.NaN
  const last = ratios.length - 1
  const out = leftOut(ratios.length)
  return {
    median: (at(Math.floor(last / 2)) + at(Math.ceil(last / 2))) / 2,
    low: at(out),
    high: at(last - out),
  }
}
