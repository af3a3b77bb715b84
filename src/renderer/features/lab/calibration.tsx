import { formatDuration, formatSize } from '../../../shared/format.ts'
import { type CalibrationFigures, shareOf } from '../../../shared/lab/calibration.ts'
import { percentileOf } from '../../../shared/lab/distribution.ts'
import type { StepResult } from '../../../shared/lab/result.ts'
import { useLab } from '../../state/lab-store.ts'
import classes from './lab.module.css'

const percent = (share: number): string => `${Math.round(share * 100)} %`

function shares({ inprocNs, loopbackNs, messageBytes }: CalibrationFigures, step: StepResult | undefined): string {
  if (!step) return 'Start a run to see which share of its round trips that is.'
  const measured = percentileOf(step.service ?? step.latency, 50)
  if (measured === null) return ''
  const own = `Of the ${formatDuration(measured)} of the run that is shown first, ${percent(shareOf(inprocNs, measured))} is the instrument's own work, and ${percent(shareOf(loopbackNs, measured))} is what even an echo on this machine takes.`
  const other =
    step.messageBytes === messageBytes ? '' : ` That run's message has another size (${formatSize(step.messageBytes)}).`
  return own + other
}

/** What the instrument measured of itself, and how much of a run that is. */
export function CalibrationNote() {
  const calibration = useLab((lab) => lab.calibration)
  const step = useLab(({ shown }) => shown[0]?.run.steps[0])
  if (!calibration) return null
  const { inprocNs, loopbackNs, messageBytes } = calibration
  return (
    <section aria-label="Calibration" className={classes.calibration}>
      <p>
        <strong>The instrument itself</strong>, with {formatSize(messageBytes)} and one socket: p50{' '}
        {formatDuration(inprocNs)} over inproc, within one process; p50 {formatDuration(loopbackNs)} to its own echo in
        another process over TCP loopback. {shares(calibration, step)}
      </p>
    </section>
  )
}
