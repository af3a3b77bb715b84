import { context, version } from 'zeromq'

export const libzmqVersion = version

/**
 * Prepares libzmq's context, which belongs to the process. Call this before the first socket. `mostSockets` limits its
 * sockets; without it they are as many as the system permits: libzmq's own limit is 1,023, and each socket with its monitor takes three.
 */
export function prepareContext(mostSockets = context.maxSocketsLimit): void {
  // Unsent data must not keep the process alive.
  context.blocky = false
  context.maxSockets = mostSockets
}
