import type { SocketEvent } from '../../shared/diagnosis/socket-event.ts'
import { usesIpv6 } from '../../shared/endpoint.ts'
import { InspectorError } from '../../shared/errors.ts'
import type { Frame } from '../../shared/message.ts'
import type { SocketSpec } from '../../shared/session/spec.ts'
import type { EndpointState } from '../../shared/session/state.ts'
import { systemCode, toFailure } from '../failures.ts'
import { nextTurn } from '../next-turn.ts'
import { BoundLink } from './bound-link.ts'
import { ConnectedLink } from './connected-link.ts'
import { type OpenSocket, openSocket, type Receiver, type Sender } from './open-socket.ts'
import { ReplySender } from './reply-sender.ts'

/** zeromq.js can complete up to 512 operations without yielding: a flood must not starve timers and other sockets. */
const messagesPerTurn = 64

/** What a port tells its owner. */
export interface PortListener {
  /** A message arrived. The next is received when this has resolved; at once where there is nothing to wait for. */
  message(frames: Frame[]): Promise<void> | undefined
  /** Resolves when another message may be received; undefined when it may at once. */
  ready(): Promise<void> | undefined
  /** An event of the socket, and its endpoint; null where it cannot be told. */
  event(event: SocketEvent, endpoint: string | null): void
  /** The state of an endpoint changed. */
  changed(): void
  /** The socket broke and has been closed. */
  broke(failure: InspectorError): void
}

/**
 * A socket that sends and receives in any order, bound or connected to any number of endpoints: one receive loop, and
 * one send at a time, because zeromq.js refuses a second.
 */
export class Port {
  readonly #links: readonly (BoundLink | ConnectedLink)[]
  #open: OpenSocket | undefined
  #replies: ReplySender | undefined
  #sending: Promise<unknown> = Promise.resolve()

  constructor(
    private readonly spec: SocketSpec,
    private readonly listener: PortListener,
  ) {
    this.#links = spec.attach.map(({ how, endpoint }) =>
      how === 'bind' ? new BoundLink(endpoint) : new ConnectedLink(endpoint, spec, () => listener.changed()),
    )
  }

  /** The first endpoint, resolved where it can be; null without one. */
  get firstEndpoint(): string | null {
    return this.#links[0]?.state.endpoint ?? null
  }

  get endpoints(): readonly EndpointState[] {
    return this.#links.map(({ state }) => state)
  }

  /** Binds and connects. Throws `InspectorError` when that fails at one endpoint; nothing is left of the socket then. */
  async open(): Promise<void> {
    let at: BoundLink | ConnectedLink | undefined
    try {
      for (const link of this.#links) {
        at = link
        await link.prepare()
      }
      at = undefined
      const { pattern, options } = this.spec
      const ipv6 = options.ipv6 || this.#links.some((link) => usesIpv6(link.parse()))
      const opened = openSocket(pattern, { ...options, ipv6 }, (event) => this.#onEvent(opened, event))
      this.#open = opened
      for (const link of this.#links) {
        at = link
        await link.attach(opened.socket)
      }
    } catch (thrown) {
      await this.close()
      throw at ? await at.fail(thrown) : toFailure(thrown)
    }
  }

  /** Begins to receive, where the pattern can. Call this once, after `open`. */
  start(): void {
    if (this.#open?.receiver) void this.#receive(this.#open.socket, this.#open.receiver)
  }

  /**
   * Closes the socket and waits until its addresses are free; a restart would otherwise find them in use. Does not use
   * `unbind`: zeromq.js runs that on another thread while the pending receive uses the same socket on this one, and
   * libzmq then occasionally aborts the process (seen with zeromq.js 6.8.0).
   */
  async close(): Promise<void> {
    const open = this.#open
    for (const link of this.#links) link.detach()
    open?.socket.close()
    await open?.ended
    this.#open = undefined
  }

  /**
   * Sends a message after those before it. Waits up to `timeoutMs` for room, and for a peer where there is none. Throws
   * `InspectorError`: `timeout`, `closed`, or what libzmq says.
   */
  send(frames: readonly Frame[], timeoutMs: number): Promise<void> {
    const sent = this.#sending.then(async () => {
      const { socket, sender } = this.#sendable()
      try {
        sender.sendTimeout = timeoutMs
        await sender.send([...frames])
      } catch (thrown) {
        if (socket.closed) throw new InspectorError('closed', 'The connection was closed.')
        throw toFailure(thrown)
      }
    })
    // Its caller gets the failure; the message after it is sent all the same.
    this.#sending = sent.catch(() => undefined)
    return sent
  }

  /**
   * Sends a message that begins with the routing id of its peer, at once or not at all. Resolves with why it was dropped,
   * in words, or with null when libzmq has taken it. Rejects when the socket has closed. Who calls it waits for the one
   * before.
   */
  reply(message: Frame[]): Promise<string | null> {
    const { socket, sender } = this.#sendable()
    this.#replies ??= new ReplySender(sender, () => socket.closed, this.spec.options.maximumMessageSize)
    return this.#replies.send(message)
  }

  #sendable(): OpenSocket & { readonly sender: Sender } {
    const open = this.#open
    if (!open) throw new InspectorError('closed', 'The connection is not open.')
    const { sender } = open
    if (!sender) throw new InspectorError('wrong-state', 'A socket of this kind cannot send.')
    return { ...open, sender }
  }

  /** Never rejects: an error that is not the end of the socket is told, and closes it. */
  async #receive(socket: OpenSocket['socket'], receiver: Receiver): Promise<void> {
    for (let turn = 1; !socket.closed; turn += 1) {
      const ready = this.listener.ready()
      if (ready) await ready
      try {
        const handled = this.listener.message(await receiver.receive())
        if (handled) await handled
      } catch (thrown) {
        if (socket.closed) return
        // Nothing to read after all: zeromq.js was woken for a message that libzmq then did not deliver.
        if (systemCode(thrown) !== 'EAGAIN') return this.#break(socket, toFailure(thrown))
      }
      if (turn % messagesPerTurn === 0) await nextTurn()
    }
  }

  #break(socket: OpenSocket['socket'], failure: InspectorError): void {
    if (socket !== this.#open?.socket) return
    for (const link of this.#links) link.detach()
    socket.close()
    this.#open = undefined
    this.listener.broke(failure)
  }

  #onEvent(open: OpenSocket, event: SocketEvent): void {
    const link = this.#linkOf(event)
    this.listener.event(event, link?.state.endpoint ?? null)
    // What a socket that has been given up still has to say does not count.
    if (open !== this.#open) return
    if (link?.event(event)) this.listener.changed()
  }

  /** The link that an event is about: the monitor names our own endpoint, as libzmq writes it. */
  #linkOf({ type, address }: SocketEvent): BoundLink | ConnectedLink | undefined {
    const [only, ...others] = this.#links
    if (others.length === 0) return only
    const named = this.#links.find(({ state }) => state.endpoint === address)
    if (named) return named
    const side = type.startsWith('connect') ? 'connect' : /^(accept|bind|listen)/.test(type) ? 'bind' : null
    const ofSide = this.#links.filter(({ how }) => how === side)
    return ofSide.length === 1 ? ofSide[0] : undefined
  }
}
