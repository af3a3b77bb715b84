import { useCallback, useMemo } from 'react'
import { HistogramPlot } from '../../../report/plots/histogram-plot.tsx'
import { PercentilePlot } from '../../../report/plots/percentile-plot.tsx'
import type { DrawPlot } from '../../../report/plots/plot-to-svg.tsx'
import { histogramSeries, percentileSeries } from '../../../report/plots/step-series.ts'
import { SweepPlot } from '../../../report/plots/sweep-plot.tsx'
import { sweepSeries } from '../../../report/plots/sweep-series.ts'
import { TimelinePlot } from '../../../report/plots/timeline-plot.tsx'
import type { Distribution } from '../../../shared/lab/distribution.ts'
import type { StepResult } from '../../../shared/lab/result.ts'
import { distinctNames, type ListedRun, whenMade } from '../../../shared/lab/run-order.ts'
import { stepInWords } from '../../../shared/lab/words.ts'
import { call } from '../../api.ts'
import { useLab } from '../../state/lab-store.ts'
import classes from './lab.module.css'
import { PlotFrame } from './plots/plot-frame.tsx'

async function save(name: string, bytes: Uint8Array): Promise<void> {
  await call('file.save', { name, bytes })
}

interface Drawn {
  readonly name: string
  readonly distribution: Distribution
}

/** One step of each run: the chosen one, the one of the same size or rate, or the only one. */
function chosenSteps(shown: readonly ListedRun[], chosen: number): readonly { name: string; step: StepResult }[] {
  const names = distinctNames(
    shown.map(({ run }) => run),
    whenMade,
  )
  const at = shown[0]?.run.steps[chosen]?.at ?? null
  return shown.flatMap(({ run }, index) => {
    const step =
      (index === 0 ? run.steps[chosen] : run.steps.find((each) => each.at === at)) ??
      (run.steps.length === 1 ? run.steps[0] : undefined)
    if (!step) return []
    const where = stepInWords(run.settings, step.at)
    const name = names[index] ?? run.name
    return [{ name: where === null ? name : `${name}, ${where}`, step }]
  })
}

/** A single open-loop run shows service time next to response time, which includes the wait. */
function distributionsOf(steps: ReturnType<typeof chosenSteps>): readonly Drawn[] {
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
  return <PlotFrame title={over === 'size' ? 'Over message sizes' : 'Over rates'} draw={draw} onSave={save} />
}

/** The plots of the shown runs. */
export function RunPlots({ shown }: { readonly shown: readonly ListedRun[] }) {
  const chosen = useLab((lab) => lab.step)
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
  const bars = useMemo(
    () => drawn.map(({ name, distribution }, index) => histogramSeries(name, index, distribution)),
    [drawn],
  )
  const percentiles = useCallback<DrawPlot>(
    (surface) => <PercentilePlot {...surface} subject={subject} series={curves} />,
    [curves, subject],
  )
  const histogram = useCallback<DrawPlot>(
    (surface) => <HistogramPlot {...surface} subject={subject} series={bars} />,
    [bars, subject],
  )
  const timeline = useCallback<DrawPlot>(
    (surface) => <TimelinePlot {...surface} subject={subject} slots={first?.step.slots ?? []} />,
    [first, subject],
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
