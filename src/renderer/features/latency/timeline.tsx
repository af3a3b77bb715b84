import { useMemo } from 'react'
import type uPlot from 'uplot'
import { formatClock, formatDuration } from '../../../shared/format.ts'
import type { LatencySample } from '../../../shared/latency/summary.ts'
import { Plot, type PlotPlan } from './plot.tsx'

const secondMs = 1000

/** The time at an axis mark, with milliseconds when marks are less than a second apart. */
function clockAt(epochMs: number, stepMs: number): string {
  const clock = formatClock(epochMs)
  return stepMs < secondMs ? clock.slice(3) : clock.slice(0, 8)
}

const plan: PlotPlan = ({ accent, alarm, axis }) => ({
  scales: { x: { time: false }, y: { range: (_plot, _low, high) => [0, Math.max(1, high) * 1.05] } },
  legend: { show: false },
  cursor: { y: false, drag: { x: false, y: false } },
  axes: [
    { ...axis, space: 80, values: (_plot, splits, _axis, _space, step) => splits.map((value) => clockAt(value, step)) },
    { ...axis, values: (_plot, splits) => splits.map((value) => formatDuration(value)) },
  ],
  series: [
    {},
    { stroke: accent, width: 1, points: { show: true, size: 4, fill: accent } },
    { stroke: alarm, width: 0, paths: () => null, points: { show: true, size: 8, fill: alarm, width: 0 } },
  ],
})

/** The recent round trips in order; a timeout is a large mark at the top. */
export function Timeline({ samples }: { readonly samples: readonly LatencySample[] }) {
  const columns = useMemo((): uPlot.AlignedData => {
    const [only, second] = samples
    // uPlot would centre a lone sample in a range of hours; an empty sample one second later keeps the scale readable.
    if (only && !second) {
      const { at, roundTripNs } = only
      return [
        [at, at + secondMs],
        [roundTripNs, null],
        [roundTripNs === null ? 1 : null, null],
      ]
    }
    const slowest = samples.reduce((most, { roundTripNs }) => Math.max(most, roundTripNs ?? 0), 1)
    return [
      samples.map(({ at }) => at),
      samples.map(({ roundTripNs }) => roundTripNs),
      samples.map(({ roundTripNs }) => (roundTripNs === null ? slowest : null)),
    ]
  }, [samples])
  const describe = (index: number): string => {
    const sample = samples[index]
    if (!sample) return ''
    const what = sample.roundTripNs === null ? 'timeout' : formatDuration(sample.roundTripNs)
    return `${formatClock(sample.at)}: ${what}${sample.first ? ' (first)' : ''}`
  }
  return <Plot title="Recent round trips" plan={plan} data={columns} describe={describe} />
}
