import { useCallback, useMemo } from 'react'
import { HistogramPlot } from '../../../report/plots/histogram-plot.tsx'
import { PercentilePlot } from '../../../report/plots/percentile-plot.tsx'
import type { DrawPlot } from '../../../report/plots/plot-to-svg.tsx'
import { histogramSeriesOf, percentileSeries } from '../../../report/plots/step-series.ts'
import { SweepPlot } from '../../../report/plots/sweep-plot.tsx'
import { sweepSeries } from '../../../report/plots/sweep-series.ts'
import { TimelinePlot } from '../../../report/plots/timeline-plot.tsx'
import type { Distribution } from '../../../shared/lab/distribution.ts'
import type { ListedRun } from '../../../shared/lab/run-order.ts'
import { sweepWords } from '../../../shared/lab/sweep.ts'
import { call } from '../../api.ts'
import { useLab } from '../../state/lab-store.ts'
import { useSettings } from '../../state/settings-store.ts'
import { type ChosenStep, chosenSteps } from './chosen-steps.ts'
import classes from './lab.module.css'
import { PlotFrame } from './plots/plot-frame.tsx'

async function save(name: string, bytes: Uint8Array): Promise<void> {
  await call('file.save', { name, bytes })
}

interface Drawn {
  readonly name: string
  readonly distribution: Distribution
}

/** A single open-loop run shows service time next to response time, which includes the wait. */
function distributionsOf(steps: readonly ChosenStep[]): readonly Drawn[] {
  const [only] = steps
  if (steps.length === 1 && only?.step.service) {
    return [
      { name: 'response time', distribution: only.step.latency },
      { name: 'service time', distribution: only.step.service },
    ]
  }
  return steps.map(({ name, step }) => ({ name, distribution: step.latency }))
}

/** A sweep's results by step, with the other shown runs that swept over the same. */
function Sweep({ shown }: { readonly shown: readonly ListedRun[] }) {
  const over = shown[0]?.run.settings.sweep?.over
  const runs = useMemo(
    () => shown.filter(({ run }) => run.settings.sweep?.over === over).map(({ run }, index) => sweepSeries(run, index)),
    [shown, over],
  )
  const draw = useCallback<DrawPlot>(
    (surface) => (over === undefined ? null : <SweepPlot {...surface} over={over} subject="latencies" runs={runs} />),
    [runs, over],
  )
  if (over === undefined) return null
  return <PlotFrame title={sweepWords[over].title} draw={draw} onSave={save} />
}

/** The plots of the shown runs. */
export function RunPlots({ shown }: { readonly shown: readonly ListedRun[] }) {
  const chosen = useLab((lab) => lab.step)
  const scale = useSettings(({ labScale }) => labScale)
  const steps = useMemo(() => chosenSteps(shown, chosen), [shown, chosen])
  const [first] = steps
  const open = steps.some(({ step }) => step.load.model === 'open')
  const subject = open ? 'response times' : 'round trips'
  const drawn = useMemo(() => distributionsOf(steps), [steps])
  // Memoised: pointer moves must not recompute them.
  const curves = useMemo(
    () => drawn.map(({ name, distribution }, index) => percentileSeries(name, index, distribution)),
    [drawn],
  )
  const bars = useMemo(() => histogramSeriesOf(drawn, scale), [drawn, scale])
  const percentiles = useCallback<DrawPlot>(
    (surface) => <PercentilePlot {...surface} subject={subject} series={curves} scale={scale} />,
    [curves, subject, scale],
  )
  const histogram = useCallback<DrawPlot>(
    (surface) => <HistogramPlot {...surface} subject={subject} series={bars} scale={scale} />,
    [bars, subject, scale],
  )
  const timeline = useCallback<DrawPlot>(
    (surface) => <TimelinePlot {...surface} subject={subject} slots={first?.step.slots ?? []} scale={scale} />,
    [first, subject, scale],
  )
  // An empty plot adds nothing to the findings.
  if (!first || first.step.counts.sent === 0) return null
  return (
    <div className={classes.plots}>
      <Sweep shown={shown} />
      <PlotFrame title="Percentiles" draw={percentiles} onSave={save} />
      <PlotFrame title="Distribution" draw={histogram} onSave={save} />
      <PlotFrame title={steps.length > 1 ? `Timeline of ${first.name}` : 'Timeline'} draw={timeline} onSave={save} />
    </div>
  )
}
