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
  /** For an exchange. */
  readonly timeoutMs: number
  readonly frames: readonly Frame[]
}

const nothing = (): void => undefined

/** However little time an exchange may take, connecting may take this; and no more than this, however much. */
const shortestConnectMs = 1000
const longestConnectMs = 5000

/** A REQ socket of a load, which is replaced after a failure. It makes one exchange at a time. */
export class LoadSocket {
  readonly #link = new LinkWatcher(nothing)
  readonly #handshakes: boolean
  #socket: RequestSocket | undefined
  #closed = false
  /** What is waited for at the end: each socket there was, until it has gone. */
  readonly #closingSockets = new Set<Promise<void>>()
  /** How often a socket took the place of another. */
  reconnects = 0

  constructor(private readonly plan: LoadSocketPlan) {
    this.#handshakes = !plan.endpoint.startsWith('inproc:')
  }

  /** Nanoseconds from connect to handshake of the present socket; null where there is none. */
  get connectNs(): number | null {
    return this.#link.connectNs
  }

  /** Opens a socket and waits for its handshake. Throws `InspectorError`: `unreachable`, `peer-rejected`, `closed`. */
  async connect(): Promise<void> {
    const { endpoint, options, timeoutMs } = this.plan
    if (this.#socket) this.reconnects += 1
    this.#socket?.close()
    // A socket that closes still counts: with hundreds that time out at once there would be no room for the next.
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

  /** One exchange. Throws `InspectorError`; the socket must then be connected anew, unless `survives`. */
  exchange(): Promise<RawExchange> {
    if (!this.#socket) throw new InspectorError('closed', 'The socket is not connected.')
    return this.#socket.exchange(this.plan.frames, this.plan.timeoutMs, nothing)
  }

  /** Whether another exchange may follow a failed one without connecting anew. */
  get survives(): boolean {
    return this.#socket?.survivesFailure ?? false
  }

  /** Ends an exchange or an attempt to connect that is under way. */
  close(): void {
    this.#closed = true
    this.#socket?.close()
    this.#link.closed()
  }

  /** Resolves when every socket there was has gone. */
  async gone(): Promise<void> {
    await Promise.all(this.#closingSockets)
  }

  #onEvent(socket: RequestSocket, event: SocketEvent): void {
    // What a replaced socket still has to say is not about its successor.
    if (socket === this.#socket && !this.#closed) this.#link.event(event)
  }
}
