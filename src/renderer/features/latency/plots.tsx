import type { LatencySnapshot } from '../../../shared/latency/summary.ts'
import { Histogram } from './histogram.tsx'
import classes from './latency.module.css'
import { Timeline } from './timeline.tsx'

/** The plots of the round trips. */
export function Plots({ bars, timeline }: Pick<LatencySnapshot, 'bars' | 'timeline'>) {
  return (
    <div className={classes.plots}>
      <Histogram bars={bars} />
      <Timeline samples={timeline} />
    </div>
  )
}
