import { parseEndpoint } from '../../../shared/endpoint.ts'
import { optionsOf, type SocketOptions } from '../../../shared/zmq/options.ts'
import { monotonicNanoseconds } from '../../clock.ts'
import { systemCode, toFailure } from '../../failures.ts'
import type { LinkSecurity } from '../../sockets/request-link.ts'
import { connectLimitMs } from '../load-socket.ts'
import { withOwnRoutingId } from '../own-routing-id.ts'
import { closed, unreachable, whyNoHandshake } from './failures.ts'
import type { WireIdentity, WirePattern } from './handshake.ts'
import type { NotOpened, WireLink, WireLinkPlan } from './link.ts'
import { wireAddressOf } from './transport.ts'

export interface WireClientPlan {
  readonly endpoint: string
  readonly options: SocketOptions
  readonly timeoutMs: number
  /** The routing id of the next socket; none where it is left to libzmq. */
  readonly routingId?: () => string | undefined
  readonly security?: LinkSecurity | undefined
}

const textBytes = (text: string): Uint8Array => Buffer.from(text)

/** The name, user and password of a socket, as bytes. Without security it has only the name that its options give. */
export function identityOf(pattern: WirePattern, { routingId }: SocketOptions, security?: LinkSecurity): WireIdentity {
  const hasName = optionsOf(pattern).includes('routingId')
  const property = (wanted: string) =>
    textBytes(String(security?.properties.find(([name]) => name === wanted)?.[1] ?? ''))
  return {
    pattern,
    routingId: textBytes(hasName ? routingId : ''),
    kind: security?.kind ?? 'none',
    user: property('plainUsername'),
    password: property('plainPassword'),
  }
}

/** A socket that speaks ZMTP itself, over tcp and ipc, with NULL or PLAIN; connected anew after a failure. */
export abstract class WireClient<Link extends WireLink, Plan extends WireClientPlan> {
  protected link: Link | undefined
  #opened = false
  #closed = false
  #connectNs: number | null = null
  reconnects = 0

  constructor(
    protected readonly plan: Plan,
    private readonly pattern: WirePattern,
  ) {}

  get connectNs(): number | null {
    return this.#connectNs
  }

  /** Begins to connect. */
  protected abstract start(plan: WireLinkPlan, opened: (end: NotOpened | null) => void): Link

  async connect(): Promise<void> {
    const { endpoint, options } = this.plan
    if (this.#opened) this.reconnects += 1
    this.#opened = true
    this.link?.close(closed())
    this.#connectNs = null
    const startNs = monotonicNanoseconds()
    const to = parseEndpoint(endpoint, 'connect', { ipv6: options.ipv6 })
    const found = await wireAddressOf(to, options.ipv6)
    if ('diagnosis' in found) throw unreachable(found)
    if (this.#closed) throw closed()
    const identity = this.#identity()
    const end = await this.#open({ address: found.address, identity, options })
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

  close(): void {
    this.#closed = true
    this.link?.close(closed())
  }

  /** A connection that was closed leaves nothing behind. */
  gone(): Promise<void> {
    return Promise.resolve()
  }

  #identity(): WireIdentity {
    const { options, security } = this.plan
    const routingId = this.plan.routingId?.()
    const own = routingId === undefined ? withOwnRoutingId(options) : { ...options, routingId }
    return identityOf(this.pattern, own, security)
  }

  #open(plan: WireLinkPlan): Promise<NotOpened | null> {
    return new Promise((resolve) => {
      const opened = (end: NotOpened | null) => {
        clearTimeout(limit)
        resolve(end)
      }
      const link = this.start(plan, opened)
      this.link = link
      const limit = setTimeout(() => link.giveUp(), connectLimitMs(this.plan.timeoutMs))
    })
  }
}
