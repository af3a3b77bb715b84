import type { LatencySnapshot } from '../../../shared/latency/summary.ts'
import { Histogram } from './histogram.tsx'
import classes from './latency.module.css'
import { Timeline } from './timeline.tsx'

/** The plots of the round trips. */
export function Plots({ bars, timeline }: Pick<LatencySnapshot, 'bars' | 'timeline'>) {
  return (
    <div className={classes.plots}>
      {bars.length > 0 ? (
        <Histogram bars={bars} />
      ) : (
        <p className={classes.empty}>No reply yet, so there is no distribution.</p>
      )}
      <Timeline samples={timeline} />
    </div>
  )
}
