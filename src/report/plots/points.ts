/** A selectable point of a plot. */
export interface PlotPoint {
  readonly x: number
  /** Null for an item without a value, which is found by its x position alone. */
  readonly y: number | null
  readonly colour: string
  /** Its description. */
  readonly words: string
  /** Further y values of the same item. */
  readonly others?: readonly number[]
}

/** The points of each series, left to right. */
export type PlotPoints = readonly (readonly PlotPoint[])[]

/** The selected point; both indexes count from 0. */
export interface Pointed {
  readonly series: number
  readonly index: number
}

export function pointAt(points: PlotPoints, pointed: Pointed | null): PlotPoint | undefined {
  return pointed ? points[pointed.series]?.[pointed.index] : undefined
}

function nearestAlong(series: readonly PlotPoint[], x: number): number {
  let nearest = 0
  let least = Number.POSITIVE_INFINITY
  for (const [index, point] of series.entries()) {
    const distance = Math.abs(point.x - x)
    if (distance >= least) continue
    least = distance
    nearest = index
  }
  return nearest
}

/** The point closest to (x, y): the nearest of each series along x, then the nearest among the series. */
export function nearestPoint(points: PlotPoints, x: number, y: number): Pointed | null {
  let found: Pointed | null = null
  let least = Number.POSITIVE_INFINITY
  for (const [series, candidates] of points.entries()) {
    const index = nearestAlong(candidates, x)
    const point = candidates[index]
    if (!point) continue
    const distance = Math.hypot(point.x - x, (point.y ?? y) - y)
    if (distance >= least) continue
    least = distance
    found = { series, index }
  }
  return found
}

const firstPoint = (points: PlotPoints): Pointed | null => {
  const series = points.findIndex(({ length }) => length > 0)
  return series < 0 ? null : { series, index: 0 }
}

/** The next series that has points, up or down the legend. */
function otherSeries(points: PlotPoints, { series, index }: Pointed, step: 1 | -1): Pointed {
  const x = points[series]?.[index]?.x ?? 0
  for (let next = series + step; next >= 0 && next < points.length; next += step) {
    const candidates = points[next]
    if (candidates && candidates.length > 0) return { series: next, index: nearestAlong(candidates, x) }
  }
  return { series, index }
}

const pageShare = 0.1

/** Where a key moves the selection; undefined for a key that the plot does not handle. */
export function afterKey(points: PlotPoints, pointed: Pointed | null, key: string): Pointed | null | undefined {
  const known = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End']
  if (key === 'Escape') return pointed ? null : undefined
  if (!known.includes(key)) return undefined
  if (!pointed || !pointAt(points, pointed)) {
    const first = firstPoint(points)
    return first && key === 'End' ? afterKey(points, first, key) : first
  }
  if (key === 'ArrowUp') return otherSeries(points, pointed, -1)
  if (key === 'ArrowDown') return otherSeries(points, pointed, 1)
  const last = (points[pointed.series]?.length ?? 1) - 1
  const page = Math.max(1, Math.round(last * pageShare))
  const steps: Record<string, number> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    PageUp: -page,
    PageDown: page,
    Home: -last,
    End: last,
  }
  return { ...pointed, index: Math.min(last, Math.max(0, pointed.index + (steps[key] ?? 0))) }
}
