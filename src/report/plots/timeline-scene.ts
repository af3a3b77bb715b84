import { scaleLinear } from 'd3-scale'
import { area as areaPath, line as linePath } from 'd3-shape'
import type { Slot } from '../../shared/lab/result.ts'
import { type DurationAxis, type DurationScale, durationAxis } from './duration-scale.ts'
import { type Axes, isBare, layOut } from './layout.ts'
import { type Loss, lossesOf, lossRowHeight } from './losses.tsx'
import type { PlotPoint } from './points.ts'
import { timeTicks } from './ticks.ts'
import { groupsOf, type Stretch, stretchesOf } from './timeline-data.ts'

export interface TimelineScene {
  readonly axes: Axes
  /** p50 to p99 with both edges: paths, one of each per run of intervals without a gap. */
  readonly bands: readonly { readonly area: string; readonly p50: string; readonly p99: string }[]
  readonly largest: readonly { readonly x: number; readonly y: number }[]
  readonly timedOut: readonly Loss[]
  readonly failed: readonly Loss[]
  /** The middle of the row of marks, in pixels. */
  readonly timedOutY: number
  readonly failedY: number
  readonly points: readonly PlotPoint[]
}

interface SceneRequest {
  readonly slots: readonly Slot[]
  /** What was measured, in the plural: `round trips`. */
  readonly subject: string
  readonly width: number
  readonly height: number
  /** Height of the legend, in pixels. */
  readonly above: number
  readonly colour: string
  /** Undefined chooses one that shows most. */
  readonly scale?: DurationScale | undefined
}

/**
 * Above this ratio of the maximum to the typical p99, a linear axis would flatten everything else, so a logarithmic one
 * is used.
 */
const mostLinearRatio = 12
/** Least width of an interval, in pixels. */
const leastStretch = 3

function axisOf(stretches: readonly Stretch[], scale: DurationScale | undefined): DurationAxis {
  const figures = stretches.flatMap((stretch) => (stretch.figures ? [stretch.figures] : []))
  const largest = Math.max(1, ...figures.map((each) => each.largest))
  const least = Math.max(1, Math.min(...figures.map((each) => each.p50)))
  const usual = figures.map(({ p99 }) => p99).sort((one, other) => one - other)[Math.floor(figures.length / 2)] ?? 1
  if (figures.length === 0) return { ...durationAxis('linear', 0, largest * 1.06, 'y'), ticks: () => [] }
  const chosen = scale ?? (largest <= Math.max(1, usual) * mostLinearRatio ? 'linear' : 'logarithmic')
  return chosen === 'linear'
    ? durationAxis(chosen, 0, largest * 1.06, 'y')
    : durationAxis(chosen, least / 1.25, largest * 1.25, 'y')
}

interface Edge {
  readonly x: number
  readonly low: number
  readonly high: number
}

/** The midpoints of a group's intervals, plus its two ends, so that a single interval also has a line. */
function edgesOf(group: readonly Stretch[], xOf: (ms: number) => number, yOf: (ns: number) => number): Edge[] {
  const edges = group.map(({ fromMs, toMs, figures }) => ({
    x: xOf((fromMs + toMs) / 2),
    low: yOf(figures?.p50 ?? 0),
    high: yOf(figures?.p99 ?? 0),
  }))
  const [first] = edges
  const last = edges.at(-1)
  if (!first || !last) return []
  return [{ ...first, x: xOf(group[0]?.fromMs ?? 0) }, ...edges, { ...last, x: xOf(group.at(-1)?.toMs ?? 0) }]
}

export function timelineScene({ slots, subject, width, height, above, colour, scale }: SceneRequest): TimelineScene {
  const stretches = stretchesOf(slots, width / leastStretch, subject)
  const longest = Math.max(1, ...stretches.map(({ toMs }) => toMs))
  const bare = isBare({ width, height })
  const hasLost = (kind: 'timedOut' | 'failed') => !bare && stretches.some((stretch) => stretch[kind] > 0)
  const rows = { timedOut: hasLost('timedOut') ? lossRowHeight : 0, failed: hasLost('failed') ? lossRowHeight : 0 }
  const durations = axisOf(stretches, scale)
  const alongWidth = (left: number, right: number) => scaleLinear([0, longest], [left, right])
  const axes = layOut({
    width,
    height,
    above: above + rows.timedOut + rows.failed,
    xTicks: (left, right) => timeTicks(longest, alongWidth(left, right)),
    yTicks: (top, bottom) => durations.ticks(bottom, top),
  })
  const xOf = alongWidth(axes.area.left, axes.area.right)
  const yOf = durations.place(axes.area.bottom, axes.area.top)
  const groups = groupsOf(stretches).map((group) => edgesOf(group, xOf, yOf))
  const band = areaPath<Edge>(
    ({ x }) => x,
    ({ low }) => low,
    ({ high }) => high,
  ).digits(1)
  const p50 = linePath<Edge>(
    ({ x }) => x,
    ({ low }) => low,
  ).digits(1)
  const p99 = linePath<Edge>(
    ({ x }) => x,
    ({ high }) => high,
  ).digits(1)
  return {
    axes,
    bands: groups.map((edges) => ({ area: band(edges) ?? '', p50: p50(edges) ?? '', p99: p99(edges) ?? '' })),
    largest: stretches.flatMap(({ fromMs, toMs, figures }) =>
      figures ? [{ x: xOf((fromMs + toMs) / 2), y: yOf(figures.largest) }] : [],
    ),
    timedOut: rows.timedOut > 0 ? lossesOf(stretches, 'timedOut', xOf) : [],
    failed: rows.failed > 0 ? lossesOf(stretches, 'failed', xOf) : [],
    timedOutY: above + lossRowHeight / 2,
    failedY: above + rows.timedOut + lossRowHeight / 2,
    points: stretches.map(({ fromMs, toMs, figures, words }) => ({
      x: xOf((fromMs + toMs) / 2),
      y: figures ? yOf(figures.p50) : null,
      others: figures ? [yOf(figures.p99), yOf(figures.largest)] : [],
      colour,
      words,
    })),
  }
}
