import { formatDuration } from '../../shared/format.ts'
import { mergeDistributions, percentileOf } from '../../shared/lab/distribution.ts'
import type { Slot } from '../../shared/lab/result.ts'
import { drawableMs, drawableNs } from './drawable.ts'
import { counted, stretchLabel } from './labels.ts'
import { timedIn } from './subject.ts'

/** An interval as drawn. Times in milliseconds since measuring began, durations in nanoseconds. */
export interface Stretch {
  readonly fromMs: number
  readonly toMs: number
  readonly timedOut: number
  readonly failed: number
  /** Null without a reply. */
  readonly figures: { readonly p50: number; readonly p99: number; readonly largest: number } | null
  readonly words: string
}

function joined(slots: readonly Slot[]): Slot | undefined {
  const [first] = slots
  const last = slots.at(-1)
  if (!first || !last) return undefined
  if (slots.length === 1) return first
  return {
    fromMs: first.fromMs,
    lengthMs: Math.max(0, last.fromMs + last.lengthMs - first.fromMs),
    timedOut: slots.reduce((sum, { timedOut }) => sum + timedOut, 0),
    failed: slots.reduce((sum, { failed }) => sum + failed, 0),
    latency: mergeDistributions(slots.map(({ latency }) => latency)),
    accepted: slots.reduce<number | null>(
      (sum, { accepted }) => (accepted === null ? sum : (sum ?? 0) + accepted),
      null,
    ),
  }
}

/** Requests that got no reply: `2 timeouts`, `1 failure`. */
export const lossWords = {
  timedOut: (count: number): string => counted(count, 'timeout'),
  failed: (count: number): string => counted(count, 'failure'),
}

function stretchOf({ fromMs, lengthMs, timedOut, failed, latency, accepted }: Slot, subject: string): Stretch {
  const p50 = percentileOf(latency, 50)
  const p99 = percentileOf(latency, 99)
  const figures = p50 === null || p99 === null || latency.maxNs === null ? null : { p50, p99, largest: latency.maxNs }
  // Losses come first: a shortened line must not drop them.
  const parts = [
    ...(timedOut > 0 ? [lossWords.timedOut(timedOut)] : []),
    ...(failed > 0 ? [lossWords.failed(failed)] : []),
    ...(figures
      ? [
          `p50 ${formatDuration(figures.p50)}`,
          `p99 ${formatDuration(figures.p99)}`,
          `max ${formatDuration(figures.largest)}`,
        ]
      : []),
    counted(latency.count, ...timedIn(subject)),
    ...(accepted === null ? [] : [`${counted(accepted, 'message')} accepted`]),
  ]
  const from = drawableMs(fromMs)
  const length = drawableMs(lengthMs)
  return {
    fromMs: from,
    toMs: from + length,
    timedOut,
    failed,
    figures: figures && {
      p50: drawableNs(figures.p50),
      p99: drawableNs(figures.p99),
      largest: drawableNs(figures.largest),
    },
    words: `${stretchLabel(from, length)}: ${parts.join(', ')}`,
  }
}

/** The slots as at most `most` intervals; neighbours are merged when there are more. `subject`: what was measured. */
export function stretchesOf(slots: readonly Slot[], most: number, subject: string): readonly Stretch[] {
  const together = Math.max(1, Math.ceil(slots.length / Math.max(1, most)))
  return Array.from({ length: Math.ceil(slots.length / together) }, (_, index) =>
    joined(slots.slice(index * together, (index + 1) * together)),
  ).flatMap((slot) => (slot ? [stretchOf(slot, subject)] : []))
}

/** Runs of adjacent intervals with replies; nothing was answered between two runs. */
export function groupsOf(stretches: readonly Stretch[]): readonly (readonly Stretch[])[] {
  const groups: Stretch[][] = []
  let open: Stretch[] | null = null
  for (const stretch of stretches) {
    if (stretch.figures === null) {
      open = null
    } else if (open === null) {
      open = [stretch]
      groups.push(open)
    } else {
      open.push(stretch)
    }
  }
  return groups
}
