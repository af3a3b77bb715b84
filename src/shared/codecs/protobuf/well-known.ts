/** The type of the single field of each wrapper message. */
export const wrappers = {
  'google.protobuf.DoubleValue': 'double',
  'google.protobuf.FloatValue': 'float',
  'google.protobuf.Int64Value': 'int64',
  'google.protobuf.UInt64Value': 'uint64',
  'google.protobuf.Int32Value': 'int32',
  'google.protobuf.UInt32Value': 'uint32',
  'google.protobuf.BoolValue': 'bool',
  'google.protobuf.StringValue': 'string',
  'google.protobuf.BytesValue': 'bytes',
} as const

/** Messages with their own JSON form. */
export type WellKnown = 'any' | 'timestamp' | 'duration' | 'fieldMask' | 'struct' | 'value' | 'list' | 'wrapper'

const kinds: ReadonlyMap<string, WellKnown> = new Map<string, WellKnown>([
  ['google.protobuf.Any', 'any'],
  ['google.protobuf.Timestamp', 'timestamp'],
  ['google.protobuf.Duration', 'duration'],
  ['google.protobuf.FieldMask', 'fieldMask'],
  ['google.protobuf.Struct', 'struct'],
  ['google.protobuf.Value', 'value'],
  ['google.protobuf.ListValue', 'list'],
  ...Object.keys(wrappers).map((name): [string, WellKnown] => [name, 'wrapper']),
])

export const nullValue = 'google.protobuf.NullValue'

export function wellKnownOf(typeName: string): WellKnown | undefined {
  return kinds.get(typeName)
}

export function wrappedType(typeName: string): (typeof wrappers)[keyof typeof wrappers] {
  for (const [name, type] of Object.entries(wrappers)) if (name === typeName) return type
  throw new Error(`${typeName} is no wrapper`)
}

/** The message type in the type URL of an Any. */
export function typeOfUrl(url: string): string {
  return url.slice(url.lastIndexOf('/') + 1)
}

/** Seconds and nanoseconds, with the same sign in a Duration. */
export interface Moment {
  readonly seconds: bigint
  readonly nanos: bigint
}

const billion = 1_000_000_000n
/** Years 1 to 9999. */
const [firstSecond, lastSecond] = [-62_135_596_800n, 253_402_300_799n]
const longestDuration = 315_576_000_000n

const timestamp = /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?([Zz]|[+-]\d{2}:\d{2})$/
const duration = /^(-?)(\d{1,12})(?:\.(\d{1,9}))?s$/

/** RFC 3339 text; undefined when a Timestamp cannot hold the moment. */
export function timestampText({ seconds, nanos }: Moment): string | undefined {
  if (seconds < firstSecond || seconds > lastSecond || nanos < 0n || nanos >= billion) return undefined
  return `${new Date(Number(seconds) * 1000).toISOString().slice(0, 19)}${fractionText(nanos)}Z`
}

/** The moment of an RFC 3339 text; undefined when it is invalid or outside the years 1 to 9999. */
export function parseTimestamp(text: string): Moment | undefined {
  const [, date, time, fraction = '', zone = ''] = timestamp.exec(text) ?? []
  if (date === undefined || time === undefined) return undefined
  const local = new Date(`${date}T${time}Z`)
  // `Date` turns a day that does not exist into one of the next month.
  if (Number.isNaN(local.getTime()) || local.toISOString().slice(0, 19) !== `${date}T${time}`) return undefined
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(4, 6))]
  if (hours > 23 || minutes > 59) return undefined
  const shift = (hours * 60 + minutes) * 60 * (zone.startsWith('-') ? -1 : 1)
  const moment = { seconds: BigInt(local.getTime() / 1000 - shift), nanos: BigInt(fraction.padEnd(9, '0')) }
  return timestampText(moment) === undefined ? undefined : moment
}

/** Text such as `1.5s`; undefined when a Duration cannot hold it. */
export function durationText({ seconds, nanos }: Moment): string | undefined {
  const isNegative = seconds < 0n || nanos < 0n
  const [wholeSeconds, wholeNanos] = isNegative ? [-seconds, -nanos] : [seconds, nanos]
  if (wholeSeconds < 0n || wholeNanos < 0n || wholeSeconds > longestDuration || wholeNanos >= billion) return undefined
  return `${isNegative ? '-' : ''}${wholeSeconds}${fractionText(wholeNanos)}s`
}

export function parseDuration(text: string): Moment | undefined {
  const [, sign, digits, fraction = ''] = duration.exec(text) ?? []
  if (digits === undefined) return undefined
  const factor = sign === '-' ? -1n : 1n
  const moment = { seconds: BigInt(digits) * factor, nanos: BigInt(fraction.padEnd(9, '0')) * factor }
  return durationText(moment) === undefined ? undefined : moment
}

/** Nothing, or 3, 6 or 9 digits. */
function fractionText(nanos: bigint): string {
  if (nanos === 0n) return ''
  const digits = String(nanos).padStart(9, '0')
  return `.${digits.replace(/^(\d{3})0{6}$|^(\d{6})0{3}$/, '$1$2')}`
}

/** A FieldMask path in JSON: `foo_bar.baz` as `fooBar.baz`; undefined when that is not reversible. */
export function pathToJson(path: string): string | undefined {
  const written = path.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase())
  return pathFromJson(written) === path && !written.includes(',') ? written : undefined
}

export function pathFromJson(written: string): string | undefined {
  return written.includes('_') ? undefined : written.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
