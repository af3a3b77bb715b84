import { finding } from '../../shared/diagnosis/diagnosis.ts'
import type { SocketEvent } from '../../shared/diagnosis/socket-event.ts'
import { type Endpoint, formatEndpoint, parseEndpoint } from '../../shared/endpoint.ts'
import { InspectorError } from '../../shared/errors.ts'
import type { SocketSpec } from '../../shared/session/spec.ts'
import type { ConnectedEndpoint } from '../../shared/session/state.ts'
import { patternOf } from '../../shared/zmq/patterns.ts'
import { inprocNames } from './inproc-names.ts'
import { connectFailure } from './link-failures.ts'
import { LinkWatcher } from './link-watcher.ts'
import type { OpenSocket } from './open-socket.ts'

/** An endpoint that a socket connects to, for patterns that need not wait for each reply. */
export class ConnectedLink {
  readonly how = 'connect'
  readonly #watcher: LinkWatcher
  #endpoint: Endpoint | undefined
  /** In libzmq's form, once it is parsed. */
  #formatted: string
  #socket: OpenSocket['socket'] | undefined
  #stopWatchingNames: (() => void) | undefined
  /** Over inproc: the name that the socket was connected to has gone, and libzmq will not connect it again. */
  #cutOff = false

  constructor(
    readonly text: string,
    private readonly spec: Pick<SocketSpec, 'pattern' | 'options' | 'security'>,
    changed: () => void,
  ) {
    this.#watcher = new LinkWatcher(changed)
    this.#formatted = text
  }

  get state(): ConnectedEndpoint {
    return { how: 'connect', endpoint: this.#formatted, link: this.#watcher.state }
  }

  /** Throws `InspectorError`. */
  parse(): Endpoint {
    if (this.#endpoint) return this.#endpoint
    this.#endpoint = parseEndpoint(this.text, 'connect', { ipv6: this.spec.options.ipv6 })
    this.#formatted = formatEndpoint(this.#endpoint)
    return this.#endpoint
  }

  async prepare(): Promise<void> {
    this.parse()
  }

  /** Throws what zeromq.js says. */
  async attach(socket: OpenSocket['socket']): Promise<void> {
    const endpoint = this.parse()
    this.#watcher.opening(endpoint, this.spec.options, this.spec.pattern, this.spec.security.kind)
    socket.connect(this.#formatted)
    this.#socket = socket
    if (endpoint.scheme !== 'inproc') return
    this.#stopWatchingNames = inprocNames.watch(() => this.#checkName(endpoint.name))
    this.#checkName(endpoint.name)
  }

  /** Whether the peer is there. */
  get hasPeer(): boolean {
    return this.#watcher.state.state === 'ready'
  }

  /**
   * Ends the connection, while the socket goes on. Throws what zeromq.js says, and `InspectorError` for an inproc name that
   * nobody has bound: libzmq 4.3.5 never closes a socket that has let go of one.
   */
  release(socket: OpenSocket['socket']): void {
    const endpoint = this.parse()
    if (endpoint.scheme === 'inproc' && !this.hasPeer) {
      throw new InspectorError(
        'wrong-state',
        'Nobody has bound this name, so ZeroMQ cannot let go of it. Close the socket to remove it.',
      )
    }
    socket.disconnect(this.#formatted)
    this.detach()
  }

  detach(): void {
    this.#stopWatchingNames?.()
    this.#stopWatchingNames = undefined
    this.#socket = undefined
    this.#cutOff = false
    this.#watcher.closed()
  }

  /** inproc has no events: only this process's own list of names tells whether somebody is there. */
  #checkName(name: string): void {
    if (inprocNames.has(name)) {
      if (this.#cutOff) this.#connectAgain(name)
      this.#cutOff = false
      this.#watcher.bound()
      return
    }
    this.#cutOff ||= this.hasPeer
    this.#watcher.notBound(finding('inproc-not-bound', { name }))
  }

  #connectAgain(name: string): void {
    this.#socket?.connect(`inproc://${name}`)
  }

  async fail(thrown: unknown): Promise<InspectorError> {
    return connectFailure(this.parse(), thrown)
  }

  event(event: SocketEvent): boolean {
    this.#watcher.event(event)
    // Where there is no handshake, a transport is all there can be.
    const { handshakes } = patternOf(this.spec.pattern)
    if (event.type === 'connect' && !handshakes) this.#watcher.event({ ...event, type: 'handshake' })
    // The watcher tells what changed by itself.
    return false
  }
}
