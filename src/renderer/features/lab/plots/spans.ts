import { formatDuration } from '../../../../shared/format.ts'

/** From the least to the largest of several durations in nanoseconds: `191 µs to 310 µs`, or the one that they all are. */
export function durationSpan(durations: readonly number[]): string {
  if (durations.length === 0) return '–'
  const least = formatDuration(Math.min(...durations))
  const largest = formatDuration(Math.max(...durations))
  return least === largest ? least : `${least} to ${largest}`
}
