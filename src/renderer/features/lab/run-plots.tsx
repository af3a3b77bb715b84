import { useCallback, useMemo } from 'react'
import { HistogramPlot } from '../../../report/plots/histogram-plot.tsx'
import { PercentilePlot } from '../../../report/plots/percentile-plot.tsx'
import { visibleText } from '../../../report/plots/plot-text.ts'
import type { DrawPlot } from '../../../report/plots/plot-to-svg.tsx'
import { RatePlot } from '../../../report/plots/rate-plot.tsx'
import { histogramSeriesOf, percentileSeries } from '../../../report/plots/step-series.ts'
import { SweepPlot } from '../../../report/plots/sweep-plot.tsx'
import { sweepSeries } from '../../../report/plots/sweep-series.ts'
import { TimelinePlot } from '../../../report/plots/timeline-plot.tsx'
import type { Distribution } from '../../../shared/lab/distribution.ts'
import { headingOf, kindOf, kindWords, subjectOfLoads } from '../../../shared/lab/kind.ts'
import type { LabRun } from '../../../shared/lab/result.ts'
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

const small = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)

interface Drawn {
  readonly name: string
  readonly distribution: Distribution
}

/** A single open-loop run shows service time next to response time, which includes the wait. */
function distributionsOf(steps: readonly ChosenStep[]): readonly Drawn[] {
  const [only] = steps
  if (steps.length === 1 && only?.step.service) {
    return [
      { name: small(headingOf(only.step.load)), distribution: only.step.latency },
      { name: small(kindWords[kindOf(only.step.load)].serviceHeading), distribution: only.step.service },
    ]
  }
  return steps.map(({ name, step }) => ({ name, distribution: step.latency }))
}

/** A sweep's results by step, with the other shown runs that swept over the same. */
function Sweep({ shown, subject }: { readonly shown: readonly ListedRun[]; readonly subject: string }) {
  const over = shown[0]?.run.settings.sweep?.over
  const runs = useMemo(
    () => shown.filter(({ run }) => run.settings.sweep?.over === over).map(({ run }, index) => sweepSeries(run, index)),
    [shown, over],
  )
  const draw = useCallback<DrawPlot>(
    (surface) => (over === undefined ? null : <SweepPlot {...surface} over={over} subject={subject} runs={runs} />),
    [runs, over, subject],
  )
  if (over === undefined) return null
  return <PlotFrame title={sweepWords[over].title} draw={draw} onSave={save} />
}

const isLike = (run: LabRun, other: LabRun | undefined): boolean =>
  other !== undefined && kindOf(run.settings.load) === kindOf(other.settings.load)

/** The plots of the shown runs. */
export function RunPlots({ shown }: { readonly shown: readonly ListedRun[] }) {
  const chosen = useLab((lab) => lab.step)
  const scale = useSettings(({ labScale }) => labScale)
  // Durations of different things have no place in one picture: those of the first kind are drawn.
  const ofKind = useMemo(() => shown.filter(({ run }) => isLike(run, shown[0]?.run)), [shown])
  const steps = useMemo(() => chosenSteps(ofKind, chosen), [ofKind, chosen])
  const [first] = steps
  const subject = subjectOfLoads(steps.map(({ step }) => step.load))
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
  const done = first === undefined ? '' : kindWords[kindOf(first.step.load)].done
  const rates = useCallback<DrawPlot>(
    (surface) => <RatePlot {...surface} done={done} slots={first?.step.slots ?? []} />,
    [first, done],
  )
  // An empty plot adds nothing to the findings.
  if (!first || first.step.counts.sent === 0) return null
  return (
    <div className={classes.plots}>
      <Sweep shown={ofKind} subject={subject} />
      {done === '' ? null : (
        <PlotFrame
          title={steps.length > 1 ? `Rate of ${visibleText(first.name)}` : `Rate of messages ${done}`}
          draw={rates}
          onSave={save}
        />
      )}
      <PlotFrame title="Percentiles" draw={percentiles} onSave={save} />
      <PlotFrame title="Distribution" draw={histogram} onSave={save} />
      <PlotFrame
        title={steps.length > 1 ? `Timeline of ${visibleText(first.name)}` : 'Timeline'}
        draw={timeline}
        onSave={save}
      />
    </div>
  )
}
