import type { SocketEvent } from '../../shared/diagnosis/socket-event.ts'
import { usesIpv6 } from '../../shared/endpoint.ts'
import { InspectorError } from '../../shared/errors.ts'
import type { Frame } from '../../shared/message.ts'
import type { AuthenticationDecision } from '../../shared/session/authentication.ts'
import type { Attachment, SocketSpec } from '../../shared/session/spec.ts'
import type { EndpointState } from '../../shared/session/state.ts'
import { topicBytes, withoutRepeats } from '../../shared/session/topic.ts'
import { patternOf } from '../../shared/zmq/patterns.ts'
import { type Secrets, securityKinds } from '../../shared/zmq/security.ts'
import { systemCode, toFailure } from '../failures.ts'
import { nextTurn } from '../next-turn.ts'
import type { Guard } from '../security/guard.ts'
import { openSecured, type SecuredSocket } from '../security/secured-socket.ts'
import { BoundLink } from './bound-link.ts'
import { ConnectedLink } from './connected-link.ts'
import { inprocSockets } from './inproc-sockets.ts'
import { type OpenSocket, type Receiver, subscribe } from './open-socket.ts'
import { Outlet, type SendListener } from './outlet.ts'
import type { WhyDropped } from './reply-sender.ts'

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
  /** What was decided about a client. */
  decided(decision: AuthenticationDecision): void
  /** The state of an endpoint changed, or of those who wait to be let in. */
  changed(): void
  /** The socket broke and has been closed. */
  broke(failure: InspectorError): void
}

function noteInproc(socket: OpenSocket['socket'], link: BoundLink | ConnectedLink): void {
  if (link.parse().scheme === 'inproc') inprocSockets.add(socket)
}

/** The failure, with the place of its endpoint among the socket's. */
const atPlace = ({ code, message, details, cause }: InspectorError, endpointIndex: number): InspectorError =>
  new InspectorError(code, message, { ...details, endpointIndex }, { cause })

/**
 * A socket that sends and receives in any order, bound or connected to any number of endpoints: one receive loop, and
 * one send at a time, because zeromq.js refuses a second.
 */
export class Port {
  readonly #links: (BoundLink | ConnectedLink)[]
  #secured: SecuredSocket | undefined
  #sending: Outlet | undefined

  constructor(
    private readonly spec: SocketSpec,
    private readonly secrets: Secrets,
    private readonly listener: PortListener,
  ) {
    this.#links = spec.attach.map((attachment) => this.#linkFor(attachment))
  }

  /** The first endpoint, resolved where it can be; null without one. */
  get firstEndpoint(): string | null {
    return this.#links[0]?.state.endpoint ?? null
  }

  /** The public half of the socket's pair, in Z85; null without CURVE, and while it is closed. */
  get ownKey(): string | null {
    return this.#secured?.ownKey ?? null
  }

  /** Who decides about the socket's clients; null for one that is no server, and while it is closed. */
  get guard(): Guard | null {
    return this.#secured?.guard ?? null
  }

