import { parseEndpoint } from '../../shared/endpoint.ts'
import { InspectorError } from '../../shared/errors.ts'
import { RequestLink } from '../sockets/request-link.ts'
import { connectLimitMs, type LoadSocket, type LoadSocketPlan, type RequestListener } from './load-socket.ts'
import { withOwnRoutingId } from './own-routing-id.ts'

const nothing = (): void => undefined

/** A REQ socket of libzmq, replaced after a failure. */
export class LibzmqSocket implements LoadSocket {
  readonly #link = new RequestLink({ event: nothing, changed: nothing, late: nothing, skipped: nothing })
  #opened = false
  #closed = false
  reconnects = 0
  // A REQ takes no reply but that of its request.
  readonly reordered = 0
  readonly repeated = 0

  constructor(private readonly plan: LoadSocketPlan) {}

  get connectNs(): number | null {
    return this.#link.connectNs
  }

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
    const leftMs = await this.#link.becomeReady(connectLimitMs(timeoutMs))
    // Something accepts connections and says nothing: one exchange shows whether it is an older peer. It is not measured.
    if (!this.#link.isReady) {
      await this.#link.exchange(this.plan.frames, leftMs, nothing)
      this.#link.proveReady()
    }
  }

  request(listener: RequestListener): void {
    this.#link.exchangeIfReady(this.plan.frames, this.plan.timeoutMs).then(
      ({ startNs, roundTripNs }) => listener.replied(startNs, startNs + roundTripNs),
      (thrown: unknown) => listener.failed(thrown),
    )
  }

  get survives(): boolean {
    return this.#link.survivesFailure
  }

  close(): void {
    this.#closed = true
    this.#link.close()
  }

  gone(): Promise<void> {
    return this.#link.dispose()
  }
}
