import { context } from 'zeromq'
import type { ConnectionOptions, ConnectionState } from '../shared/connection.ts'
import { InspectorError } from '../shared/errors.ts'
import type { Exchange, Frame } from '../shared/message.ts'
import { Connection } from './connection.ts'
import { EchoServer, type ServerLimits } from './echo-server.ts'
import type { EngineHost } from './host.ts'

// Unsent data must never keep the process from ending; this has to come before the first socket.
context.blocky = false

export interface Engine {
  readonly server: EchoServer
  /** The connection under this id, made when it is not there yet. */
  connection(id: string): Connection
  open(id: string, endpoint: string, options: ConnectionOptions): ConnectionState
  send(id: string, frames: readonly Frame[], timeoutMs: number): Promise<Exchange>
  /** Closes the socket; the figures of the connection stay. */
  close(id: string): void
  /** Closes the socket and forgets the connection with its figures. */
  remove(id: string): void
  list(): ConnectionState[]
  /** Closes every socket. Pending exchanges end with `closed`. Nothing of the engine keeps the process alive then. */
  dispose(): Promise<void>
}

/** Everything that touches ZeroMQ, for one host: the desktop's main process, the command line, or a test. */
export function createEngine(host: EngineHost, limits?: ServerLimits): Engine {
  const connections = new Map<string, Connection>()
  const server = new EchoServer(host, limits)

  const connection = (id: string): Connection => {
    const known = connections.get(id)
    if (known) return known
    const made = new Connection(host, id)
    connections.set(id, made)
    return made
  }

  return {
    server,
    connection,
    open: (id, endpoint, options) => connection(id).open(endpoint, options),
    send(id, frames, timeoutMs) {
      const known = connections.get(id)
      if (!known) return Promise.reject(new InspectorError('closed', 'The connection is not open.'))
      return known.send(frames, timeoutMs)
    },
    close: (id) => connections.get(id)?.close(),
    remove(id) {
      connections.get(id)?.close()
      connections.delete(id)
    },
    list: () => [...connections.values()].map(({ state }) => state),
    async dispose() {
      await Promise.all([...[...connections.values()].map((each) => each.dispose()), server.stop()])
    },
  }
}
