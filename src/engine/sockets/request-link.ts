import { type Finding, finding } from '../../shared/diagnosis/diagnosis.ts'
import type { SocketEvent } from '../../shared/diagnosis/socket-event.ts'
import { type Endpoint, formatEndpoint } from '../../shared/endpoint.ts'
import { InspectorError } from '../../shared/errors.ts'
import type { Frame } from '../../shared/message.ts'
import type { LinkState } from '../../shared/session/state.ts'
import type { SocketOptions } from '../../shared/zmq/options.ts'
import type { SecurityKind } from '../../shared/zmq/security.ts'
import { monotonicNanoseconds } from '../clock.ts'
import { type Flight, notTaken, type RawExchange, RequestSocket } from './exchange.ts'
import { inprocNames } from './inproc-names.ts'
import { LateReplies, type LateReply } from './late-replies.ts'
import { connectFailure, failureOf, notReadyFailure } from './link-failures.ts'
import { LinkWatcher } from './link-watcher.ts'
import { findLostRequest } from './lost-request.ts'
import type { SocketSecurity } from './open-socket.ts'

/** Exchanges with a socket each, after a peer has broken the rules of REQ. */
const distrustedExchanges = 100

/** The time a peer gets to notice that a socket has gone, before another comes with the same routing id. */
const sameIdAfterMs = 50

/** What secures a link's sockets, and what that is called. */
export interface LinkSecurity extends SocketSecurity {
  readonly kind: SecurityKind
}

/** What a link tells its owner. */
export interface LinkListener {
  /** A socket event, with endpoint and number of the socket that it came from; also of sockets that were replaced. */
  event(event: SocketEvent, endpoint: string, socket: number): void
  changed(before: LinkState): void
  late(reply: LateReply): void
  /** libzmq skipped a late or surplus reply while another was awaited. */
  skipped(endpoint: string): void
}

/** Longest time that `dispose` waits for sockets which linger. */
const longestGoodbyeMs = 5000

const nothing = (): void => undefined

/**
 * A REQ socket and the link behind it: knows when it can send, replaces the socket when ZeroMQ has given it up or an
 * exchange failed, and ends an exchange whose link broke. It makes one exchange at a time.
 *
 * Once a peer has sent what REQ must not get, it may do so again at any time, after each reply say. So each of the next
 * exchanges gets a socket of its own, where that harms no other.
 */
export class RequestLink {
  readonly #watcher: LinkWatcher
  readonly #late: LateReplies
  #socket: RequestSocket | undefined
  #endpoint: Endpoint | undefined
  #options: SocketOptions | undefined
  #security: LinkSecurity | undefined
  /** Why the last socket could not be opened. */
  #failure: InspectorError | undefined
  /** Whether the present socket has made an exchange yet. */
  #fresh = true
  /** Sockets that were replaced or closed, until their monitors have ended. */
  readonly #closingSockets = new Set<Promise<void>>()
  readonly #stopWatchingNames: () => void
  /** Over inproc: the name that the socket was connected to has gone, and libzmq will not connect it again. */
  #cutOff = false
  /** Whether the exchange under way waits for the peer's first word. */
  #inSilence = false
  /** For how many more exchanges each gets a socket of its own. */
  #distrustedFor = 0

