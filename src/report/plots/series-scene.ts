import { type Area, isBare, labelGap, tenth } from './layout.ts'
import { textWidth } from './plot-text.ts'
import type { Tick } from './ticks.ts'
import { type Domain, numberMarks, placer, timeMarks, valueDomain, valueTicks } from './value-axis.ts'

/** A series as it is drawn. */
export interface DrawnSeries {
  readonly name: string
  /** Which colour and marker it has. */
  readonly slot: number
  readonly axis: 'left' | 'right'
  /** x and y in turn, by x. Where y is NaN, the line is broken. */
  readonly points: Float64Array
}

/** Something that happened, at a place of the x axis. */
export interface SeriesMark {
  readonly x: number
  readonly words: string
}

export interface SeriesData {
  readonly series: readonly DrawnSeries[]
  /** The part of the x axis that is shown. */
  readonly span: { readonly from: number; readonly to: number }
  /** Whether x is a time, in milliseconds since the epoch. */
  readonly isTime: boolean
  readonly marks: readonly SeriesMark[]
}

/** A series as it is drawn: places in pixels. */
export interface SeriesLine {
  readonly line: string
  /** Whether it has more points than pixels along x. */
  readonly isDense: boolean
  readonly markers: readonly { readonly x: number; readonly y: number }[]
}

export interface SeriesScene {
  readonly area: Area
  readonly xTicks: readonly Tick[]
  readonly leftTicks: readonly Tick[]
  readonly rightTicks: readonly Tick[]
  readonly lines: readonly SeriesLine[]
  readonly marks: readonly { readonly x: number; readonly words: string }[]
  readonly xOf: (x: number) => number
  /** The x at a place in pixels. */
  readonly xAt: (pixels: number) => number
  readonly yOf: (axis: DrawnSeries['axis'], y: number) => number
}

const topMargin = 12
const bottomMargin = 22
const sideMargin = 12
/** Pixels between markers where there are many points, and at least between those of few. */
const [markerEvery, leastApart] = [110, 9]
/** The most marks that are drawn; those at the same pixel are one. */
const mostMarks = 200

/** A point, or its place in pixels. */
interface Place {
  readonly x: number
  readonly y: number
}

const noPlaces: readonly Place[] = []

/** Where the line between two points crosses both ends of a part of the x axis. */
function edgesBetween(one: Place, other: Place, { from, to }: SeriesData['span']): readonly Place[] {
  // Most points are inside, and a picture has many.
  if (one.x >= from && other.x <= to) return noPlaces
  return [from, to].flatMap((x) => {
    if (!(one.x < x && other.x > x)) return []
    const part = (x - one.x) / (other.x - one.x)
    return [{ x, y: one.y * (1 - part) + other.y * part }]
  })
}

/** The least and the greatest y within a span, also of lines that lead through it. */
function extentOf(series: readonly DrawnSeries[], span: SeriesData['span']): Domain | null {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  const take = (y: number) => {
    if (y < low) low = y
    if (y > high) high = y
  }
  for (const { points } of series) {
    let before: Place | null = null
    for (let place = 0; place < points.length; place += 2) {
      const point: Place = { x: points[place] ?? 0, y: points[place + 1] ?? Number.NaN }
      if (point.x >= span.from && point.x <= span.to) take(point.y)
      if (before) for (const { y } of edgesBetween(before, point, span)) take(y)
      before = Number.isNaN(point.y) ? null : point
    }
  }
  return low <= high ? [low, high] : null
}

const widthOf = (ticks: readonly Tick[]): number =>
  Math.ceil(Math.max(sideMargin, ...ticks.map(({ label }) => textWidth(label) + labelGap + 2)))

interface Places {
  readonly area: Area
  readonly xOf: (x: number) => number
  readonly yOf: (y: number) => number
}

/** A line goes no further than this many pixels: pictures know no numbers of any size. */
const farAway = 1e5

