import type { SocketEvent } from '../../shared/diagnosis/socket-event.ts'
import { type Endpoint, formatEndpoint, parseEndpoint } from '../../shared/endpoint.ts'
import type { InspectorError } from '../../shared/errors.ts'
import type { SocketSpec } from '../../shared/session/spec.ts'
import type { ConnectedEndpoint } from '../../shared/session/state.ts'
import { connectFailure } from './link-failures.ts'
import { LinkWatcher } from './link-watcher.ts'
import type { OpenSocket } from './open-socket.ts'

/** An endpoint that a socket connects to, for patterns that need not wait for each reply. */
export class ConnectedLink {
  readonly how = 'connect'
  readonly #watcher: LinkWatcher
  #endpoint: Endpoint | undefined

  constructor(
    readonly text: string,
    private readonly spec: Pick<SocketSpec, 'pattern' | 'options'>,
    changed: () => void,
  ) {
    this.#watcher = new LinkWatcher(changed)
  }

  get state(): ConnectedEndpoint {
    const endpoint = this.#endpoint ? formatEndpoint(this.#endpoint) : this.text
    return { how: 'connect', endpoint, link: this.#watcher.state }
  }

  /** Throws `InspectorError`. */
  parse(): Endpoint {
    this.#endpoint ??= parseEndpoint(this.text, 'connect', { ipv6: this.spec.options.ipv6 })
    return this.#endpoint
  }

  async prepare(): Promise<void> {
    this.parse()
  }

  /** Throws what zeromq.js says. */
  async attach(socket: OpenSocket['socket']): Promise<void> {
    const endpoint = this.parse()
    this.#watcher.opening(endpoint, this.spec.options, this.spec.pattern)
    socket.connect(formatEndpoint(endpoint))
  }

  detach(): void {
    this.#watcher.closed()
  }

  async fail(thrown: unknown): Promise<InspectorError> {
    return connectFailure(this.parse(), thrown)
  }

  event(event: SocketEvent): boolean {
    this.#watcher.event(event)
    // The watcher tells what changed by itself.
    return false
  }
}
