import { adviceFor, detailsOf, finding } from '../shared/diagnosis/diagnosis.ts'
import { parseEndpoint } from '../shared/endpoint.ts'
import { InspectorError } from '../shared/errors.ts'
import type { Frame } from '../shared/message.ts'
import type { EchoServer } from './echo-server.ts'
import { reaches } from './lab/own-server.ts'

/**
 * Why the application's own server refused a lost request: one of its frames is above the server's limit. Null when it
 * went elsewhere, or was lost for another reason. The server logs the refusal.
 */
export async function refusalOf(
  server: EchoServer,
  endpoint: string,
  frames: readonly Frame[],
): Promise<InspectorError | null> {
  const { phase, endpoint: bound, maximumMessageBytes: limit } = server.state
  const bytes = Math.max(0, ...frames.map((frame) => frame.byteLength))
  if (phase !== 'listening' || bytes <= limit) return null
  const to = parseEndpoint(endpoint, 'connect', { ipv6: true })
  if (!(await reaches(to, parseEndpoint(bound, 'bind'), false))) return null
  server.refused(bytes)
  const found = finding('above-server-limit', { bytes, limit })
  return new InspectorError('request-lost', adviceFor(found).cause, detailsOf(found))
}
