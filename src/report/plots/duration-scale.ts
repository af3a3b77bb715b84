import { scaleLinear, scaleLog } from 'd3-scale'
import { logarithmicDomain } from './drawable.ts'
import { durationLabel } from './labels.ts'
import { alongX, alongY, linearTicks, logarithmicTicks, type Tick } from './ticks.ts'

/** How durations are placed on an axis. */
export type DurationScale = 'logarithmic' | 'linear'

/** An axis of durations in nanoseconds: from pixels to the places of values, and to its marks. */
export interface DurationAxis {
  readonly place: (from: number, to: number) => (nanoseconds: number) => number
  readonly ticks: (from: number, to: number) => readonly Tick[]
}

/** Pixels between the marks of a linear axis: labels beside one another need more than labels above one another. */
const spacing = { x: 90, y: 30 }

/** An axis from `low` to `high` nanoseconds at least. A logarithm has no zero: there it begins at 1 ns. */
export function durationAxis(scale: DurationScale, low: number, high: number, along: 'x' | 'y'): DurationAxis {
  const extent = along === 'x' ? alongX : alongY
  if (scale === 'linear') {
    const domain = [low, Math.max(high, low + 1)] as const
    const place = (from: number, to: number) => scaleLinear(domain, [from, to])
    return {
      place,
      ticks: (from, to) => linearTicks(domain, place(from, to), durationLabel, { spacing: spacing[along], extent }),
    }
  }
  const domain = logarithmicDomain(Math.max(1, low), Math.max(1, high))
  const place = (from: number, to: number) => scaleLog(domain, [from, to]).clamp(true)
  return { place, ticks: (from, to) => logarithmicTicks(domain, place(from, to), durationLabel, extent) }
}
