import { Router } from 'zeromq'
import { type ServerState, stoppedServer } from '../shared/connection.ts'
import { finding } from '../shared/diagnosis/diagnosis.ts'
import type { SocketEvent } from '../shared/diagnosis/socket-event.ts'
import { formatEndpoint, parseEndpoint, reachableFromOutside, usesIpv6 } from '../shared/endpoint.ts'
import { InspectorError } from '../shared/errors.ts'
import { formatSize } from '../shared/format.ts'
import { type Frame, serverSource, sizeOf } from '../shared/message.ts'
import { mebibytes } from '../shared/settings.ts'
import { nextFreeEndpoint, protectPath } from './addresses.ts'
import { wallClock } from './clock.ts'
import { EchoedRun } from './echoed-run.ts'
import { failureOfCode, systemCode, toFailure } from './failures.ts'
import type { EngineHost } from './host.ts'
import { inprocNames } from './inproc-names.ts'
import { interfaceAddresses } from './interface-addresses.ts'
import { eventEntry, type LogSource, messageEntry, socketEventEntry } from './log-entries.ts'
import { monitorSocket } from './monitor.ts'
import { nextTurn } from './next-turn.ts'
import { RateMeter } from './rate-meter.ts'
import { ReplySender, routerOptions } from './reply-sender.ts'
import { Throttle } from './throttle.ts'

/** A peer that has not finished its handshake after this long is dropped; libzmq's default is 30 s. */
const handshakeIntervalMs = 5000
const announceEveryMs = 100
/** Of the process, and of the system. */
const noDescriptors: readonly string[] = ['EMFILE', 'ENFILE']
/** zeromq.js can complete up to 512 operations without yielding: a flood must not starve timers and other sockets. */
const messagesPerTurn = 64
/** How long messages of a run may arrive after its end: a process that crashed leaves some on their way. */
const stragglersMs = 250

const { seq: _seq, rate: _rate, ...stopped } = stoppedServer

export interface ServerLimits {
  /** Largest message in bytes that a peer may send; a larger one closes that peer's connection. */
  readonly maximumMessageBytes: number
}

/** A run of the lab that this server expects. */
export interface ExpectedRun {
  /** With what the routing ids of the run's sockets must begin. */
  readonly routingIdPrefix: string
  /** Call this when the run has ended, in whatever way. */
  end(): void
}

/**
 * Answers each request with the same frames, whatever its peers do. It implements REP's protocol on a ROUTER socket,
 * because libzmq's own REP (seen with 4.3.5) loses the reply to a well-behaved client after a malformed message whose
 * sender has gone: one HTTP request in between is enough.
 */
