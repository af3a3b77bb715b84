import type { Item } from './items.ts'
import { bytesOf, callOf, integerOf, textOf } from './values.ts'

const two = (value: number): string => String(value).padStart(2, '0')

/** Year, month and day, as the first four bytes of a date hold them; undefined when they are none. */
function dateText([high = 0, low = 0, month = 0, day = 0]: Uint8Array): string | undefined {
  const year = high * 256 + low
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  if (year < 1 || year > 9999 || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`
}

/** Hour, minute, second and three bytes of microseconds; undefined when they are no time. */
function clockText([hour = 0, minute = 0, second = 0, high = 0, middle = 0, low = 0]: Uint8Array): string | undefined {
  const micros = high * 65536 + middle * 256 + low
  if (hour > 23 || minute > 59 || second > 59 || micros > 999_999) return undefined
  return `${two(hour)}:${two(minute)}:${two(second)}${micros === 0 ? '' : `.${String(micros).padStart(6, '0')}`}`
}

/** The bytes without the top bit of one of them, which says that the hour comes a second time. */
function withoutFold(bytes: Uint8Array, index: number): Uint8Array {
  return bytes.map((byte, at) => (at === index ? byte & 0x7f : byte))
}

/** `datetime.date(4 bytes)` */
export function date([state]: readonly Item[]): string | undefined {
  const bytes = state && bytesOf(state)
  return bytes?.length === 4 ? dateText(bytes) : undefined
}

/** `datetime.datetime(10 bytes, time zone)` */
export function dateTime([state, zone]: readonly Item[]): string | undefined {
  const bytes = state && bytesOf(state)
  if (bytes?.length !== 10) return undefined
  const day = dateText(withoutFold(bytes, 2))
  const clock = clockText(bytes.subarray(4))
  return day === undefined || clock === undefined ? undefined : withZone(`${day}T${clock}`, zone)
}

/** `datetime.time(6 bytes, time zone)` */
export function timeOfDay([state, zone]: readonly Item[]): string | undefined {
  const bytes = state && bytesOf(state)
  const clock = bytes?.length === 6 ? clockText(withoutFold(bytes, 0)) : undefined
  return clock === undefined ? undefined : withZone(clock, zone)
}

function withZone(text: string, zone: Item | undefined): string | undefined {
  if (!zone) return text
  const fixed = callOf(zone, 'datetime.timezone')
  if (fixed) {
    const offset = timeZone(fixed)
    return offset === undefined ? undefined : text + offset
  }
  const name = zoneName(callOf(zone, 'zoneinfo.ZoneInfo._unpickle') ?? [])
  return name === undefined ? undefined : `${text}[${name}]`
}

/** `zoneinfo.ZoneInfo._unpickle(name, …)` */
export function zoneName([name]: readonly Item[]): string | undefined {
  const text = name && textOf(name)
  return text === undefined || text.length > 100 ? undefined : text
}

const microsecondsPerDay = 86_400_000_000n

/** `datetime.timedelta(days, seconds, microseconds)` in microseconds. */
function microseconds(args: readonly Item[]): bigint | undefined {
  const [days = 0n, seconds = 0n, micros = 0n] = args.map((arg) => integerOf(arg))
  if (args.length > 3 || args.some((arg) => integerOf(arg) === undefined)) return undefined
  const total = days * microsecondsPerDay + seconds * 1_000_000n + micros
  const most = 1_000_000_000n * microsecondsPerDay
  return total > -most && total < most ? total : undefined
}

/** A duration in the form of ISO 8601, such as `P1DT2H3.5S`. */
export function duration(args: readonly Item[]): string | undefined {
  const total = microseconds(args)
  if (total === undefined) return undefined
  const size = total < 0n ? -total : total
  const days = size / microsecondsPerDay
  const seconds = size / 1_000_000n
  const micros = size % 1_000_000n
  const fraction = micros === 0n ? '' : `.${String(micros).padStart(6, '0').replace(/0+$/, '')}`
  const parts = [
    [(seconds / 3600n) % 24n, 'H'],
    [(seconds / 60n) % 60n, 'M'],
  ] as const
  const clock = parts.map(([value, unit]) => (value === 0n ? '' : `${value}${unit}`)).join('')
  const rest = seconds % 60n === 0n && micros === 0n ? '' : `${seconds % 60n}${fraction}S`
  const time = clock + rest
  const text = `P${days === 0n ? '' : `${days}D`}${time === '' ? '' : `T${time}`}`
  return `${total < 0n ? '-' : ''}${text === 'P' ? 'PT0S' : text}`
}

/** `datetime.timezone(timedelta, name)` as an offset such as `+02:00`. */
export function timeZone([delta]: readonly Item[]): string | undefined {
  const args = delta && callOf(delta, 'datetime.timedelta')
  const total = args && microseconds(args)
  if (total === undefined || total <= -microsecondsPerDay || total >= microsecondsPerDay) return undefined
  const seconds = Number((total < 0n ? -total : total) / 1_000_000n)
  const text = `${total < 0n ? '-' : '+'}${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}`
  return seconds % 60 === 0 ? text : `${text}:${two(seconds % 60)}`
}
