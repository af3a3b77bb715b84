import { Progress } from '@mantine/core'
import { formatCount, formatDuration, formatElapsed, formatRate } from '../../../shared/format.ts'
import type { LabKind } from '../../../shared/lab/kind.ts'
import type { LabProgress } from '../../../shared/lab/progress.ts'
import { useLabState } from '../../state/lab-state-store.ts'
import { useWorkspace } from '../../state/workspace-store.ts'
import classes from './lab.module.css'
import { LivePlots } from './live-plots.tsx'

const phases: Record<LabProgress['phase'], string> = {
  connecting: 'Connecting',
  'warming-up': 'Warming up',
  measuring: 'Measuring',
  finishing: 'Waiting for the last',
}

const duration = (nanoseconds: number | null): string => (nanoseconds === null ? '–' : formatDuration(nanoseconds))

/** What is counted. */
const doneWords: Readonly<Record<LabKind, string>> = {
  'round-trips': 'replies',
  flood: 'accepted',
  'one-way': 'delivered',
}
/** What the durations are of, where that is not said above. */
const timedWords: Readonly<Record<LabKind, string>> = { 'round-trips': '', flood: 'write ', 'one-way': '' }

const figuresOf = (progress: LabProgress, kind: LabKind): readonly (readonly [name: string, value: string])[] => [
  [doneWords[kind], formatCount(progress.replied)],
  ['timeouts', formatCount(progress.timedOut)],
  ['errors', formatCount(progress.failed)],
  ['throughput', formatRate(progress.throughputPerSecond)],
  [`${timedWords[kind]}p50`, duration(progress.p50Ns)],
  [`${timedWords[kind]}p90`, duration(progress.p90Ns)],
  [`${timedWords[kind]}p99`, duration(progress.p99Ns)],
  [`${timedWords[kind]}max`, duration(progress.maxNs)],
]

/** How far a run or a calibration is: a line and a bar. */
export function RunProgress() {
  const activity = useLabState((lab) => lab.activity)
  const progress = useLabState((lab) => lab.progress)
  if (activity === 'idle') return null
  const what = progress === null ? 'Starting' : phases[progress.phase]
  const step = progress !== null && progress.steps > 1 ? `, ${progress.step + 1} of ${progress.steps}` : ''
  const left = progress?.remainingMs == null ? '' : `${formatElapsed(progress.remainingMs)} left`
  return (
    <div className={classes.progress}>
      <div className={classes.progressLine}>
        <span role="status" aria-label="Run state">
          {activity === 'calibrating' ? 'Calibrating: ' : ''}
          {what}
          {step}
        </span>
        <span className="tabular">{left}</span>
      </div>
      <Progress.Root size="sm" transitionDuration={0}>
        <Progress.Section value={(progress?.fraction ?? 0) * 100} aria-label="Run progress" />
      </Progress.Root>
    </div>
  )
}

/** What a run or a calibration has measured so far; of a run, also as plots. */
export function LiveFigures() {
  const activity = useLabState((lab) => lab.activity)
  const progress = useLabState((lab) => lab.progress)
  // The form cannot be changed while a run is made.
  const kind = useWorkspace(({ lab }) => lab.measure)
  if (activity === 'idle' || progress === null) return null
  return (
    <>
      <dl className={classes.live}>
        {figuresOf(progress, activity === 'running' ? kind : 'round-trips').map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="tabular">{value}</dd>
          </div>
        ))}
      </dl>
      {progress.live && activity === 'running' ? <LivePlots live={progress.live} /> : null}
    </>
  )
}
