import { adviceFor, detailsOf, finding } from '../shared/diagnosis/diagnosis.ts'
import { InspectorError } from '../shared/errors.ts'
import { formatDuration } from '../shared/format.ts'

/** Why a message that might wait was not sent: what was thrown, and after the time limit what it waited for. */
export function whyNotSent(thrown: unknown, hasPeer: boolean, timeoutMs: number): unknown {
  if (!(thrown instanceof InspectorError) || thrown.code !== 'timeout') return thrown
  const nobody = finding('nobody-connected', { timeoutMs })
  const why = hasPeer
    ? `Not sent within ${formatDuration(timeoutMs * 1e6)}: the peers do not keep up.`
    : adviceFor(nobody).cause
  return new InspectorError('timeout', why, hasPeer ? undefined : detailsOf(nobody), { cause: thrown })
}
