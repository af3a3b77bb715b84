import { InspectorError } from '../shared/errors.ts'
import { formatDuration } from '../shared/format.ts'

/** Why a message that might wait was not sent: what was thrown, and after the time limit what it waited for. */
export function whyNotSent(thrown: unknown, hasPeer: boolean, timeoutMs: number): unknown {
  if (!(thrown instanceof InspectorError) || thrown.code !== 'timeout') return thrown
  const within = formatDuration(timeoutMs * 1e6)
  const why = hasPeer ? 'the peers do not keep up' : 'nobody is connected'
  return new InspectorError('timeout', `Not sent within ${within}: ${why}.`, undefined, { cause: thrown })
}
