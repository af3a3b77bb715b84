import { formatClock, formatDuration } from '../../../shared/format.ts'
import type { LatencySample } from '../../../shared/latency/summary.ts'
import { type TimeAxis, timeAxis } from './pauses.ts'

/** What stands at one place of the time axis. */
export interface TimelineItem {
  readonly kind: 'reply' | 'timeout' | 'pause'
  /** See `TimeAxis`. */
  readonly position: number
  /** Null unless it is a reply. */
  readonly roundTripNs: number | null
  /** Made when it is asked for: most items are never pointed at. */
  readonly words: string
}

/** The recent samples as the plot draws them. */
export interface TimelineData {
  /** An item for each sample, and one in the middle of each pause. */
  readonly items: readonly TimelineItem[]
  readonly axis: TimeAxis
  readonly replies: number
  readonly timeouts: number
  /** Milliseconds of each pause. */
  readonly pauses: readonly number[]
}

/** A class, because thousands of these are made several times a second, which literals with a getter are slow at. */
class SampleItem implements TimelineItem {
  readonly kind: 'reply' | 'timeout'
  readonly roundTripNs: number | null

  constructor(
    private readonly sample: LatencySample,
    readonly position: number,
  ) {
    this.roundTripNs = sample.roundTripNs
    this.kind = sample.roundTripNs === null ? 'timeout' : 'reply'
  }

  get words(): string {
    const { at, roundTripNs, first } = this.sample
    const what = roundTripNs === null ? 'timeout' : formatDuration(roundTripNs)
    return `${formatClock(at)}: ${what}${first ? ' (first)' : ''}`
  }
}

const pauseItem = (ms: number, position: number): TimelineItem => ({
  kind: 'pause',
  position,
  roundTripNs: null,
  words: `pause of ${formatDuration(ms * 1e6)}`,
})

export function timelineData(samples: readonly LatencySample[]): TimelineData {
  const axis = timeAxis(samples)
  const lengths = new Map(axis.pauses.map(({ after, ms }) => [after, ms]))
  const items: TimelineItem[] = []
  for (const [index, sample] of samples.entries()) {
    const position = axis.positions[index] ?? 0
    items.push(new SampleItem(sample, position))
    const pause = lengths.get(index)
    const next = axis.positions[index + 1] ?? position
    if (pause !== undefined) items.push(pauseItem(pause, (position + next) / 2))
  }
  const timeouts = samples.filter(({ roundTripNs }) => roundTripNs === null).length
  return { items, axis, replies: samples.length - timeouts, timeouts, pauses: axis.pauses.map(({ ms }) => ms) }
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

/** The whole plot in a few words. */
export const wordsOf = ({ replies, timeouts, pauses }: TimelineData): string =>
  [
    counted(replies, 'round trip'),
    ...(timeouts > 0 ? [counted(timeouts, 'timeout')] : []),
    ...(pauses.length > 0 ? [counted(pauses.length, 'pause')] : []),
  ].join(', ')

/** What the marks of a timeline mean, each with its symbol; nothing where there are only round trips. */
export interface LegendEntry {
  readonly symbol: 'round-trip' | 'timeout' | 'pause'
  readonly text: string
}

export function legendOf({ replies, timeouts, pauses }: TimelineData): readonly LegendEntry[] {
  if (timeouts === 0 && pauses.length === 0) return []
  const longest = formatDuration(Math.max(...pauses) * 1e6)
  const pauseText = pauses.length === 1 ? `pause of ${longest}` : `${pauses.length} pauses of up to ${longest}`
  return [
    ...(replies > 0 ? [{ symbol: 'round-trip', text: 'round trip' } as const] : []),
    ...(timeouts > 0 ? [{ symbol: 'timeout', text: counted(timeouts, 'timeout') } as const] : []),
    ...(pauses.length > 0 ? [{ symbol: 'pause', text: pauseText } as const] : []),
  ]
}
