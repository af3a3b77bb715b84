const counts = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })

/** A duration in the most readable unit, to three significant digits: `190 µs`, `1.23 ms`, `2 min 5 s`. */
export function formatDuration(nanoseconds: number): string {
  if (!Number.isFinite(nanoseconds)) return '–'
  if (nanoseconds < 0) return `-${formatDuration(-nanoseconds)}`
  // Switch to the next unit where three digits would round up to a thousand.
  if (nanoseconds < 999.5) return `${Math.round(nanoseconds)} ns`
  if (nanoseconds < 999.5e3) return `${threeDigits(nanoseconds / 1e3)} µs`
  if (nanoseconds < 999.5e6) return `${threeDigits(nanoseconds / 1e6)} ms`
  if (nanoseconds < 59.95e9) return `${threeDigits(nanoseconds / 1e9)} s`
  const seconds = Math.round(nanoseconds / 1e9)
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`
  return `${formatCount(Math.floor(minutes / 60))} h ${minutes % 60} min`
}

/** Elapsed time for a live display: `0.3 s`, `12.4 s`, `2 min 5 s`, `1 h 3 min`. */
export function formatElapsed(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1000
  return seconds < 59.95 ? `${seconds.toFixed(1)} s` : formatDuration(seconds * 1e9)
}

/** A size in binary units: exact below 1024 bytes, otherwise to three significant digits or the whole unit. */
export function formatSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  // As above: 1023.5 KiB and more would read 1024 KiB.
  if (bytes < 1023.5 * 1024) return `${threeDigits(bytes / 1024)} KiB`
  if (bytes < 1023.5 * 1024 ** 2) return `${threeDigits(bytes / 1024 ** 2)} MiB`
  return `${threeDigits(bytes / 1024 ** 3)} GiB`
}

/** A whole number with thousands separators: `1,234,567`. */
export function formatCount(count: number): string {
  return counts.format(count)
}

/** A rate: `12,345 /s`, `1.50 /s`. */
export function formatRate(perSecond: number): string {
  if (!Number.isFinite(perSecond)) return '–'
  return `${perSecond < 99.95 ? threeDigits(perSecond) : formatCount(perSecond)} /s`
}

/** The local time of day with milliseconds: `09:05:03.007`. */
export function formatClock(epochMilliseconds: number): string {
  const date = new Date(epochMilliseconds)
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => String(part).padStart(2, '0'))
  return `${time.join(':')}.${String(date.getMilliseconds()).padStart(3, '0')}`
}

/** The local date: `2024-02-29`. */
export function formatDay(epochMilliseconds: number): string {
  const date = new Date(epochMilliseconds)
  const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()]
  return day.map((part) => String(part).padStart(2, '0')).join('-')
}

/** Date and time in UTC, as files and reports carry it: `2024-02-29T12:34:56.789Z`. */
export function formatIso(epochMilliseconds: number): string {
  return new Date(epochMilliseconds).toISOString()
}

/** A non-negative number to three significant digits, or whole from 100. */
function threeDigits(value: number): string {
  if (value === 0) return '0'
  return value.toFixed(value < 9.995 ? 2 : value < 99.95 ? 1 : 0)
}
