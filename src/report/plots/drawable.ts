/** Far beyond anything measured. An imported file may contain any number, and no plot can show those. */
const most = { nanoseconds: 1e14, perSecond: 1e9, milliseconds: 1e12, bytes: 1e15 }

const within = (value: number, limit: number): number => (Number.isNaN(value) ? 0 : Math.min(limit, Math.max(0, value)))

export const drawableNs = (nanoseconds: number): number => within(nanoseconds, most.nanoseconds)
export const drawableRate = (perSecond: number): number => within(perSecond, most.perSecond)
export const drawableMs = (milliseconds: number): number => within(milliseconds, most.milliseconds)
export const drawableBytes = (bytes: number): number => within(bytes, most.bytes)

/** The least extent of a logarithmic axis, in decades: enough for two of the marks 1, 2 and 5. */
const leastDecades = 0.7

/** The ends of a logarithmic axis from `low` to `high`, widened when they are too close. */
export function logarithmicDomain(low: number, high: number): readonly [low: number, high: number] {
  const decades = Math.log10(high / low)
  if (decades >= leastDecades) return [low, high]
  const widen = 10 ** ((leastDecades - decades) / 2)
  return [low / widen, high * widen]
}
