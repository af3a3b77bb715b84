import { parseEndpoint, reachableFromOutside } from '../../../shared/endpoint.ts'
import { InspectorError } from '../../../shared/errors.ts'
import type { SocketDraft } from '../../../shared/workspace.ts'
import { securityKinds } from '../../../shared/zmq/security.ts'

type Attachment = SocketDraft['attach'][number]

/** What the endpoint is as far as security goes; null for one that cannot be read. */
function readingOf({ how, endpoint }: Attachment): { readonly isInproc: boolean; readonly isLocal: boolean } | null {
  try {
    const parsed = parseEndpoint(endpoint, how, { ipv6: true })
    const isOut = how === 'bind' ? reachableFromOutside(parsed, {}) : !isLoopback(parsed)
    return { isInproc: parsed.scheme === 'inproc', isLocal: !isOut }
  } catch (thrown) {
    if (thrown instanceof InspectorError) return null
    throw thrown
  }
}

const loopback = /^(127\.|localhost$|\[?::1\]?$)/i

const isLoopback = (endpoint: ReturnType<typeof parseEndpoint>): boolean =>
  !('host' in endpoint) || loopback.test(endpoint.host)

/** What a person should know of the security of a socket that no error will say. */
export function securityNotes({ security, attach }: SocketDraft): readonly string[] {
  const readings = attach.map(readingOf).filter((each) => each !== null)
  const { kind, admits } = security
  const isPlain = kind === 'plain-client' || kind === 'plain-server'
  return [
    readings.some(({ isInproc }) => isInproc)
      ? securityKinds[kind].isServer
        ? 'inproc ignores security, so a server cannot use it.'
        : 'inproc ignores security.'
      : null,
    isPlain && readings.some(({ isLocal }) => !isLocal)
      ? 'PLAIN sends user name and password in clear text: everybody on the way can read them.'
      : null,
    kind === 'curve-server' && admits === 'anyone'
      ? 'Encrypted, not authenticated: whoever knows the server’s public key comes in.'
      : null,
  ].filter((note) => note !== null)
}