export class EchoServer {
  #socket: Router | undefined
  #starting: Promise<void> | undefined
  #state = stopped
  #seq = 0
  #monitorEnded: (() => void) | undefined
  /** The error code with which the monitor reported that binding failed. */
  #bindError: string | null = null
  /** The inproc name that is bound; null for another transport. */
  #inprocName: string | null = null
  #rate = new RateMeter()
  #run: EchoedRun | undefined
  /** Waits for the last messages of a run that has ended. */
  #stragglers: NodeJS.Timeout | undefined
  readonly #announcement = new Throttle(
    () => announceEveryMs,
    () => this.#announce(),
  )

  constructor(
    private readonly host: EngineHost,
    public limits: ServerLimits = { maximumMessageBytes: mebibytes(64) },
  ) {}

  get state(): ServerState {
    return { ...this.#state, seq: this.#seq, rate: this.#rate.perSecond(performance.now()) }
  }

  /**
   * Binds to `endpoint` and answers until `stop`. Resolves once listening; the state then holds the resolved endpoint.
   * Throws `InspectorError`, and keeps the failure in the state.
   */
  async start(endpoint: string): Promise<ServerState> {
    if (this.#state.phase !== 'stopped' && this.#state.phase !== 'failed') {
      throw new InspectorError('wrong-state', `The server is already ${this.#state.phase}.`)
    }
    this.#rate = new RateMeter()
    this.#change({ ...stopped, phase: 'starting', endpoint })
    this.#starting = this.#begin(endpoint)
    await this.#starting
    return this.state
  }

  /** Closes the socket and drops unsent messages. Does nothing when it is not running. */
  async stop(): Promise<ServerState> {
    // A start in progress cannot be cancelled. Its caller receives its failure.
    await Promise.allSettled([this.#starting])
    const socket = this.#socket
    if (!socket || this.#state.phase !== 'listening') {
      this.#logEndedRun()
      if (this.#state.phase === 'failed') this.#change(stopped)
      return this.state
    }
    this.#change({ ...this.#state, phase: 'stopping' })
    await this.#close(socket)
    this.#logEndedRun()
    this.#socket = undefined
    this.#change({ ...stopped, endpoint: this.#state.endpoint })
    return this.state
  }

  /**
   * Has the messages of a run of the lab counted as always, but not logged one by one: one entry about all of them
   * follows when the run has ended. There is one run at a time.
   */
  expectRun(name: string): ExpectedRun {
    this.#logRun()
    const run = new EchoedRun(name)
    this.#run = run
    return {
      routingIdPrefix: run.routingIdPrefix,
      end: () => {
        if (this.#run === run) this.#stragglers ??= setTimeout(() => this.#logRun(), stragglersMs)
      },
    }
  }

  /**
   * Call this when a connection of this application has sent more than the limit. ZeroMQ closes the transport, and says
   * neither here nor to other peers why. `bytes` of the largest frame.
   */
  refused(bytes: number): void {
    const limit = this.#state.maximumMessageBytes
    const detail = `refused a frame of ${formatSize(bytes)} from this window: the limit is ${formatSize(limit)}`
    this.#logEvent('server:too-large', detail)
    this.#state = { ...this.#state, rejected: this.#state.rejected + 1 }
    this.#announcement.request()
  }

  async #begin(endpoint: string): Promise<void> {
    this.#bindError = null
    try {
      await this.#bind(endpoint)
    } catch (thrown) {
      await this.#fail(endpoint, thrown)
    }
  }

  async #bind(text: string): Promise<void> {
    const endpoint = parseEndpoint(text, 'bind')
    if (endpoint.scheme === 'ipc') await protectPath(endpoint.path)
    const socket = new Router({
      ...routerOptions,
      linger: 0,
      maxMessageSize: this.limits.maximumMessageBytes,
      handshakeInterval: handshakeIntervalMs,
      ipv6: usesIpv6(endpoint),
    })
    this.#socket = socket
    monitorSocket(socket, (event) => this.#onSocketEvent(socket, event))
    await socket.bind(formatEndpoint(endpoint))
    if (endpoint.scheme === 'inproc') this.#inprocName = endpoint.name
    if (this.#inprocName !== null) inprocNames.add(this.#inprocName)
    this.#change({
      ...this.#state,
      phase: 'listening',
      endpoint: socket.lastEndpoint ?? formatEndpoint(endpoint),
      reachableFromOutside: reachableFromOutside(endpoint, interfaceAddresses()),
      startedAt: wallClock(),
      maximumMessageBytes: this.limits.maximumMessageBytes,
    })
    void this.#serve(socket, new ReplySender(socket, this.limits.maximumMessageBytes))
  }

  /**
   * Waits until the address is free; a restart would otherwise find it in use. Does not use `unbind`: zeromq.js runs
   * that on another thread while the pending receive uses the same socket on this one, and libzmq then occasionally
   * aborts the process (seen with zeromq.js 6.8.0).
   */
  async #close(socket: Router): Promise<void> {
    const ended = new Promise<void>((resolve) => {
      this.#monitorEnded = resolve
    })
    this.#releaseName()
    socket.close()
    await ended
  }

  async #fail(endpoint: string, thrown: unknown): Promise<never> {
    if (this.#socket) await this.#close(this.#socket)
    this.#socket = undefined
    // Another thread can overwrite the errno that zeromq.js reads (EAGAIN was seen when the address was in use); the
    // monitor's was captured immediately.
    const failure = this.#bindError === null ? toFailure(thrown) : failureOfCode(this.#bindError, thrown)
    const suggestion =
      failure.code === 'address-in-use' ? await nextFreeEndpoint(parseEndpoint(endpoint, 'bind')) : null
    this.#change({ ...stopped, phase: 'failed', endpoint, error: failure.toValue(), suggestion })
    this.#logEvent('server:failed', failure.message)
    throw failure
  }

  /** Never rejects: an error that is not the end of the socket puts the server into the failed state. */
  async #serve(socket: Router, replies: ReplySender): Promise<void> {
    for (let turn = 1; !socket.closed; turn += 1) {
      const ready = this.host.log.ready?.()
      if (ready) await ready
      try {
        await this.#answer(replies, await socket.receive())
      } catch (thrown) {
        if (socket.closed) return
        // Nothing to read after all: zeromq.js was woken for a message that libzmq then did not deliver.
        if (systemCode(thrown) !== 'EAGAIN') return this.#crash(socket, toFailure(thrown))
      }
      if (turn % messagesPerTurn === 0) await nextTurn()
    }
  }

  /** Sends the message back with its envelope: everything up to the first empty frame is routing, not message. */
  async #answer(replies: ReplySender, message: Frame[]): Promise<void> {
    const delimiter = message.findIndex((frame, index) => index > 0 && frame.byteLength === 0)
    if (delimiter < 0 || delimiter === message.length - 1) return this.#onMalformed(message.slice(1))
    const frames = message.slice(delimiter + 1)
    const at = wallClock()
    const run = this.#run?.sent(message[0]) ? this.#run : null
    // Logged when libzmq has taken the reply, so that the sender does not wait for it, and in the same turn, so that no
    // consequence of the reply precedes it in the log.
    const sending = replies.send(message)
    if (!run) this.#logMessage('received', at, frames)
    const whyDropped = await sending
    if (whyDropped !== null) return this.#onDropped(whyDropped, run)
    this.#count(frames)
    if (run) run.count(frames)
    else this.#logMessage('sent', wallClock(), frames)
  }

  /** Logs what the run that was expected has sent, and expects no more of it. */
  #logRun(): void {
    clearTimeout(this.#stragglers)
    this.#stragglers = undefined
    const summary = this.#run?.summary
    this.#run = undefined
    if (summary) this.#logEvent('lab:run', summary)
  }

  #logEndedRun(): void {
    if (this.#stragglers) this.#logRun()
  }

  get #logSource(): LogSource {
    return { source: serverSource, name: this.#state.endpoint }
  }

  #onMalformed(frames: readonly Frame[]): void {
    const detail = 'Dropped a message without the empty delimiter frame that REQ adds'
    const entry = eventEntry(this.#logSource, 'server:malformed', detail)
    this.host.log.append({ ...entry, frames })
    this.#state = { ...this.#state, rejected: this.#state.rejected + 1 }
    this.#announcement.request()
  }

  #onDropped(why: string, run: EchoedRun | null): void {
    if (run) run.dropped += 1
    else this.#logEvent('reply:dropped', `reply dropped: ${why}`)
    this.#state = { ...this.#state, dropped: this.#state.dropped + 1 }
    this.#announcement.request()
  }

  #crash(socket: Router, failure: InspectorError): void {
    if (socket !== this.#socket) return
    this.#release()
    this.#change({ ...stopped, phase: 'failed', endpoint: this.#state.endpoint, error: failure.toValue() })
    this.#logEvent('server:failed', failure.message)
  }

  #count(frames: Frame[]): void {
    this.#rate.add(performance.now())
    this.#state = {
      ...this.#state,
      messages: this.#state.messages + 1,
      bytes: this.#state.bytes + sizeOf(frames),
    }
    this.#announcement.request()
  }

  #onSocketEvent(socket: Router, event: SocketEvent): void {
    this.host.log.append(socketEventEntry(this.#logSource, event))
    if (socket !== this.#socket) return
    // The last event of a socket, when nothing of it is left.
    if (event.type === 'end') this.#monitorEnded?.()
    if (event.type === 'bind:error') this.#bindError = event.errorCode
    const { peers, rejected, trouble } = this.#state
    if (event.type === 'accept') this.#state = { ...this.#state, peers: peers + 1, trouble: null }
    else if (event.type === 'accept:error' && trouble === null && noDescriptors.includes(event.errorCode ?? '')) {
      this.#state = { ...this.#state, trouble: finding('no-descriptors') }
    }
    // libzmq reports a disconnect for every accepted connection, including those whose handshake failed.
    else if (event.type === 'disconnect') this.#state = { ...this.#state, peers: Math.max(0, peers - 1) }
    else if (event.type.startsWith('handshake:error')) this.#state = { ...this.#state, rejected: rejected + 1 }
    else return
    this.#announcement.request()
  }

  #logMessage(direction: 'sent' | 'received', at: number, frames: readonly Frame[]): void {
    this.host.log.append(messageEntry(this.#logSource, direction, at, frames))
  }

  #logEvent(event: string, detail: string): void {
    this.host.log.append(eventEntry(this.#logSource, event, detail))
  }

  #release(): void {
    this.#releaseName()
    this.#socket?.close()
    this.#socket = undefined
  }

  #releaseName(): void {
    if (this.#inprocName !== null) inprocNames.delete(this.#inprocName)
    this.#inprocName = null
  }

  #change(state: Omit<ServerState, 'seq' | 'rate'>): void {
    this.#state = state
    this.#announcement.flush()
  }

  #announce(): void {
    this.#seq += 1
    const state = this.state
    this.host.emit({ type: 'server.changed', state })
    // The rate falls to zero without further events, so announce that too.
    if (state.rate > 0 && state.phase === 'listening') this.#announcement.request()
  }
}