/** A line with its markers: at each point where there is room, and otherwise now and then. */
function lineOf({ points, slot }: DrawnSeries, { area, xOf, yOf }: Places): SeriesLine {
  const markers: { x: number; y: number }[] = []
  const hasRoom = points.length / 2 <= (area.right - area.left) / 12
  // Series that lie on one another have their markers at different places.
  let next = hasRoom ? area.left : area.left + ((slot * 37) % markerEvery)
  let line = ''
  let isBegun = false
  let length = 0
  let last = { x: 0, y: 0 }
  const endRun = () => {
    // A point alone has no line.
    if (length === 1 && markers.at(-1) !== last) markers.push(last)
    length = 0
    isBegun = false
  }
  const isInside = (x: number) => x >= area.left && x <= area.right
  const goTo = (x: number, y: number) => {
    const at = { x: tenth(x), y: tenth(Math.max(-farAway, Math.min(farAway, y))) }
    line += !isBegun ? `M${at.x} ${at.y}` : at.x === last.x ? `V${at.y}` : `L${at.x} ${at.y}`
    isBegun = true
    length += 1
    last = at
    return at
  }
  /** The point before, in pixels; null at the beginning of a stretch. */
  let before: Place | null = null
  for (let place = 0; place < points.length; place += 2) {
    const value = points[place + 1] ?? Number.NaN
    if (Number.isNaN(value)) {
      endRun()
      before = null
      continue
    }
    const point: Place = { x: xOf(points[place] ?? 0), y: yOf(value) }
    const edges = before ? edgesBetween(before, point, { from: area.left, to: area.right }) : []
    for (const { x, y } of edges) goTo(x, y)
    before = point
    if (!isInside(point.x)) continue
    const at = goTo(point.x, point.y)
    if (at.x < next) continue
    markers.push(at)
    next = at.x + (hasRoom ? leastApart : markerEvery)
  }
  endRun()
  return { line, isDense: points.length / 2 > area.right - area.left, markers }
}

/** Where everything of a plot of series stands. `above`: pixels that are taken above it. */
export function seriesScene(
  { series, span, isTime, marks }: SeriesData,
  { width, height, above = 0 }: { readonly width: number; readonly height: number; readonly above?: number },
): SeriesScene {
  const bare = isBare({ width, height })
  const top = above + (bare ? 4 : topMargin)
  const bottom = Math.max(top + 1, height - (bare ? 4 : bottomMargin))
  const axisOf = (axis: DrawnSeries['axis']) => {
    const extent = extentOf(
      series.filter((each) => each.axis === axis),
      span,
    )
    const domain = valueDomain(extent?.[0] ?? Number.NaN, extent?.[1] ?? Number.NaN)
    return { domain, ticks: extent && !bare ? valueTicks(domain, bottom, top) : [] }
  }
  const [onLeft, onRight] = [axisOf('left'), axisOf('right')]
  const left = Math.min(bare ? 4 : widthOf(onLeft.ticks), Math.floor(width / 2))
  const right = Math.max(left + 1, width - (bare ? 4 : widthOf(onRight.ticks)))
  const area = { left, top, right, bottom }
  const domain: Domain = span.to > span.from ? [span.from, span.to] : [span.from - 0.5, span.to + 0.5]
  const xOf = placer(domain, left, right)
  const places = { left: placer(onLeft.domain, bottom, top), right: placer(onRight.domain, bottom, top) }
  const xTicks = bare ? [] : isTime ? timeMarks(domain, left, right) : numberMarks(domain, left, right)
  const byPixel = new Map<number, string>()
  for (const { x, words } of marks) {
    const at = Math.round(xOf(x))
    if (at < left || at > right) continue
    const before = byPixel.get(at)
    byPixel.set(at, before === undefined || before.includes(words) ? words : `${before}; ${words}`)
  }
  return {
    area,
    xTicks: xTicks.filter(
      ({ position, label }) => position - textWidth(label) / 2 >= 0 && position + textWidth(label) / 2 <= width,
    ),
    leftTicks: onLeft.ticks,
    rightTicks: onRight.ticks,
    lines: series.map((each) => lineOf(each, { area, xOf, yOf: places[each.axis] })),
    marks: [...byPixel].slice(-mostMarks).map(([x, words]) => ({ x, words })),
    xOf,
    xAt: (pixels) => domain[0] + ((pixels - left) / (right - left)) * (domain[1] - domain[0]),
    yOf: (axis, y) => places[axis](y),
  }
}

/** So far before the first point, and behind the last, they are still near: a part of the span. */
const nearPart = 0.03

/** The point of a series that is nearest to an x, among those within a span; null where the series has none around it. */
export function nearestOf(
  { points }: Pick<DrawnSeries, 'points'>,
  x: number,
  { from, to }: SeriesData['span'],
): { readonly x: number; readonly y: number } | null {
  let found: { x: number; y: number } | null = null
  let least = Number.POSITIVE_INFINITY
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (let place = 0; place < points.length; place += 2) {
    const at = points[place] ?? 0
    const y = points[place + 1] ?? Number.NaN
    if (Number.isNaN(y) || at < from || at > to) continue
    if (at < first) first = at
    if (at > last) last = at
    const distance = Math.abs(at - x)
    if (distance >= least) continue
    least = distance
    found = { x: at, y }
  }
  const room = nearPart * (to - from)
  return x < first - room || x > last + room ? null : found
}
