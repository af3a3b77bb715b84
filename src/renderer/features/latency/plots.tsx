import { useMemo } from 'react'
import { HistogramPlot } from '../../../report/plots/histogram-plot.tsx'
import type { LatencySnapshot } from '../../../shared/latency/summary.ts'
import colours from '../../ui/plot-colours.module.css'
import classes from './latency.module.css'
import { Plot } from './plot.tsx'
import { legendOf, timelineData } from './round-trips.ts'
import { RoundTripsLegend } from './round-trips-legend.tsx'
import { RoundTripsPlot } from './round-trips-plot.tsx'

/** The plots of the round trips: how often each duration was, and the recent ones in order. */
export function Plots({ bars, timeline }: Pick<LatencySnapshot, 'bars' | 'timeline'>) {
  const series = useMemo(() => [{ name: '', colour: 0, bars }], [bars])
  const data = useMemo(() => timelineData(timeline), [timeline])
  return (
    <div className={`${colours.colours} ${classes.plots}`}>
      {bars.length > 0 ? (
        <Plot
          title="Distribution"
          draw={(surface) => <HistogramPlot {...surface} series={series} subject="round trips" />}
        />
      ) : (
        <p className={classes.empty}>No reply yet, so there is no distribution.</p>
      )}
      <Plot
        title="Recent round trips"
        draw={(surface) => <RoundTripsPlot {...surface} data={data} />}
        legend={<RoundTripsLegend entries={legendOf(data)} />}
      />
    </div>
  )
}
