import { scaleLinear } from 'd3-scale'
import { lineHeight, textWidth } from './plot-text.ts'

/** An axis mark. */
export interface Tick {
  /** Position along the axis, in pixels. */
  readonly position: number
  readonly label: string
}

/** Size of a label along its axis, in pixels. */
export type Extent = (tick: Tick) => number

export const alongX: Extent = ({ label }) => textWidth(label)
export const alongY: Extent = () => lineHeight

const gap = { x: 10, y: 4 }

function areApart(ticks: readonly Tick[], extent: Extent): boolean {
  const least = extent === alongX ? gap.x : gap.y
  return ticks.every((tick, index) => {
    const before = ticks[index - 1]
    if (!before) return true
    return Math.abs(tick.position - before.position) >= (extent(tick) + extent(before)) / 2 + least
  })
}

/** Every mark, or every second, third and so on, so that labels do not touch. */
export function thinned(ticks: readonly Tick[], extent: Extent): readonly Tick[] {
  for (let stride = 1; stride < ticks.length; stride += 1) {
    const kept = ticks.filter((_, index) => index % stride === 0)
    if (areApart(kept, extent)) return kept
  }
  return ticks.slice(0, 1)
}

/** `kept`, plus as many of `others` as fit; earlier ones take precedence. */
function filledUp(kept: readonly Tick[], others: readonly Tick[], extent: Extent): readonly Tick[] {
  let filled = kept
  for (const tick of others) {
    const more = [...filled, tick].sort((one, other) => one.position - other.position)
    if (areApart(more, extent)) filled = more
  }
  return filled
}

/** The first, the last and as many between them as fit: for unevenly spaced marks. */
export function fitting(ticks: readonly Tick[], extent: Extent): readonly Tick[] {
  return filledUp(ticks.slice(0, 1), [...ticks.slice(-1), ...ticks.slice(1, -1)], extent)
}

/** More marks do not make an axis easier to read. */
const mostMarks = 7

/** Maps a value to its position on the axis, in pixels. */
type Placed = (value: number) => number

/**
 * Marks of a linear axis from `low` to `high`, about one per `spacing` pixels; `whole` limits them to integers, and
 * `extent` is that of their labels.
 */
export function linearTicks(
  [low, high]: readonly [low: number, high: number],
  place: Placed,
  label: (value: number) => string,
  { spacing = 30, whole = true, extent = alongY }: { spacing?: number; whole?: boolean; extent?: Extent } = {},
): readonly Tick[] {
  const pixels = Math.abs(place(high) - place(low))
  const values = scaleLinear()
    .domain([low, high])
    .ticks(Math.min(mostMarks, Math.max(2, Math.round(pixels / spacing))))
    .filter((value) => !whole || Number.isInteger(value))
  return thinned(
    values.map((value) => ({ position: place(value), label: label(value) })),
    extent,
  )
}

/** Marks within each decade, used when decades alone are too few; the roundest first. */
const withinDecade: readonly (readonly number[])[] = [
  [2, 5],
  [3, 7, 4, 6, 8, 9],
]
/** A logarithmic axis needs at least this many marks to be readable. */
const fewestMarks = 3

/** Marks of a logarithmic axis: decades, with 2 and 5 or more in between when those are too few. */
export function logarithmicTicks(
  [low, high]: readonly [low: number, high: number],
  place: Placed,
  label: (value: number) => string,
  extent: Extent,
): readonly Tick[] {
  const first = Math.floor(Math.log10(low))
  const decades = Array.from({ length: Math.ceil(Math.log10(high)) - first + 1 }, (_, index) => first + index)
  const marks = (step: number): readonly Tick[] =>
    decades
      .map((decade) => (decade < 0 ? step / 10 ** -decade : step * 10 ** decade))
      .filter((value) => value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9))
      .map((value) => ({ position: place(value), label: label(value) }))
  let ticks = thinned(marks(1), extent)
  for (const steps of withinDecade) {
    if (ticks.length >= fewestMarks) break
    ticks = filledUp(ticks, steps.flatMap(marks), extent)
  }
  return ticks
}

const second = 1000
const minute = 60 * second
const hour = 60 * minute

/** Least distance between two time marks, in pixels. */
const leastTimeDistance = 48

/** Round time intervals, in milliseconds. */
const timeSteps: readonly number[] = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 20, 30].map((count) => count * second),
  ...[1, 2, 5, 10, 20, 30].map((count) => count * minute),
  ...[1, 2, 3, 6, 12, 24, 48, 96, 168].map((count) => count * hour),
]

function timeLabel(milliseconds: number, step: number): string {
  if (milliseconds === 0) return '0 s'
  if (step >= hour) return `${milliseconds / hour} h`
  if (step >= minute) return `${milliseconds / minute} min`
  return `${Number((milliseconds / second).toFixed(3))} s`
}

/** Marks of elapsed time, from 0 to `longest` milliseconds. */
export function timeTicks(longest: number, place: Placed): readonly Tick[] {
  for (const step of timeSteps) {
    // No screen has room for more, and trying them would take long.
    if (longest / step > 100) continue
    const ticks = Array.from({ length: Math.floor(longest / step) + 1 }, (_, index) => ({
      position: place(index * step),
      label: timeLabel(index * step, step),
    }))
    const isAiry = Math.abs(place(step) - place(0)) >= leastTimeDistance
    if (isAiry && areApart(ticks, alongX)) return ticks
  }
  return [{ position: place(0), label: timeLabel(0, second) }]
}
