import { scaleLinear } from 'd3-scale'
import { durationLabel } from '../../../report/plots/labels.ts'
import { type Axes, isBare, layOut, tenth } from '../../../report/plots/layout.ts'
import type { PlotPoint } from '../../../report/plots/points.ts'
import { alongX, fitting, linearTicks, type Tick } from '../../../report/plots/ticks.ts'
import { formatClock } from '../../../shared/format.ts'
import type { TimelineData, TimelineItem } from './round-trips.ts'
import { type Place, thinned } from './thinned.ts'

export interface RoundTripsScene {
  readonly axes: Axes
  /** The line through the replies, broken where there are none. */
  readonly line: string
  /** A dot for each reply that can be told from its neighbours: lines without a length. */
  readonly dots: string
  /** A cross for each timeout, of which a pixel shows one. */
  readonly crosses: string
  /** The bands of the pauses, in pixels. */
  readonly pauses: readonly { readonly x: number; readonly width: number }[]
  readonly points: readonly PlotPoint[]
}

interface SceneRequest {
  readonly data: TimelineData
  /** In pixels. */
  readonly width: number
  readonly height: number
  readonly colour: string
}

const secondMs = 1000
/** Free space at both ends, as a share of the axis. */
const margin = 0.02
/** Least distance between two marks of time, in pixels. */
const markEvery = 80
/** Height of the row of crosses above the plot, in pixels. */
const rowHeight = 8
const crossRadius = 3

class ItemPoint implements PlotPoint {
  constructor(
    private readonly item: TimelineItem,
    readonly x: number,
    readonly y: number | null,
    readonly colour: string,
  ) {}

  get words(): string {
    return this.item.words
  }
}

/** Maps one interval to another. Thousands of values several times a second are too many for a scale of d3. */
function linear([low, high]: readonly [number, number], from: number, to: number): (value: number) => number {
  const perUnit = (to - from) / (high - low)
  return (value) => from + (value - low) * perUnit
}

/** The time at an axis mark, with milliseconds when marks are less than a second apart. */
function clockAt(epochMs: number, stepMs: number): string {
  const clock = formatClock(epochMs)
  return stepMs < secondMs ? clock.slice(3) : clock.slice(0, 8)
}

/** A lone sample stands in the middle of a second. */
function domainOf(items: readonly TimelineItem[]): readonly [low: number, high: number] {
  const [from, to] = [items[0]?.position ?? 0, items.at(-1)?.position ?? 0]
  const space = to > from ? (to - from) * margin : secondMs / 2
  return [from - space, to + space]
}

/** Marks of time; none within a pause, where time does not run evenly. */
function clockTicks(
  domain: readonly [low: number, high: number],
  timeAt: (position: number) => number | null,
  left: number,
  right: number,
): readonly Tick[] {
  const scale = scaleLinear(domain, [left, right])
  const positions = scale.ticks(Math.max(1, Math.floor((right - left) / markEvery)))
  const step = (positions[1] ?? 0) - (positions[0] ?? 0) || secondMs
  const ticks = positions.flatMap((position) => {
    const time = timeAt(position)
    return time === null ? [] : [{ position: scale(position), label: clockAt(time, step) }]
  })
  return fitting(ticks, alongX)
}

/** Neighbouring replies with nothing between them. */
function runsOf(points: readonly PlotPoint[]): Place[][] {
  const runs: Place[][] = []
  let run: Place[] | null = null
  for (const { x, y } of points) {
    if (y === null) {
      run = null
      continue
    }
    if (run === null) {
      run = []
      runs.push(run)
    }
    run.push({ x, y })
  }
  return runs
}

const at = ({ x, y }: Place): string => `${tenth(x)},${tenth(y)}`

function crossAt(x: number, y: number): string {
  const [left, right, top, bottom] = [x - crossRadius, x + crossRadius, y - crossRadius, y + crossRadius].map(tenth)
  return `M${left},${top}L${right},${bottom}M${left},${bottom}L${right},${top}`
}

export function roundTripsScene({ data, width, height, colour }: SceneRequest): RoundTripsScene {
  const { items, axis, replies, timeouts } = data
  const times = domainOf(items)
  const largest = items.reduce((most, { roundTripNs }) => Math.max(most, roundTripNs ?? 0), 1)
  const durations = [0, largest * 1.05] as const
  const above = timeouts > 0 && !isBare({ width, height }) ? rowHeight : 0
  const axes = layOut({
    width,
    height,
    above,
    xTicks: (left, right) => clockTicks(times, axis.timeAt, left, right),
    // Without replies there is nothing to measure heights by.
    yTicks: (top, bottom) =>
      replies === 0 ? [] : linearTicks(durations, scaleLinear(durations, [bottom, top]), durationLabel),
  })
  const { area } = axes
  const xOf = linear(times, area.left, area.right)
  const yOf = linear(durations, area.bottom, area.top)
  const points = items.map(
    (item) => new ItemPoint(item, xOf(item.position), item.roundTripNs === null ? null : yOf(item.roundTripNs), colour),
  )
  const runs = runsOf(points).map(thinned)
  const lost = new Set(points.flatMap(({ x }, index) => (items[index]?.kind === 'timeout' ? [Math.round(x)] : [])))
  return {
    axes,
    line: runs.map((run) => `M${run.map(at).join('L')}`).join(''),
    dots: runs.flatMap((run) => run.map((place) => `M${at(place)}h0`)).join(''),
    crosses: [...lost].map((x) => crossAt(x, area.top / 2)).join(''),
    pauses: axis.pauses.map(({ after }) => {
      const x = xOf(axis.positions[after] ?? 0)
      return { x: tenth(x), width: tenth(xOf(axis.positions[after + 1] ?? 0) - x) }
    }),
    points,
  }
}
