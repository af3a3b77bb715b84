import { parseEndpoint } from '../../shared/endpoint.ts'
import { InspectorError } from '../../shared/errors.ts'
import type { Frame } from '../../shared/message.ts'
import type { SocketOptions } from '../../shared/zmq/options.ts'
import type { RawExchange } from '../sockets/exchange.ts'
import { type LinkSecurity, RequestLink } from '../sockets/request-link.ts'
import { withOwnRoutingId } from './own-routing-id.ts'

export interface LoadSocketPlan {
  readonly endpoint: string
  readonly options: SocketOptions
  /** For one exchange. */
  readonly timeoutMs: number
  readonly frames: readonly Frame[]
  /** The routing id of the next socket; none where it is left to libzmq. */
  readonly routingId?: () => string | undefined
  readonly security?: LinkSecurity | undefined
}

const nothing = (): void => undefined

/** Bounds of the time limit for connecting, whatever the exchange timeout is. */
const shortestConnectMs = 1000
const longestConnectMs = 5000

/** A REQ socket of a load, replaced after a failure. It makes one exchange at a time. */
export class LoadSocket {
  readonly #link = new RequestLink({ event: nothing, changed: nothing, late: nothing, skipped: nothing })
  #opened = false
  #closed = false
  /** How often a socket was replaced. */
  reconnects = 0

  constructor(private readonly plan: LoadSocketPlan) {}

  /** Nanoseconds from connect to handshake of the current socket; null without one. */
  get connectNs(): number | null {
    return this.#link.connectNs
  }

  /** Opens a socket and waits until it can send. Throws `InspectorError`: `unreachable`, `peer-rejected`, `closed`. */
  async connect(): Promise<void> {
    const { endpoint, options, timeoutMs } = this.plan
    if (this.#opened) this.reconnects += 1
    this.#link.close()
    // A closing socket still counts towards the limit: when hundreds time out at once, there would be no room for new
    // ones.
    await this.#link.gone()
    if (this.#closed) throw new InspectorError('closed', 'The run has ended.')
    this.#opened = true
    const routingId = this.plan.routingId?.()
    const own = routingId === undefined ? withOwnRoutingId(options) : { ...options, routingId }
    this.#link.open(parseEndpoint(endpoint, 'connect', { ipv6: options.ipv6 }), own, this.plan.security)
    const leftMs = await this.#link.becomeReady(Math.min(longestConnectMs, Math.max(shortestConnectMs, timeoutMs)))
    // Something accepts connections and says nothing: one exchange shows whether it is an older peer. It is not measured.
    if (!this.#link.isReady) {
      await this.#link.exchange(this.plan.frames, leftMs, nothing)
      this.#link.proveReady()
    }
  }

  /** One exchange. Throws `InspectorError`; the socket must then be reconnected unless `survives`. */
  exchange(): Promise<RawExchange> {
    return this.#link.exchangeIfReady(this.plan.frames, this.plan.timeoutMs)
  }

  /** Whether another exchange can follow a failed one without reconnecting. */
  get survives(): boolean {
    return this.#link.survivesFailure
  }

  /** Aborts an exchange or connection attempt in progress. */
  close(): void {
    this.#closed = true
    this.#link.close()
  }

  /** Resolves when every socket has gone. */
  gone(): Promise<void> {
    return this.#link.dispose()
  }
}
