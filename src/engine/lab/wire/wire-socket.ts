import { parseEndpoint } from '../../../shared/endpoint.ts'
import type { SocketOptions } from '../../../shared/zmq/options.ts'
import { monotonicNanoseconds } from '../../clock.ts'
import { systemCode, toFailure } from '../../failures.ts'
import type { TransportAddress } from '../../sockets/greeting.ts'
import type { LinkSecurity } from '../../sockets/request-link.ts'
import { connectLimitMs, type LoadSocket, type LoadSocketPlan, type RequestListener } from '../load-socket.ts'
import { withOwnRoutingId } from '../own-routing-id.ts'
import { type NotOpened, WireConnection } from './connection.ts'
import { closed, unreachable, whyNoHandshake } from './failures.ts'
import type { WireIdentity, WirePattern } from './handshake.ts'
import { wireAddressOf } from './transport.ts'

const textBytes = (text: string): Uint8Array => Buffer.from(text)

/** The name, user and password of a socket, as bytes. */
function identityOf(pattern: WirePattern, { routingId }: SocketOptions, security?: LinkSecurity): WireIdentity {
  const property = (wanted: string) =>
    textBytes(String(security?.properties.find(([name]) => name === wanted)?.[1] ?? ''))
  return {
    pattern,
    routingId: textBytes(routingId),
    kind: security?.kind ?? 'none',
    user: property('plainUsername'),
    password: property('plainPassword'),
  }
}

/** A REQ or a DEALER that speaks ZMTP itself, over tcp and ipc, with NULL or PLAIN; connected anew after a failure. */
export class WireSocket implements LoadSocket {
  #connection: WireConnection | undefined
  #opened = false
  #closed = false
  #connectNs: number | null = null
  reconnects = 0

  constructor(private readonly plan: LoadSocketPlan) {}

  get connectNs(): number | null {
    return this.#connectNs
  }

  /** What came too late must not be taken for the next reply, so a failed exchange ends its connection. */
  get survives(): boolean {
    return false
  }

  async connect(): Promise<void> {
    const { endpoint, options } = this.plan
    if (this.#opened) this.reconnects += 1
    this.#opened = true
    this.#connection?.close(closed())
    this.#connectNs = null
    const startNs = monotonicNanoseconds()
    const to = parseEndpoint(endpoint, 'connect', { ipv6: options.ipv6 })
    const found = await wireAddressOf(to, options.ipv6)
    if ('diagnosis' in found) throw unreachable(found)
    if (this.#closed) throw closed()
    const identity = this.#identity()
    const end = await this.#open(found.address, identity)
    if (this.#closed) throw closed()
    if (end === null) {
      this.#connectNs = monotonicNanoseconds() - startNs
      return
    }
    if (end.failure) throw end.failure
    if (systemCode(end.thrown) === 'EMFILE') throw toFailure(end.thrown)
    if (end.thrown !== undefined) throw unreachable(await found.explain(end.thrown))
    throw await whyNoHandshake(to, options, identity)
  }

  request(listener: RequestListener): void {
    if (this.#connection) this.#connection.request(listener)
    else queueMicrotask(() => listener.failed(closed()))
  }

  close(): void {
    this.#closed = true
    this.#connection?.close(closed())
  }

  /** A connection that was closed leaves nothing behind. */
  gone(): Promise<void> {
    return Promise.resolve()
  }

  #identity(): WireIdentity {
    const { options, inFlight, security } = this.plan
    const routingId = this.plan.routingId?.()
    const own = routingId === undefined ? withOwnRoutingId(options) : { ...options, routingId }
    return identityOf(inFlight === undefined ? 'req' : 'dealer', own, security)
  }

  #open(address: TransportAddress, identity: WireIdentity): Promise<NotOpened | null> {
    const { options, timeoutMs, frames, inFlight = 1 } = this.plan
    return new Promise((resolve) => {
      const opened = (end: NotOpened | null) => {
        clearTimeout(limit)
        resolve(end)
      }
      const connection = new WireConnection({ address, identity, options, frames, timeoutMs, inFlight }, opened)
      this.#connection = connection
      const limit = setTimeout(() => connection.giveUp(), connectLimitMs(timeoutMs))
    })
  }
}
