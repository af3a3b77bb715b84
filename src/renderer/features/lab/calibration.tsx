import { formatDuration, formatSize } from '../../../shared/format.ts'
import { type CalibrationFigures, shareOf } from '../../../shared/lab/calibration.ts'
import { percentileOf } from '../../../shared/lab/distribution.ts'
import type { StepResult } from '../../../shared/lab/result.ts'
import { useLab } from '../../state/lab-store.ts'
import classes from './lab.module.css'

const percent = (share: number): string => `${Math.round(share * 100)} %`

function shares({ inprocNs, loopbackNs, messageBytes }: CalibrationFigures, step: StepResult | undefined): string {
  if (!step) return 'Start a run to see how much of its round trip this is.'
  const measured = percentileOf(step.service ?? step.latency, 50)
  if (measured === null) return ''
  const own = `In the first run shown (p50 ${formatDuration(measured)}), the instrument itself accounts for ${percent(shareOf(inprocNs, measured))}; a local echo would account for ${percent(shareOf(loopbackNs, measured))}.`
  const other =
    step.messageBytes === messageBytes
      ? ''
      : ` That run sent a different message size (${formatSize(step.messageBytes)}).`
  return own + other
}

/** What the instrument measured of itself, and its share of a run. */
export function CalibrationNote() {
  const calibration = useLab((lab) => lab.calibration)
  const step = useLab(({ shown }) => shown[0]?.run.steps[0])
  if (!calibration) return null
  const { inprocNs, loopbackNs, messageBytes } = calibration
  return (
    <details className={classes.fold} open>
      <summary>The instrument itself</summary>
      <section aria-label="Calibration" className={classes.calibration}>
        <p>
          With {formatSize(messageBytes)} and one socket: p50 {formatDuration(inprocNs)} over inproc in one process; p50{' '}
          {formatDuration(loopbackNs)} over TCP loopback to a local echo in another process. {shares(calibration, step)}
        </p>
      </section>
    </details>
  )
}
