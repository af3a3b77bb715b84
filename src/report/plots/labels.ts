import { formatCount, formatDuration, formatRate, formatSize } from '../../shared/format.ts'

/** `1.50 ms` → `1.5 ms`: axis marks are round numbers, so trailing zeros add nothing. */
function withoutLastZeros(text: string): string {
  return text.replace(/(\d)\.(\d*?)0+(?!\d)/, (_whole, before: string, after: string) =>
    after === '' ? before : `${before}.${after}`,
  )
}

/** A mark of an axis of durations in nanoseconds: `200 µs`, `1.5 ms`, `90 s`. */
export function durationLabel(nanoseconds: number): string {
  if (nanoseconds === 0) return '0'
  const seconds = Math.round(nanoseconds / 1e9)
  // Axes rarely exceed a minute, and `90 s` is shorter than `1 min 30 s`.
  if (nanoseconds >= 59.95e9 && seconds <= 600) return `${seconds} s`
  return withoutLastZeros(formatDuration(nanoseconds))
}

export const sizeLabel = (bytes: number): string => withoutLastZeros(formatSize(bytes))

export const rateLabel = (perSecond: number): string =>
  perSecond === 0 ? '0' : withoutLastZeros(formatRate(perSecond))

/** A percentile with enough digits to tell it from its neighbours: `50 %`, `99.9 %`, `99.995 %`. */
export function percentileLabel(percentile: number): string {
  const left = Math.max(1e-12, 1 - percentile / 100)
  const nines = Math.max(1, Math.floor(-Math.log10(left) + 1e-9))
  return `${withoutLastZeros(percentile.toFixed(Math.min(12, nines)))} %`
}

/** A share of 0 to 1: `12.3 %`, `0.012 %`. */
export function shareLabel(share: number): string {
  const percent = share * 100
  if (percent === 0) return '0 %'
  const digits = percent >= 10 ? 1 : Math.min(6, Math.max(1, 1 - Math.floor(Math.log10(percent))))
  return `${withoutLastZeros(percent.toFixed(digits))} %`
}

/** `1 timeout`, `1,234 timeouts`. */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : plural}`
}

/** An interval within a run, in milliseconds since its start: `3–3.2 s`, `2 min 5 s to 2 min 6 s`. */
export function stretchLabel(fromMs: number, lengthMs: number): string {
  const toMs = fromMs + lengthMs
  if (toMs >= 60_000) return `${formatDuration(fromMs * 1e6)} to ${formatDuration(toMs * 1e6)}`
  const digits = lengthMs >= 1000 ? 1 : lengthMs >= 50 ? 2 : 3
  const seconds = (milliseconds: number) => withoutLastZeros((milliseconds / 1000).toFixed(digits))
  return `${seconds(fromMs)}–${seconds(toMs)} s`
}