  get #open(): OpenSocket | undefined {
    return this.#secured?.open
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
        this.#checkSecurity(link)
        await link.prepare()
      }
      at = undefined
      const { pattern, options } = this.spec
      const opened = this.#openSecured()
      const { sender } = opened
      const choosesPeers = patternOf(pattern).envelope === 'peer'
      if (sender) this.#sending = new Outlet(opened.socket, sender, choosesPeers, options.maximumMessageSize)
      // Before it connects: whoever is there already would otherwise send what nobody asked for, or nothing.
      await subscribe(opened.socket, withoutRepeats(this.spec.subscriptions.map(topicBytes)), [])
      for (const link of this.#links) {
        at = link
        noteInproc(opened.socket, link)
        await link.attach(opened.socket)
      }
    } catch (thrown) {
      await this.close()
      throw at ? atPlace(await at.fail(thrown), this.#links.indexOf(at)) : toFailure(thrown)
    }
  }

  /** Whether a peer is there, at any endpoint. */
  get hasPeer(): boolean {
    return this.#links.some((link) => link.hasPeer)
  }

  /** Binds or connects one more endpoint, while the socket is in use. Throws `InspectorError`, and changes nothing then. */
  async attach(attachment: Attachment): Promise<void> {
    const link = this.#linkFor(attachment)
    this.#checkSecurity(link)
    await link.prepare()
    const { socket } = this.#opened()
    this.#links.push(link)
    try {
      // As when a socket is opened: an address in brackets turns IPv6 on by itself.
      if (usesIpv6(link.parse())) socket.ipv6 = true
      noteInproc(socket, link)
      await link.attach(socket, true)
    } catch (thrown) {
      const failure = await link.fail(thrown)
      link.detach()
      this.#links.splice(this.#links.indexOf(link), 1)
      throw failure
    }
    this.listener.changed()
  }

  /** Lets an endpoint go, by its place, while the socket is in use. Throws `InspectorError`. */
  detach(index: number): void {
    const { socket } = this.#opened()
    const link = this.#links[index]
    if (!link) throw new InspectorError('invalid-argument', 'There is no such endpoint.')
    try {
      link.release(socket)
    } catch (thrown) {
      throw toFailure(thrown)
    }
    this.#links.splice(index, 1)
    this.listener.changed()
  }

  /** Begins and ends subscriptions. Throws `InspectorError`. */
  async subscribe(begun: readonly Frame[], ended: readonly Frame[]): Promise<void> {
    const { socket } = this.#opened()
    try {
      await subscribe(socket, begun, ended)
    } catch (thrown) {
      throw toFailure(thrown)
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
    const secured = this.#secured
    for (const link of this.#links) link.detach()
    secured?.open.socket.close()
    if (secured) await inprocSockets.end(secured.open.socket, secured.ended)
    this.#secured = undefined
  }

  /**
   * Sends a message after those before it. Waits up to `timeoutMs` for room, and for a peer where there is none. Resolves
   * with whether it had to wait. Rejects with `InspectorError`: `timeout`, `closed`, or what libzmq says. Throws `closed`
   * and `wrong-state`.
   */
  send(frames: readonly Frame[], timeoutMs: number, listener?: SendListener): Promise<boolean> {
    return this.#outlet().send(frames, timeoutMs, listener)
  }

  /** Ends what waits for room, or for a peer, with `cancelled`. */
  cancel(): void {
    this.#sending?.cancel()
  }

  /**
   * Sends a message at once or not at all. Resolves with why it was dropped, or with null when libzmq has taken it.
   * Rejects when the socket has closed. Throws `closed` and `wrong-state`.
   */
  offer(message: Frame[]): Promise<WhyDropped | null> {
    return this.#outlet().offer(message)
  }

  #linkFor({ how, endpoint }: Attachment): BoundLink | ConnectedLink {
    return how === 'bind'
      ? new BoundLink(endpoint, this.spec.security.kind)
      : new ConnectedLink(endpoint, this.spec, () => this.listener.changed())
  }

  #opened(): OpenSocket {
    if (!this.#open) throw new InspectorError('closed', 'The connection is not open.')
    return this.#open
  }

  #outlet(): Outlet {
    this.#opened()
    if (!this.#sending) throw new InspectorError('wrong-state', 'A socket of this kind cannot send.')
    return this.#sending
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
    this.#secured = undefined
    this.listener.broke(failure)
  }

  #onEvent(open: OpenSocket, event: SocketEvent): void {
    const link = this.#linkOf(event)
    this.listener.event(event, link?.state.endpoint ?? null)
    // What a socket that has been given up still has to say does not count.
    if (open !== this.#open) return
    this.guard?.event(event, link?.state.endpoint ?? null)
    if (link?.event(event)) this.listener.changed()
  }

  /** Throws `InspectorError` for an endpoint that a server cannot have. */
  #checkSecurity(link: BoundLink | ConnectedLink): void {
    const { label, isServer } = securityKinds[this.spec.security.kind]
    if (!isServer || link.parse().scheme !== 'inproc') return
    const message = `inproc ignores security, so a ${label} would let everybody in there. Use tcp or ipc, or no security.`
    throw new InspectorError('invalid-argument', message)
  }

  #openSecured(): OpenSocket {
    const { options } = this.spec
    const ipv6 = options.ipv6 || this.#links.some((link) => usesIpv6(link.parse()))
    const secured = openSecured(
      { ...this.spec, options: { ...options, ipv6 } },
      this.secrets,
      (event) => this.#onEvent(secured.open, event),
      {
        decided: (decision) => this.listener.decided(decision),
        changed: () => this.listener.changed(),
        broke: (thrown) => this.#break(secured.open.socket, toFailure(thrown)),
      },
    )
    this.#secured = secured
    return secured.open
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
