import { adviceFor, detailsOf, finding } from '../shared/diagnosis/diagnosis.ts'
import { parseEndpoint } from '../shared/endpoint.ts'
import { InspectorError } from '../shared/errors.ts'
import type { Frame } from '../shared/message.ts'
import { isBoundAt } from './own-sessions.ts'
import type { Session } from './session.ts'

/**
 * Why a session of this application refused a lost request: one of its frames is above the session's limit. Null when it
 * went elsewhere, or was lost for another reason. The session logs the refusal.
 */
export async function refusalOf(
  sessions: Iterable<Session>,
  endpoint: string,
  frames: readonly Frame[],
): Promise<InspectorError | null> {
  const bytes = Math.max(0, ...frames.map((frame) => frame.byteLength))
  const to = parseEndpoint(endpoint, 'connect', { ipv6: true })
  for (const { streamer } of sessions) {
    const limit = streamer?.state.spec.options.maximumMessageSize ?? -1
    if (!streamer || limit < 0 || bytes <= limit || !(await isBoundAt(streamer.state, to, false))) continue
    streamer.refused(bytes)
    const found = finding('above-server-limit', { bytes, limit })
    return new InspectorError('request-lost', adviceFor(found).cause, detailsOf(found))
  }
  return null
}