  constructor(private readonly listener: LinkListener) {
    this.#watcher = new LinkWatcher((before) => {
      if (this.state.state === 'stopped') this.#distrustedFor = distrustedExchanges
      listener.changed(before)
    })
    this.#late = new LateReplies((reply) => listener.late(reply))
    this.#stopWatchingNames = inprocNames.watch(() => this.#checkName())
  }

  get state(): LinkState {
    return this.#watcher.state
  }

  get isOpen(): boolean {
    return this.#options !== undefined
  }

  get isFresh(): boolean {
    return this.#fresh
  }

  /** Whether requests carry an id that their replies must return. */
  get isCorrelated(): boolean {
    return this.#options?.relaxedCorrelate ?? false
  }

  /** Whether a message can be sent without waiting. */
  get isReady(): boolean {
    return this.state.state === 'ready' && (this.#fresh || this.#distrustedFor === 0)
  }

  /** Nanoseconds from connect to handshake of the present socket; null without one. */
  get connectNs(): number | null {
    return this.#watcher.connectNs
  }

  /** Opens a socket, closing the one there was. Throws `InspectorError` when libzmq refuses an option or the endpoint. */
  open(endpoint: Endpoint, options: SocketOptions, security?: LinkSecurity): void {
    this.close()
    this.#watcher.forgetPeer()
    this.#endpoint = endpoint
    this.#options = options
    this.#security = security
    this.#distrustedFor = 0
    this.#failure = undefined
    this.#connect()
    if (!this.#failure) return
    this.#options = undefined
    throw this.#failure
  }

  /** Closes the sockets; an exchange that is under way ends with `reason`. */
  close(reason?: InspectorError): void {
    this.#drop(reason)
    this.#socket = undefined
    this.#options = undefined
    this.#late.clear()
    this.#watcher.closed()
  }

  /** Ends an exchange, or the wait for the link, with `reason`. The owner then calls `replace`. */
  abort(reason: InspectorError): void {
    this.#drop(reason)
    this.#watcher.closed()
  }

  /**
   * Closes the sockets and waits until they and those before them have gone, but not for ever: the linger option may keep
   * unsent messages longer than anybody waits.
   */
  async dispose(): Promise<void> {
    this.#stopWatchingNames()
    this.close()
    let limit: NodeJS.Timeout | undefined
    const longEnough = new Promise<void>((resolve) => {
      limit = setTimeout(resolve, longestGoodbyeMs)
    })
    await Promise.race([this.gone(), longEnough])
    clearTimeout(limit)
  }

  /** Resolves when every socket that was closed has gone. */
  async gone(): Promise<void> {
    await Promise.all(this.#closingSockets)
  }

  /** Closes the socket and opens another to the same endpoint. */
  replace(): void {
    this.#drop()
    this.#connect()
  }

  /**
   * After exchange number `exchange` timed out: makes the link fit for the next one, and goes on listening for the late
   * reply.
   */
  renewAfterTimeout(timeoutMs: number, exchange: number): void {
    const socket = this.#socket
    if (!socket) return
    if (socket.survivesFailure) {
      this.#late.listen(socket, timeoutMs, exchange, nothing)
      return
    }
    this.#socket = undefined
    if (this.#options?.routingId === '') this.#late.keep(socket, timeoutMs, exchange)
    else socket.close()
    this.#connect()
  }

  /** Whether another exchange can follow a failed one on the same socket. */
  get survivesFailure(): boolean {
    return this.state.state === 'ready' && (this.#socket?.survivesFailure ?? false)
  }

  /** Resolves with what is left of the time limit. Throws `InspectorError`: `unreachable`, `peer-rejected`, `closed`. */
  async becomeReady(timeoutMs: number): Promise<number> {
    const deadlineNs = monotonicNanoseconds() + timeoutMs * 1e6
    const leftMs = () => Math.max(1, Math.ceil((deadlineNs - monotonicNanoseconds()) / 1e6))
    // A link that was turned away gets a fresh attempt, since the peer may be another one by now; so does one whose socket
    // could not be opened.
    const { state } = this.state
    if (state === 'rejected' || state === 'idle' || !(this.#fresh || this.#distrustedFor === 0)) this.replace()
    for (;;) {
      if (this.state.state === 'stopped') this.replace()
      if (this.#failure) throw this.#failure
      await this.#watcher.settled(leftMs())
      if (this.#failure) throw this.#failure
      const { state } = this.#watcher
      // ZeroMQ gave the link up while it was waited for.
      if (state.state === 'stopped' && monotonicNanoseconds() < deadlineNs) continue
      if (state.state === 'ready' || this.#watcher.isSilent) return leftMs()
      throw this.#notReady()
    }
  }

  /** One exchange. Throws `InspectorError`: `timeout`, `request-lost`, the reason given to `close`, or libzmq's error. */
  exchange(frames: readonly Frame[], timeoutMs: number, sent: () => void): Promise<RawExchange> {
    const socket = this.#socket
    if (!socket) return Promise.reject(new InspectorError('closed', 'The connection was closed.'))
    if (this.#watcher.isSilent) return this.#exchangeInSilence(socket, frames, timeoutMs, sent)
    return socket.exchange(frames, timeoutMs, sent)
  }

  /** One exchange of a load. Throws `InspectorError` at once when the link is not ready: its round trip would be none. */
  exchangeIfReady(frames: readonly Frame[], timeoutMs: number): Promise<RawExchange> {
    if (this.state.state === 'ready' || this.#watcher.isSilent) return this.exchange(frames, timeoutMs, nothing)
    return Promise.reject(this.#notReady())
  }

  /** A reply came. */
  proveReady(): void {
    this.#fresh = false
    this.#distrustedFor = Math.max(0, this.#distrustedFor - 1)
    this.#watcher.replied()
  }

  /** Why an exchange on a link that held timed out. */
  whyNoReply(): Finding {
    const { state } = this
    if ((this.#socket?.skipped ?? 0) > 0) return finding(this.isCorrelated ? 'reply-without-id' : 'reply-skipped')
    if (state.state === 'retrying' || state.state === 'rejected' || state.state === 'stopped') return state.cause
    return state.state === 'ready' ? finding('reply-missing') : this.#watcher.holdUp(this.#address)
  }

  get #address(): string {
    return this.#endpoint ? formatEndpoint(this.#endpoint) : ''
  }

  #notReady(): InspectorError {
    return notReadyFailure(this.state, () => this.#watcher.holdUp(this.#address))
  }

  /**
   * Something accepted the connection but has not greeted. It may be an older peer that serves one connection at a time,
   * so the message is handed to libzmq, which sends it once there is a greeting. Only a reply proves that it was sent.
   */
  async #exchangeInSilence(
    socket: RequestSocket,
    frames: readonly Frame[],
    timeoutMs: number,
    sent: () => void,
  ): Promise<RawExchange> {
    this.#inSilence = true
    // libzmq sends the message when the peer greets after all.
    const over = () => this.state.state === 'ready' || socket.flight === null
    void this.#watcher.until(over, timeoutMs).then(() => {
      if (this.state.state === 'ready' && socket.flight) sent()
    })
    try {
      const raw = await socket.exchange(frames, timeoutMs, nothing)
      sent()
      // A peer that greeted late got the message then.
      const waitedNs = Math.max(0, (this.#watcher.handshakeNs ?? 0) - raw.startNs)
      return { ...raw, startNs: raw.startNs + waitedNs, roundTripNs: raw.roundTripNs - waitedNs }
    } catch (thrown) {
      throw this.#afterSilence(socket, thrown)
    } finally {
      this.#inSilence = false
      this.#watcher.look()
    }
  }

  /** What a failure in the silence means. The message that waits in the socket goes with it. */
  #afterSilence(socket: RequestSocket, thrown: unknown): unknown {
    const code = thrown instanceof InspectorError ? thrown.code : undefined
    const wasSilent = code === 'unreachable' || (code === 'timeout' && this.state.state !== 'ready')
    if (!wasSilent) return thrown
    const cause = this.#watcher.holdUp(this.#address)
    socket.discard()
    if (socket === this.#socket) this.#connect()
    return code === 'timeout' ? failureOf('unreachable', cause) : thrown
  }

  /** Opens a socket. With a routing id it waits for those before: a peer silently ignores a second one with the id. */
  #connect(): void {
    this.#failure = undefined
    const endpoint = this.#endpoint
    const options = this.#options
    if (!endpoint || !options) return
    if (options.routingId !== '' && this.#closingSockets.size > 0) {
      this.#socket = undefined
      this.#watcher.opening(endpoint, options, 'req', this.#security?.kind ?? 'none', true)
      const { generation } = this.#watcher
      const connect = () => {
        if (generation === this.#watcher.generation) this.#connectNow(endpoint, options)
      }
      void this.gone().then(() => setTimeout(connect, sameIdAfterMs))
      return
    }
    this.#connectNow(endpoint, options)
  }

  /** Never throws: it may run when nobody waits for it. */
  #connectNow(endpoint: Endpoint, options: SocketOptions): void {
    this.#fresh = true
    this.#cutOff = false
    this.#watcher.opening(endpoint, options, 'req', this.#security?.kind ?? 'none', true)
    try {
      const listener = {
        event: (event: SocketEvent) => this.#onSocketEvent(socket, event),
        skipped: () => this.listener.skipped(socket.endpoint),
      }
      const socket: RequestSocket = new RequestSocket(formatEndpoint(endpoint), options, listener, this.#security)
      this.#socket = socket
      const gone = socket.ended.then(() => void this.#closingSockets.delete(gone))
      this.#closingSockets.add(gone)
    } catch (thrown) {
      this.#socket = undefined
      this.#failure = connectFailure(endpoint, thrown)
      this.#watcher.closed()
      return
    }
    this.#checkName()
  }

  /** inproc has no events: only this process's own list of names tells whether somebody is there. */
  #checkName(): void {
    if (this.#endpoint?.scheme !== 'inproc' || !this.#socket) return
    const { name } = this.#endpoint
    if (inprocNames.has(name)) {
      // A socket that was there before the name was bound is connected now.
      if (this.#cutOff) this.replace()
      else this.#watcher.bound()
      return
    }
    this.#cutOff ||= this.state.state === 'ready'
    this.#watcher.notBound(finding('inproc-not-bound', { name }))
    const { flight } = this.#socket
    if (flight?.isSent) void this.#lose(this.#socket, flight)
    // The other end waits for this one to let go, which libzmq does only when the socket is used or closed.
    else if (this.#cutOff) this.#socket.close()
  }

  #onSocketEvent(socket: RequestSocket, event: SocketEvent): void {
    if (this.#late.has(socket)) {
      // Its reply cannot come any more.
      if (event.type === 'disconnect') this.#late.drop(socket)
      return
    }
    this.listener.event(event, socket.endpoint, socket.number)
    // What a replaced socket still has to say belongs into the log, not into the state of its successor.
    if (socket !== this.#socket) return
    const wasReady = this.state.state === 'ready'
    this.#watcher.event(event)
    if (event.type === 'disconnect' && socket.flight) this.#onBreak(socket, socket.flight, wasReady)
  }

  /** The link broke with an exchange under way. */
  #onBreak(socket: RequestSocket, flight: Flight, wasReady: boolean): void {
    if (!flight.isSent) socket.discard(notTaken)
    else if (wasReady) void this.#lose(socket, flight)
    else if (this.#inSilence) {
      const { state } = this
      // Nothing has gone out. A wrong type of socket would have greeted.
      const told = state.state === 'rejected' && state.cause.diagnosis !== 'wrong-socket-type'
      socket.discard(failureOf('unreachable', told ? state.cause : this.#watcher.holdUp(this.#address)))
    }
  }

  /** Closes the socket. What waits for a peer to greet is not sent any more, whatever the linger option says. */
  #drop(reason?: InspectorError): void {
    if (this.#socket?.flight && this.state.state !== 'ready') this.#socket.discard(reason)
    else this.#socket?.close(reason)
  }

  /** Ends an exchange whose link broke: its request is lost, or its reply is. */
  async #lose(socket: RequestSocket, flight: Flight): Promise<void> {
    const lost = await findLostRequest({ watcher: this.#watcher, socket, flight, correlated: this.isCorrelated })
    if (lost) socket.close(failureOf('request-lost', lost))
  }
}
