import { finding } from '../../shared/diagnosis/diagnosis.ts'
import type { SocketEvent } from '../../shared/diagnosis/socket-event.ts'
import { type Endpoint, formatEndpoint, parseEndpoint, reachableFromOutside } from '../../shared/endpoint.ts'
import type { InspectorError } from '../../shared/errors.ts'
import type { BoundEndpoint } from '../../shared/session/state.ts'
import type { SecurityKind } from '../../shared/zmq/security.ts'
import { failureOfCode, toFailure } from '../failures.ts'
import { nextFreeEndpoint, protectPath } from './addresses.ts'
import { inprocNames } from './inproc-names.ts'
import { interfaceAddresses } from './interface-addresses.ts'
import type { OpenSocket } from './open-socket.ts'

/** Of the process, and of the system. */
const noDescriptors: readonly string[] = ['EMFILE', 'ENFILE']

/** An endpoint that a socket binds: its state, who is there, and why it could not be bound. */
export class BoundLink {
  readonly how = 'bind'
  #state: BoundEndpoint
  #endpoint: Endpoint | undefined
  /** The error code with which the monitor reported that binding failed. */
  #bindError: string | null = null
  /** The inproc name that is bound; null for another transport. */
  #inprocName: string | null = null

  constructor(
    readonly text: string,
    private readonly security: SecurityKind,
  ) {
    this.#state = {
      how: 'bind',
      endpoint: text,
      isBound: false,
      error: null,
      suggestion: null,
      trouble: null,
      reachableFromOutside: false,
      peers: 0,
    }
  }

  get state(): BoundEndpoint {
    return this.#state
  }

  /** The endpoint as it is written in libzmq's form. Throws `InspectorError`. */
  parse(): Endpoint {
    this.#endpoint ??= parseEndpoint(this.text, 'bind')
    return this.#endpoint
  }

  /** Looks at what libzmq would do harm to. Throws `InspectorError`. */
  async prepare(): Promise<void> {
    const endpoint = this.parse()
    if (endpoint.scheme === 'ipc') await protectPath(endpoint.path)
  }

  /**
   * Throws what zeromq.js says. A socket that is in use already is bound at once: otherwise zeromq.js refuses everything
   * else meanwhile.
   */
  async attach(socket: OpenSocket['socket'], isInUse = false): Promise<void> {
    const endpoint = this.parse()
    if (isInUse) socket.bindSync(formatEndpoint(endpoint))
    else await socket.bind(formatEndpoint(endpoint))
    if (endpoint.scheme === 'inproc') this.#inprocName = endpoint.name
    if (this.#inprocName !== null) inprocNames.add(this.#inprocName)
    this.#state = {
      ...this.#state,
      isBound: true,
      endpoint: socket.lastEndpoint ?? formatEndpoint(endpoint),
      reachableFromOutside: reachableFromOutside(endpoint, interfaceAddresses()),
    }
  }

  /** Whether a peer is there. */
  get hasPeer(): boolean {
    return this.#state.peers > 0 || this.#inprocName !== null
  }

  /**
   * Lets the address go, while the socket goes on. Throws what zeromq.js says. `disconnect`, which is the same to libzmq,
   * because `unbind` runs on another thread, and `unbindSync` binds (seen with zeromq.js 6.8.0).
   */
  release(socket: OpenSocket['socket']): void {
    socket.disconnect(this.#state.endpoint)
    this.detach()
  }

  /** The socket is about to close: no other of this process may find the name. */
  detach(): void {
    if (this.#inprocName !== null) inprocNames.delete(this.#inprocName)
    this.#inprocName = null
    this.#state = { ...this.#state, isBound: false, peers: 0, trouble: null, reachableFromOutside: false }
  }

  /** Takes what an attempt to bind threw, when its socket has closed. Resolves with why it failed. */
  async fail(thrown: unknown): Promise<InspectorError> {
    // Another thread can overwrite the errno that zeromq.js reads (EAGAIN was seen when the address was in use); the
    // monitor's was captured immediately.
    const failure = this.#bindError === null ? toFailure(thrown) : failureOfCode(this.#bindError, thrown)
    const suggestion =
      failure.code === 'address-in-use' && this.#endpoint ? await nextFreeEndpoint(this.#endpoint) : null
    this.#state = { ...this.#state, error: failure.toValue(), suggestion }
    return failure
  }

  /** Returns whether the event changed anything. */
  event({ type, errorCode }: SocketEvent): boolean {
    const { peers, trouble } = this.#state
    if (type === 'bind:error') this.#bindError = errorCode
    if (type === 'accept') {
      // Descriptors are there again.
      const rest = trouble?.diagnosis === 'no-descriptors' ? null : trouble
      this.#state = { ...this.#state, peers: peers + 1, trouble: rest }
    } else if (type === 'handshake' && trouble !== null) this.#state = { ...this.#state, trouble: null }
    else if (errorCode === 'ERR_ZMTP_MECHANISM_MISMATCH' && this.security === 'none' && trouble === null) {
      // A server lists such clients.
      this.#state = { ...this.#state, trouble: finding('client-mechanism') }
    } else if (type === 'accept:error' && trouble === null && noDescriptors.includes(errorCode ?? '')) {
      this.#state = { ...this.#state, trouble: finding('no-descriptors') }
    }
    // libzmq reports a disconnect for every accepted connection, including those whose handshake failed.
    else if (type === 'disconnect') this.#state = { ...this.#state, peers: Math.max(0, peers - 1) }
    else return false
    return true
  }
}
