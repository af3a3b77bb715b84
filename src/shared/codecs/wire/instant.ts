/** The range of a `Date`, in seconds on either side of 1970. */
const maximumSeconds = 8_640_000_000_000n

const written = /^([+-]\d{6}|\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:[Zz]|([+-])(\d\d):(\d\d))$/

/** A point in time: whole seconds since 1970, and the nanoseconds after them. */
export interface Instant {
  readonly seconds: bigint
  readonly nanoseconds: number
}

/** Seconds since 1970 and nanoseconds as an ISO 8601 time; undefined when out of range. */
export function instantText(seconds: bigint, nanoseconds: number): string | undefined {
  if (seconds > maximumSeconds || seconds < -maximumSeconds || nanoseconds > 999_999_999) return undefined
  const whole = new Date(Number(seconds) * 1000).toISOString().slice(0, -'.000Z'.length)
  const fraction = nanoseconds === 0 ? '' : `.${String(nanoseconds).padStart(9, '0').replace(/0+$/, '')}`
  return `${whole}${fraction}Z`
}

/** The time of an RFC 3339 text; undefined when it is not one. */
export function parseInstant(text: string): Instant | undefined {
  const parts = written.exec(text)
  if (!parts) return undefined
  const [, year, month, day, hour, minute, second, fraction = '', sign, hoursAhead = '0', minutesAhead = '0'] = parts
  const local = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`
  const milliseconds = Date.parse(local)
  // `Date` turns a day that does not exist into one of the next month.
  if (Number.isNaN(milliseconds) || new Date(milliseconds).toISOString() !== local) return undefined
  if (Number(hoursAhead) > 23 || Number(minutesAhead) > 59) return undefined
  const ahead = (Number(hoursAhead) * 60 + Number(minutesAhead)) * (sign === '-' ? -60 : 60)
  return { seconds: BigInt(milliseconds / 1000 - ahead), nanoseconds: Number(fraction.padEnd(9, '0')) }
}
