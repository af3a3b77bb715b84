import { formatDuration } from '../../shared/format.ts'

/** The range of several durations in nanoseconds: `191 µs to 310 µs`, or one value when they are equal. */
export function durationSpan(durations: readonly number[]): string {
  if (durations.length === 0) return '–'
  const least = formatDuration(Math.min(...durations))
  const largest = formatDuration(Math.max(...durations))
  return least === largest ? least : `${least} to ${largest}`
}
