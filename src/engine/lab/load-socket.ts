import type { ConnectionOptions } from '../../shared/connection.ts'
import { adviceFor } from '../../shared/diagnosis/diagnosis.ts'
import type { SocketEvent } from '../../shared/diagnosis/socket-event.ts'
import { InspectorError } from '../../shared/errors.ts'
import type { Frame } from '../../shared/message.ts'
import { type RawExchange, RequestSocket } from '../exchange.ts'
import { LinkWatcher } from '../link-watcher.ts'

export interface LoadSocketPlan {
  readonly endpoint: string
  readonly options: ConnectionOptions
  /** For one exchange. */
  readonly timeoutMs: number
  readonly frames: readonly Frame[]
}

const nothing = (): void => undefined

/** Bounds of the time limit for connecting, whatever the exchange timeout is. */
const shortestConnectMs = 1000
const longestConnectMs = 5000

/** A REQ socket of a load, replaced after a failure. It makes one exchange at a time. */
export class LoadSocket {
  readonly #link = new LinkWatcher(nothing)
  readonly #handshakes: boolean
  #socket: RequestSocket | undefined
  #closed = false
  /** Sockets that are still closing; waited for at the end. */
  readonly #closingSockets = new Set<Promise<void>>()
  /** How often a socket was replaced. */
  reconnects = 0

  constructor(private readonly plan: LoadSocketPlan) {
    this.#handshakes = !plan.endpoint.startsWith('inproc:')
  }

  /** Nanoseconds from connect to handshake of the current socket; null without one. */
  get connectNs(): number | null {
    return this.#link.connectNs
  }

  /** Opens a socket and waits for its handshake. Throws `InspectorError`: `unreachable`, `peer-rejected`, `closed`. */
  async connect(): Promise<void> {
    const { endpoint, options, timeoutMs } = this.plan
    if (this.#socket) this.reconnects += 1
    this.#socket?.close()
    // A closing socket still counts towards the limit: when hundreds time out at once, there would be no room for new
    // ones.
    await this.gone()
    if (this.#closed) throw new InspectorError('closed', 'The run has ended.')
    this.#link.opening()
    const socket: RequestSocket = new RequestSocket(endpoint, options, (event) => this.#onEvent(socket, event))
    this.#socket = socket
    const gone = socket.ended.then(() => void this.#closingSockets.delete(gone))
    this.#closingSockets.add(gone)
    if (!this.#handshakes) return
    await this.#link.settled(Math.min(longestConnectMs, Math.max(shortestConnectMs, timeoutMs)))
    const { state } = this.#link
    if (state.state === 'ready') return
    if (state.state === 'rejected' || state.state === 'retrying') {
      const code = state.state === 'rejected' ? 'peer-rejected' : 'unreachable'
      throw new InspectorError(code, adviceFor(state.cause).cause, { diagnosis: state.cause })
    }
    if (this.#closed) throw new InspectorError('closed', 'The run has ended.')
    throw new InspectorError('unreachable', 'The peer did not answer in time.')
  }

  /** One exchange. Throws `InspectorError`; the socket must then be reconnected unless `survives`. */
  exchange(): Promise<RawExchange> {
    if (!this.#socket) throw new InspectorError('closed', 'The socket is not connected.')
    return this.#socket.exchange(this.plan.frames, this.plan.timeoutMs, nothing)
  }

  /** Whether another exchange can follow a failed one without reconnecting. */
  get survives(): boolean {
    return this.#socket?.survivesFailure ?? false
  }

  /** Aborts an exchange or connection attempt in progress. */
  close(): void {
    this.#closed = true
    this.#socket?.close()
    this.#link.closed()
  }

  /** Resolves when every socket has gone. */
  async gone(): Promise<void> {
    await Promise.all(this.#closingSockets)
  }

  #onEvent(socket: RequestSocket, event: SocketEvent): void {
    // Ignore events of a replaced socket.
    if (socket === this.#socket && !this.#closed) this.#link.event(event)
  }
}
