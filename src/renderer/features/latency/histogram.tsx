import { useMemo } from 'react'
import uPlot from 'uplot'
import { formatCount, formatDuration } from '../../../shared/format.ts'
import type { HistogramBar } from '../../../shared/latency/summary.ts'
import { Plot, type PlotPlan } from './plot.tsx'

const bars = uPlot.paths.bars?.({ size: [0.9, 100], align: 1 })

const decade = (value: number, round: (value: number) => number): number => 10 ** round(Math.log10(Math.max(1, value)))

const plan: PlotPlan = ({ accent, axis }) => ({
  scales: {
    // Whole decades, so that there is always a mark next to a bar.
    x: { time: false, distr: 3, range: (_plot, low, high) => [decade(low, Math.floor), decade(high, Math.ceil)] },
    y: { range: (_plot, _low, high) => [0, Math.max(1, high)] },
  },
  legend: { show: false },
  cursor: { y: false, drag: { x: false, y: false } },
  axes: [
    {
      ...axis,
      values: (_plot, splits) => splits.map((value) => (Math.log10(value) % 1 === 0 ? formatDuration(value) : '')),
    },
    { ...axis, values: (_plot, splits) => splits.map((value) => (Number.isInteger(value) ? formatCount(value) : '')) },
  ],
  series: [{}, { fill: accent, stroke: accent, width: 0, points: { show: false }, ...(bars ? { paths: bars } : {}) }],
})

/** Distribution of the round trips, on a logarithmic axis with ten bars per decade. */
export function Histogram({ bars: data }: { readonly bars: readonly HistogramBar[] }) {
  const columns = useMemo((): uPlot.AlignedData => {
    const last = data.at(-1)
    // A trailing empty column gives the last bar its width.
    return [
      [...data.map(({ fromNs }) => fromNs), last?.toNs ?? 1],
      [...data.map(({ count }) => count), 0],
    ]
  }, [data])
  const describe = (index: number): string => {
    const bar = data[index]
    return bar ? `${formatDuration(bar.fromNs)} to ${formatDuration(bar.toNs)}: ${formatCount(bar.count)}` : ''
  }
  return <Plot title="Distribution" plan={plan} data={columns} describe={describe} />
}
