/** What a `Date` can hold, in seconds on either side of 1970. */
const maximumSeconds = 8_640_000_000_000n

/** Seconds since 1970 and nanoseconds as an ISO 8601 time; undefined when they are no time of the calendar. */
export function instantText(seconds: bigint, nanoseconds: number): string | undefined {
  if (seconds > maximumSeconds || seconds < -maximumSeconds || nanoseconds > 999_999_999) return undefined
  const whole = new Date(Number(seconds) * 1000).toISOString().slice(0, -'.000Z'.length)
  const fraction = nanoseconds === 0 ? '' : `.${String(nanoseconds).padStart(9, '0').replace(/0+$/, '')}`
  return `${whole}${fraction}Z`
}
