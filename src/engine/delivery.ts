import { InspectorError } from '../shared/errors.ts'
import { formatDuration } from '../shared/format.ts'
import type { Frame } from '../shared/message.ts'
import type { Port } from './sockets/port.ts'

/** Sends a message that may wait, for a peer and for room. Throws `InspectorError`; `timeout` says what was waited for. */
export async function sendInTime(port: Port, frames: readonly Frame[], timeoutMs: number): Promise<void> {
  try {
    await port.send(frames, timeoutMs)
  } catch (thrown) {
    if (!(thrown instanceof InspectorError) || thrown.code !== 'timeout') throw thrown
    const within = formatDuration(timeoutMs * 1e6)
    const why = port.hasPeer ? 'the peers do not keep up' : 'nobody is connected'
    throw new InspectorError('timeout', `Not sent within ${within}: ${why}.`, undefined, { cause: thrown })
  }
}
