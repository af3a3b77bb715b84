import { formatDuration, formatSize } from '../../../shared/format.ts'
import { type CalibrationFigures, shareOf } from '../../../shared/lab/calibration.ts'
import { clientNames } from '../../../shared/lab/client.ts'
import { percentileOf } from '../../../shared/lab/distribution.ts'
import type { LabRun } from '../../../shared/lab/result.ts'
import { useLab } from '../../state/lab-store.ts'
import classes from './lab.module.css'

const percent = (share: number): string => `${Math.round(share * 100)} %`

function shares({ ownNs, loopbackNs, messageBytes }: CalibrationFigures, run: LabRun | undefined): string {
  const step = run?.steps[0]
  if (!run || !step) return 'Start a run to see how much of its round trip this is.'
  const measured = percentileOf(step.service ?? step.latency, 50)
  if (measured === null) return ''
  const { client } = run.settings
  const own = `In the first run shown (p50 ${formatDuration(measured)}, measured with ${clientNames[client]}), the instrument itself accounts for ${percent(shareOf(ownNs[client], measured))}; a local echo would account for ${percent(shareOf(loopbackNs[client], measured))}.`
  const other =
    step.messageBytes === messageBytes
      ? ''
      : ` That run sent a different message size (${formatSize(step.messageBytes)}).`
  return own + other
}

/** What clients on libzmq pay for it. */
function costOfLibzmq({ loopbackNs: { zmtp, libzmq } }: CalibrationFigures): string {
  const costNs = libzmq - zmtp
  if (costNs <= 0) return 'This time libzmq was no slower: other programs disturb the measurement.'
  return `libzmq adds ${formatDuration(costNs)} to each round trip of its clients.`
}

/** What the instrument measured of itself, and its share of a run. */
export function CalibrationNote() {
  const calibration = useLab((lab) => lab.calibration)
  const run = useLab(({ shown }) => shown[0]?.run)
  if (!calibration) return null
  const { ownNs, loopbackNs, messageBytes } = calibration
  return (
    <details className={classes.fold} open>
      <summary>The instrument itself</summary>
      <section aria-label="Calibration" className={classes.calibration}>
        <p>
          With {formatSize(messageBytes)} and one socket: p50 {formatDuration(ownNs.libzmq)} over inproc in one process
          with libzmq; to a local echo in another process over TCP loopback, p50 {formatDuration(loopbackNs.libzmq)}{' '}
          with libzmq and {formatDuration(loopbackNs.zmtp)} with ZMTP, which itself works for{' '}
          {formatDuration(ownNs.zmtp)} of it. {costOfLibzmq(calibration)} {shares(calibration, run)}
        </p>
      </section>
    </details>
  )
}
