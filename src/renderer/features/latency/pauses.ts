import type { LatencySample } from '../../../shared/latency/summary.ts'

/** A pause is longer than this many times the usual interval … */
const timesUsual = 10
/** … and than this share of the time without pauses: a shorter one leaves the rest readable. */
const shareOfRest = 0.25
/** Width of a pause, as a share of the time without pauses; all of them together take no more than `mostOfAxis`. */
const pauseShare = 0.05
const mostOfAxis = 0.3

/** A time axis on which pauses are short. Positions are milliseconds since the first sample, without the pauses. */
export interface TimeAxis {
  /** The position of each sample. */
  readonly positions: readonly number[]
  /** The pauses in order, each after the sample with this index. */
  readonly pauses: readonly { readonly after: number; readonly ms: number }[]
  /** The time at a position, in milliseconds since the epoch; null within a pause. */
  timeAt(position: number): number | null
}

const endOf = ({ at, roundTripNs }: LatencySample): number => at + (roundTripNs ?? 0) / 1e6

/** For each sample but the last, the milliseconds from its end to the next request. */
function intervalsOf(samples: readonly LatencySample[]): number[] {
  return samples.slice(1).map(({ at }, index) => {
    const before = samples[index]
    return before ? Math.max(0, at - endOf(before)) : 0
  })
}

function pausesIn(samples: readonly LatencySample[]): TimeAxis['pauses'] {
  const intervals = intervalsOf(samples)
  const usual = intervals.toSorted((one, other) => one - other)[Math.floor((intervals.length - 1) / 2)] ?? 0
  const long = intervals.map((ms, after) => ({ after, ms })).filter(({ ms }) => ms > timesUsual * usual)
  const [first, last] = [samples[0], samples.at(-1)]
  const whole = first && last ? endOf(last) - first.at : 0
  const rest = long.reduce((left, { ms }) => left - ms, whole)
  return long.filter(({ ms }) => ms > shareOfRest * rest)
}

/**
 * Time runs at the same scale everywhere, except that each pause is drawn with the same short width, so that a burst
 * after it can be read. A pause is a time without a request under way that is longer than ten times the median
 * interval, and than a quarter of all time outside such intervals. So an even pace has no pauses, however slow it is,
 * and neither has a burst with small stalls.
 */
export function timeAxis(samples: readonly LatencySample[]): TimeAxis {
  const pauses = pausesIn(samples)
  const [first, last] = [samples[0], samples.at(-1)]
  const whole = first && last ? last.at - first.at : 0
  // Samples that are all far apart have no time between them.
  const rest = pauses.reduce((left, { ms }) => left - ms, whole) || 1
  const width = rest * Math.min(pauseShare, mostOfAxis / Math.max(1, pauses.length))
  const lengths = new Map(pauses.map(({ after, ms }) => [after, ms]))
  const positions: number[] = []
  /** Where each part between two pauses begins, and what is to be added to a position there for its time. */
  const parts: { from: number; to: number; offset: number }[] = []
  let skipped = 0
  for (const [index, { at }] of samples.entries()) {
    const pause = lengths.get(index - 1)
    if (pause !== undefined) skipped += pause - width
    const position = at - (first?.at ?? 0) - skipped
    positions.push(position)
    const part = parts.at(-1)
    if (part && pause === undefined) part.to = position
    else parts.push({ from: position, to: position, offset: at - position })
  }
  return {
    positions,
    pauses,
    timeAt(position) {
      const index = parts.findLastIndex(({ from }) => position >= from)
      const part = parts[Math.max(0, index)]
      if (!part) return null
      const isBetween = position > part.to && index < parts.length - 1
      return isBetween ? null : position + part.offset
    },
  }
}
