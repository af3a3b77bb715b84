import { type Endpoint, formatEndpoint, parseEndpoint, usesIpv6 } from '../../shared/endpoint.ts'
import type { InspectorError } from '../../shared/errors.ts'
import type { Frame } from '../../shared/message.ts'
import { toFailure } from '../failures.ts'
import { connectFailure, notReadyFailure } from '../sockets/link-failures.ts'
import { LinkWatcher } from '../sockets/link-watcher.ts'
import { type OpenSocket, openSocket } from '../sockets/open-socket.ts'
import { connectLimitMs } from './load-socket.ts'
import type { MessageSocket, MessageSocketPlan, WriteListener } from './message-socket.ts'
import { closed } from './wire/failures.ts'

/** How long sockets that were given up may take to go. */
const goodbyeMs = 1000

/** Resolves after a time, or with what comes before it. */
async function within(milliseconds: number, work: Promise<unknown>): Promise<void> {
  let limit: NodeJS.Timeout | undefined
  const passed = new Promise((resolve) => {
    limit = setTimeout(resolve, milliseconds)
  })
  await Promise.race([work, passed])
  clearTimeout(limit)
}

/** A PUSH or a PUB of libzmq that connects, and is replaced after a failure. */
export class LibzmqSender implements MessageSocket {
  /** zeromq.js takes one message at a time. */
  readonly mostMessages = 1
  readonly #watcher = new LinkWatcher(() => this.#look())
  #open: OpenSocket | undefined
  #opened = false
  #closed = false
  /** What is told of the write under way. */
  #listener: WriteListener | null = null
  readonly #ends = new Set<Promise<void>>()
  reconnects = 0

  constructor(
    private readonly plan: MessageSocketPlan,
    private readonly pattern: 'push' | 'pub' = 'push',
  ) {}

  get connectNs(): number | null {
    return this.#watcher.connectNs
  }

  async connect(): Promise<void> {
    if (this.#opened) this.reconnects += 1
    this.#opened = true
    this.#drop()
    await this.gone()
    if (this.#closed) throw closed()
    const { endpoint, options, timeoutMs } = this.plan
    this.#start(parseEndpoint(endpoint, 'connect', { ipv6: options.ipv6 }))
    await this.#watcher.settled(connectLimitMs(timeoutMs))
    if (this.#closed) throw closed()
    if (!this.#isReady) throw this.#notReady()
  }

  write(_messages: number, listener: WriteListener): void {
    const sender = this.#open?.sender
    if (!sender || !this.#isReady) {
      const failure = this.#notReady()
      queueMicrotask(() => listener.failed(failure))
      return
    }
    this.#listener = listener
    sender.send(this.#message()).then(
      () => this.#told(listener)?.accepted(),
      (thrown: unknown) => this.#told(listener)?.failed(this.#closed ? closed() : toFailure(thrown)),
    )
  }

  /** What is queued goes out by itself, as long as the socket lingers; nobody tells whether it was read. */
  async finish(limitMs: number): Promise<null> {
    const open = this.#open
    if (!open || this.#closed) return null
    open.socket.linger = limitMs
    this.#open = undefined
    open.socket.close()
    await within(limitMs, open.ended)
    return null
  }

  close(): void {
    this.#closed = true
    this.#drop()
  }

  gone(): Promise<void> {
    return within(goodbyeMs, Promise.all(this.#ends))
  }

  get #isReady(): boolean {
    return this.#watcher.state.state === 'ready'
  }

  #start(to: Endpoint): void {
    const { options, security } = this.plan
    const secured = { ...options, ipv6: options.ipv6 || usesIpv6(to) }
    try {
      const open = openSocket(this.pattern, secured, (event) => this.#event(open, event), security)
      this.#open = open
      this.#ends.add(open.ended)
      void open.ended.then(() => this.#ends.delete(open.ended))
      this.#watcher.opening(to, secured, this.pattern, security?.kind ?? 'none')
      open.socket.connect(formatEndpoint(to))
    } catch (thrown) {
      this.#drop()
      throw connectFailure(to, thrown)
    }
  }

  #event(open: OpenSocket, event: Parameters<LinkWatcher['event']>[0]): void {
    // What a socket that has been given up still has to say does not count.
    if (open === this.#open) this.#watcher.event(event)
  }

  /** A connection that broke fails the write under way: libzmq would wait for another peer. */
  #look(): void {
    if (this.#isReady || !this.#listener) return
    const failure = this.#notReady()
    this.#told(this.#listener)?.failed(failure)
  }

  /** The listener, where it was not told yet. */
  #told(listener: WriteListener): WriteListener | null {
    if (this.#listener !== listener) return null
    this.#listener = null
    return listener
  }

  #notReady(): InspectorError {
    if (this.#closed) return closed()
    return notReadyFailure(this.#watcher.state, () => this.#watcher.holdUp(this.plan.endpoint))
  }

  /** A message that is sent must never be written to again. */
  #message(): Frame | Frame[] {
    const { frames, stamp } = this.plan
    const [first] = frames
    if (!first) return []
    if (!stamp) return frames.length === 1 ? first : [...frames]
    const stamped = first.slice()
    stamp(new DataView(stamped.buffer), 0)
    return frames.length === 1 ? stamped : [stamped, ...frames.slice(1)]
  }

  #drop(): void {
    const open = this.#open
    this.#open = undefined
    open?.socket.close()
    this.#watcher.closed()
  }
}
