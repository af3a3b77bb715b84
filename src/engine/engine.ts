import { context } from 'zeromq'
import type { ConnectionOptions, ConnectionState } from '../shared/connection.ts'
import { InspectorError } from '../shared/errors.ts'
import type { Exchange, Frame, SocketAttempt } from '../shared/message.ts'
import { wallClock } from './clock.ts'
import { Connection } from './connection.ts'
import { EchoServer, type ServerLimits } from './echo-server.ts'
import { FoldingLog } from './folding-log.ts'
import type { EngineHost } from './host.ts'
import { refusalOf } from './own-limit.ts'

// Unsent data must not keep the process alive; this must come before the first socket.
context.blocky = false
// libzmq's own limit is 1,023, and a connection takes three of them with its monitor: so the system's limit counts.
context.maxSockets = context.maxSocketsLimit

export interface Engine {
  readonly server: EchoServer
  /** The connection with this id. Throws `closed` when none was opened. */
  connection(id: string): Connection
  find(id: string): Connection | undefined
  open(id: string, endpoint: string, options: ConnectionOptions): ConnectionState
  send(id: string, frames: readonly Frame[], timeoutMs: number): Promise<Exchange>
  /** Closes the socket; the connection's figures are kept. */
  close(id: string): void
  /** Closes the socket and deletes the connection's figures. */
  remove(id: string): void
  list(): ConnectionState[]
  /** Every attempt to connect within the last minute, of all connections, the oldest first. */
  attempts(): SocketAttempt[]
  /**
   * Closes every socket. Pending exchanges end with `closed`. Afterwards nothing of the engine keeps the process alive.
   */
  dispose(): Promise<void>
}

/** Everything that touches ZeroMQ, for one host: the desktop's main process, the command line, or a test. */
export function createEngine(program: EngineHost, limits?: ServerLimits): Engine {
  const folding = new FoldingLog(program.log, wallClock)
  const host: EngineHost = { ...program, log: folding }
  const connections = new Map<string, Connection>()
  const server = new EchoServer(host, limits)

  /** Removed connections whose sockets are still closing. */
  const leaving = new Set<Promise<void>>()

  const notOpen = () => new InspectorError('closed', 'The connection is not open.')
  const connection = (id: string): Connection => {
    const known = connections.get(id)
    if (!known) throw notOpen()
    return known
  }

  return {
    server,
    connection,
    find: (id) => connections.get(id),
    open(id, endpoint, options) {
      const opened = connections.get(id) ?? new Connection(host, id, (to, frames) => refusalOf(server, to, frames))
      connections.set(id, opened)
      return opened.open(endpoint, options)
    },
    // Passed on directly: an async wrapper would delay every exchange by several turns.
    send: (id, frames, timeoutMs) => connections.get(id)?.send(frames, timeoutMs) ?? Promise.reject(notOpen()),
    close: (id) => connections.get(id)?.close(),
    remove(id) {
      const removed = connections.get(id)
      if (!removed) return
      connections.delete(id)
      const gone = removed.dispose().then(() => void leaving.delete(gone))
      leaving.add(gone)
    },
    list: () => [...connections.values()].map(({ state }) => state),
    attempts: () =>
      [...connections.values()].flatMap(({ attempts }) => attempts).sort((one, other) => one.at - other.at),
    async dispose() {
      await Promise.all([...[...connections.values()].map((each) => each.dispose()), ...leaving, server.stop()])
      folding.close()
    },
  }
}
