import type uPlot from 'uplot'
import { formatClock, formatDuration } from '../../../shared/format.ts'
import type { LatencySample } from '../../../shared/latency/summary.ts'
import { type TimeAxis, timeAxis } from './pauses.ts'

/** The columns of the plot by index: positions, round trips, timeouts, pauses. A mark is 1. */
export const columnOf = { timeouts: 2, pauses: 3 } as const

/** The recent samples as the plot draws them. */
export interface TimelineData {
  readonly columns: uPlot.AlignedData
  readonly axis: TimeAxis
  /** What is at each index of the columns, in words. */
  readonly words: readonly string[]
  readonly replies: number
  readonly timeouts: number
  /** Milliseconds of each pause. */
  readonly pauses: readonly number[]
}

function sampleInWords({ at, roundTripNs, first }: LatencySample): string {
  const what = roundTripNs === null ? 'timeout' : formatDuration(roundTripNs)
  return `${formatClock(at)}: ${what}${first ? ' (first)' : ''}`
}

const pauseInWords = (ms: number): string => `pause of ${formatDuration(ms * 1e6)}`

/** A row for each sample, and one in the middle of each pause, where the line is broken. */
export function timelineData(samples: readonly LatencySample[]): TimelineData {
  const axis = timeAxis(samples)
  const lengths = new Map(axis.pauses.map(({ after, ms }) => [after, ms]))
  const positions: number[] = []
  const roundTrips: (number | null)[] = []
  const timeouts: (number | null)[] = []
  const pauses: (number | null)[] = []
  const words: string[] = []
  const add = (position: number, roundTrip: number | null, timeout: boolean, pause: boolean, text: string) => {
    positions.push(position)
    roundTrips.push(roundTrip)
    timeouts.push(timeout ? 1 : null)
    pauses.push(pause ? 1 : null)
    words.push(text)
  }
  for (const [index, sample] of samples.entries()) {
    const position = axis.positions[index] ?? 0
    add(position, sample.roundTripNs, sample.roundTripNs === null, false, sampleInWords(sample))
    const pause = lengths.get(index)
    const next = axis.positions[index + 1] ?? position
    if (pause !== undefined) add((position + next) / 2, null, false, true, pauseInWords(pause))
  }
  const lost = samples.filter(({ roundTripNs }) => roundTripNs === null).length
  return {
    columns: [positions, roundTrips, timeouts, pauses],
    axis,
    words,
    replies: samples.length - lost,
    timeouts: lost,
    pauses: axis.pauses.map(({ ms }) => ms),
  }
}

/** What the marks of a timeline mean, each with its symbol; nothing where there are only round trips. */
export interface LegendEntry {
  readonly symbol: 'round-trip' | 'timeout' | 'pause'
  readonly text: string
}

export function legendOf({ replies, timeouts, pauses }: TimelineData): readonly LegendEntry[] {
  if (timeouts === 0 && pauses.length === 0) return []
  const longest = formatDuration(Math.max(...pauses) * 1e6)
  return [
    ...(replies > 0 ? [{ symbol: 'round-trip', text: 'round trip' } as const] : []),
    ...(timeouts > 0
      ? [{ symbol: 'timeout', text: timeouts === 1 ? '1 timeout' : `${timeouts} timeouts` } as const]
      : []),
    ...(pauses.length > 0
      ? [
          {
            symbol: 'pause',
            text: pauses.length === 1 ? `pause of ${longest}` : `${pauses.length} pauses of up to ${longest}`,
          } as const,
        ]
      : []),
  ]
}
