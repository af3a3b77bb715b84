import type { SocketEvent } from '../../shared/diagnosis/socket-event.ts'
import type { SocketSpec } from '../../shared/session/spec.ts'
import { type Secrets, securityKinds } from '../../shared/zmq/security.ts'
import { type OpenSocket, openSocket } from '../sockets/open-socket.ts'
import { credentialsOf } from './credentials.ts'
import { Guard, type GuardListener } from './guard.ts'

/** A socket with what secures it. */
export interface SecuredSocket {
  readonly open: OpenSocket
  /** The public half of its pair, in Z85; null without CURVE. */
  readonly ownKey: string | null
  /** Who decides about its clients; null for a socket that is no server. */
  readonly guard: Guard | null
  /** Resolves when the socket, which somebody else closes, and its guard have ended. */
  readonly ended: Promise<void>
}

/**
 * Opens a socket as `openSocket` does, secured as its spec says, with an authenticator where it is a server. Throws
 * `InspectorError`, and nothing is left then.
 */
export function openSecured(
  { pattern, options, security }: Pick<SocketSpec, 'pattern' | 'options' | 'security'>,
  secrets: Secrets,
  listen: (event: SocketEvent) => void,
  listener: GuardListener,
): SecuredSocket {
  const { properties, ownKey } = credentialsOf(security, secrets)
  if (!securityKinds[security.kind].isServer) {
    const open = openSocket(pattern, options, listen, { properties })
    return { open, ownKey, guard: null, ended: open.ended }
  }
  const guard = new Guard(security, secrets, options.handshakeInterval, listener)
  try {
    guard.open()
    const open = openSocket(pattern, options, listen, { properties, context: guard.context })
    return { open, ownKey, guard, ended: open.ended.then(() => guard.close()) }
  } catch (thrown) {
    void guard.close()
    throw thrown
  }
}
