import { useCallback, useMemo } from 'react'
import { HistogramPlot } from '../../../report/plots/histogram-plot.tsx'
import type { DrawPlot } from '../../../report/plots/plot-to-svg.tsx'
import { histogramSeriesOf } from '../../../report/plots/step-series.ts'
import { TimelinePlot } from '../../../report/plots/timeline-plot.tsx'
import { kindWords } from '../../../shared/lab/kind.ts'
import type { LiveStep } from '../../../shared/lab/progress.ts'
import type { LabDraft } from '../../../shared/workspace.ts'
import { useSettings } from '../../state/settings-store.ts'
import { useWorkspace } from '../../state/workspace-store.ts'
import classes from './lab.module.css'
import { PlotFrame } from './plots/plot-frame.tsx'

function subjectOfForm({ measure, model }: LabDraft): string {
  const { subject, subjectAtRate } = kindWords[measure]
  return measure === 'round-trips' && model === 'open' ? subjectAtRate : subject
}

const summary = 'p50, p99 and max over time'

/** Distribution and timeline of the step that is being measured, renewed twice a second. */
export function LivePlots({ live }: { readonly live: LiveStep }) {
  const scale = useSettings(({ labScale }) => labScale)
  // The form cannot be changed while a run is made.
  const subject = useWorkspace(({ lab }) => subjectOfForm(lab))
  const { latency, slots } = live
  // What is told meanwhile is too coarse for bars of one width.
  const bars = useMemo(() => histogramSeriesOf([{ name: 'so far', distribution: latency }], 'logarithmic'), [latency])
  const histogram = useCallback<DrawPlot>(
    (surface) => <HistogramPlot {...surface} subject={subject} series={bars} scale="logarithmic" />,
    [bars, subject],
  )
  const timeline = useCallback<DrawPlot>(
    (surface) => <TimelinePlot {...surface} subject={subject} slots={slots} summary={summary} scale={scale} />,
    [slots, scale, subject],
  )
  return (
    <div className={`${classes.plots} ${classes.livePlots}`}>
      <PlotFrame title="Distribution so far" draw={histogram} />
      <PlotFrame title="Timeline so far" draw={timeline} />
    </div>
  )
}
