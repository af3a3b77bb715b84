import { useMemo, useRef, useState } from 'react'
import type uPlot from 'uplot'
import { formatClock, formatDuration } from '../../../shared/format.ts'
import type { LatencySample } from '../../../shared/latency/summary.ts'
import { Plot, type PlotPlan } from './plot.tsx'
import { legendOf, timelineData } from './timeline-data.ts'
import { TimelineLegend } from './timeline-legend.tsx'
import { drawPauses, drawTimeouts, rugHeight } from './timeline-marks.ts'

const secondMs = 1000
/** Free space at both ends, as a share of the axis. */
const margin = 0.02

/** The time at an axis mark, with milliseconds when marks are less than a second apart. */
function clockAt(epochMs: number | null, stepMs: number): string {
  if (epochMs === null) return ''
  const clock = formatClock(epochMs)
  return stepMs < secondMs ? clock.slice(3) : clock.slice(0, 8)
}

/** A lone sample stands in the middle of a second. */
function rangeAround(_plot: uPlot, low: number | null, high: number | null): [number, number] {
  const [from, to] = [low ?? 0, high ?? 0]
  const space = to > from ? (to - from) * margin : secondMs / 2
  return [from - space, to + space]
}

interface PlanOptions {
  readonly timeAt: (position: number) => number | null
  /** Without replies there is nothing to measure heights by. */
  readonly hasReplies: () => boolean
}

function planOf({ timeAt, hasReplies }: PlanOptions): PlotPlan {
  const marked: uPlot.Axis.Filter = (_plot, splits) => (hasReplies() ? splits : splits.map(() => null))
  return ({ accent, alarm, axis, ink }) => ({
    padding: [rugHeight, null, null, null],
    scales: {
      x: { time: false, range: rangeAround },
      y: { range: (_plot, _low, high) => [0, Math.max(1, high ?? 1) * 1.05] },
      marks: { range: [0, 1] },
    },
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false } },
    axes: [
      {
        ...axis,
        space: 80,
        values: (_plot, splits, _axis, _space, step) => splits.map((value) => clockAt(timeAt(value), step)),
      },
      {
        ...axis,
        filter: marked,
        grid: { ...axis.grid, filter: marked },
        ticks: { ...axis.ticks, filter: marked },
        values: (_plot, splits) => splits.map((value) => (value === null ? '' : formatDuration(value))),
      },
    ],
    series: [
      {},
      { stroke: accent, width: 1, points: { show: true, size: 4, fill: accent } },
      { scale: 'marks', paths: () => null, points: { show: false } },
      { scale: 'marks', paths: () => null, points: { show: false } },
    ],
    hooks: {
      drawAxes: [(plot) => drawPauses(plot, ink)],
      draw: [(plot) => drawTimeouts(plot, alarm)],
    },
  })
}

/**
 * The recent round trips in order. A timeout is a cross above the plot, because it has no round trip, and a pause is a
 * hatched band of fixed width (see `timeAxis`).
 */
export function Timeline({ samples }: { readonly samples: readonly LatencySample[] }) {
  const data = useMemo(() => timelineData(samples), [samples])
  const latest = useRef(data)
  latest.current = data
  // The plan outlives the data: another one would make another plot.
  const [plan] = useState(() =>
    planOf({
      timeAt: (position) => latest.current.axis.timeAt(position),
      hasReplies: () => latest.current.replies > 0,
    }),
  )
  return (
    <Plot
      title="Recent round trips"
      plan={plan}
      data={data.columns}
      describe={(index) => data.words[index] ?? ''}
      legend={<TimelineLegend entries={legendOf(data)} />}
    />
  )
}
