import { scaleLinear } from 'd3-scale'
import { lineHeight, textWidth } from './plot-text.ts'
import type { Tick } from './ticks.ts'

/** From the least to the greatest value of an axis. */
export type Domain = readonly [low: number, high: number]

/** Room above and below the data, as a part of its range. */
const padding = 0.06
/** Beyond these, numbers are written with an exponent. */
const [leastPlain, mostPlain] = [1e-4, 1e7]
const mostMarks = 7
const pixelsPerMark = 34
const mostSignificant = 15
/** The least range with round values in it, by itself and as a part of its ends. */
const [leastRange, leastPart] = [1e-300, 1e-13]

/** The domain of values from `low` to `high`, with some room, and some also where they are all the same. */
export function valueDomain(low: number, high: number): Domain {
  if (!(low <= high)) return [0, 1]
  if (low === high) {
    const room = low === 0 ? 1 : Math.abs(low) * 0.1
    return [finite(low - room), finite(high + room)]
  }
  // Halves, since the whole range of large numbers is infinite.
  const room = 2 * padding * (high / 2 - low / 2)
  return [finite(low - room), finite(high + room)]
}

const finite = (value: number): number => Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value))

/** Where a value stands between `from`, for the low end of a domain, and `to`, in pixels. */
export function placer([low, high]: Domain, from: number, to: number): (value: number) => number {
  const range = high / 2 - low / 2 || 1
  return (value) => from + ((value / 2 - low / 2) / range) * (to - from)
}

/** A value of an axis whose marks are `step` apart: with as many digits as tell them apart. */
export function valueLabel(value: number, step: number): string {
  if (value === 0) return '0'
  const size = Math.abs(value)
  const digits = Math.max(0, Math.ceil(-Math.log10(step) - 1e-6))
  if (size >= mostPlain || size < leastPlain || digits > 8) {
    const significant = Math.floor(Math.log10(size)) - Math.floor(Math.log10(step) + 1e-6)
    const [mantissa = '', exponent = ''] = value
      .toExponential(Math.max(0, Math.min(mostSignificant, significant)))
      .split('e')
    return `${mantissa}e${exponent.replace('+', '')}`.replace('-', '−')
  }
  return value
    .toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })
    .replace('-', '−')
}

/** Whether there are round values between both ends that a float can tell apart. */
function canBeDivided([low, high]: Domain): boolean {
  const range = high - low
  return Number.isFinite(range) && range > leastRange && range > leastPart * Math.max(Math.abs(low), Math.abs(high))
}

/** Round values of an axis that is so many pixels long. */
export function valueTicks(domain: Domain, from: number, to: number): readonly Tick[] {
  const [low, high] = domain
  const place = placer(domain, from, to)
  const count = Math.max(2, Math.min(mostMarks, Math.floor(Math.abs(to - from) / pixelsPerMark)))
  const values = canBeDivided(domain) ? scaleLinear().domain([low, high]).ticks(count) : [low, high]
  const [first = 0, second = 0] = values
  const step = values.length > 1 ? second / 2 - first / 2 : 0
  const kept: Tick[] = []
  for (const value of values) {
    const tick = { position: place(value), label: valueLabel(value, 2 * step || Math.abs(value) || 1) }
    const before = kept.at(-1)
    if (!before || Math.abs(before.position - tick.position) >= lineHeight) kept.push(tick)
  }
  return kept
}

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** Round intervals between marks of time, in milliseconds. */
const steps = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((count) => count * second),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 3, 6, 12].map((count) => count * hour),
  ...[1, 2, 7, 14, 30, 90, 365, 3650].map((count) => count * day),
]

const two = (number: number): string => String(number).padStart(2, '0')

/** A mark of local time: its day, its hour and minute, or more, as the interval between marks needs. */
function timeLabel(at: number, step: number): string {
  const date = new Date(at)
  if (step >= day) return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  const clock = `${two(date.getHours())}:${two(date.getMinutes())}`
  if (step >= minute) return clock
  const seconds = `${clock}:${two(date.getSeconds())}`
  return step >= second ? seconds : `${seconds}.${String(date.getMilliseconds()).padStart(3, '0')}`
}

/** Round local times from one to another, in milliseconds since the epoch, with room between their labels. */
export function timeMarks(domain: Domain, from: number, to: number): readonly Tick[] {
  const [low, high] = domain
  const place = placer(domain, from, to)
  const step = steps.find((each) => {
    const width = textWidth(timeLabel(low, each)) + 16
    return ((to - from) * each) / (high - low) >= width
  })
  if (step === undefined) return []
  // Hours and days begin by the local clock.
  const ahead = -new Date(low).getTimezoneOffset() * minute
  const ticks: Tick[] = []
  for (let at = Math.ceil((low + ahead) / step) * step - ahead; at <= high; at += step) {
    ticks.push({ position: place(at), label: timeLabel(at, step) })
  }
  return ticks
}

/** Round numbers along the x axis, with room between their labels. */
export function numberMarks(domain: Domain, from: number, to: number): readonly Tick[] {
  const ticks = valueTicks(domain, from, to)
  const widest = Math.max(0, ...ticks.map(({ label }) => textWidth(label))) + 12
  const apart = Math.abs((ticks[1]?.position ?? to) - (ticks[0]?.position ?? from))
  const every = Math.max(1, Math.ceil(widest / Math.max(1, apart)))
  return ticks.filter((_tick, index) => index % every === 0)
}
