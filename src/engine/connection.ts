import type { ConnectionOptions, ConnectionState } from '../shared/connection.ts'
import { adviceFor } from '../shared/diagnosis/diagnosis.ts'
import type { SocketEvent } from '../shared/diagnosis/socket-event.ts'
import { formatEndpoint, parseEndpoint } from '../shared/endpoint.ts'
import { InspectorError } from '../shared/errors.ts'
import { formatDuration } from '../shared/format.ts'
import { LatencyRecorder } from '../shared/latency/recorder.ts'
import type { Exchange, Frame } from '../shared/message.ts'
import { monotonicNanoseconds, wallClock } from './clock.ts'
import { findDifference } from './difference.ts'
import { type RawExchange, RequestSocket } from './exchange.ts'
import type { EngineHost } from './host.ts'
import { LinkWatcher } from './link-watcher.ts'
import { eventEntry, type LogSource, messageEntry, socketEventEntry } from './log-entries.ts'
import { Repeat, type RepeatPlan } from './repeat.ts'
import { Throttle } from './throttle.ts'

const announceEveryMs = 50
/** Log the sent message after this long without a reply. */
const logSentAfterMs = 250

/** Grows over all connections: one that is removed and comes back under its id must not begin anew. */
let lastSeq = 0

/** A REQ connection that a person opened: its socket, which is replaced after a failure, its link and its figures. */
export class Connection {
  readonly latency = new LatencyRecorder()
  #socket: RequestSocket | undefined
  /** Sockets that were replaced or closed, until their monitors have ended. */
  readonly #closingSockets = new Set<Promise<void>>()
  /** Whether the present socket has made an exchange yet. */
  #fresh = true
  #inFlightSince: number | null = null
  /** Whether libzmq has taken the message in flight. */
  #sent = false
  readonly #noteSent = (): void => {
    this.#sent = true
  }
  /** The message in flight, until it is in the log. */
  #unlogged: { readonly at: number; readonly frames: readonly Frame[] } | undefined
  /** Runs now and then while messages are in flight. */
  #longWait: NodeJS.Timeout | undefined
  #cancelled: InspectorError | undefined
  #repeat: Repeat | undefined
  #lastExchange: Exchange | null = null
  #seq = 0
  #endpoint = ''
  #handshakes = true
  #options: ConnectionOptions | undefined
  readonly #link = new LinkWatcher(() => this.#announcement.request())
  readonly #announcement = new Throttle(announceEveryMs, () => this.#announce())

  constructor(
    private readonly host: EngineHost,
    readonly id: string,
  ) {}

  get state(): ConnectionState {
    return {
      connectionId: this.id,
      seq: this.#seq,
      open: this.#socket !== undefined,
      endpoint: this.#endpoint,
      link: this.#link.state,
      inFlightSince: this.#inFlightSince,
      repeat: this.#repeat?.progress ?? null,
    }
  }

  get lastExchange(): Exchange | null {
    return this.#lastExchange
  }

  /** Opens a socket to `endpoint`, closing the one there was. Throws `InspectorError` for a bad endpoint or option. */
  open(endpointText: string, options: ConnectionOptions): ConnectionState {
    const endpoint = parseEndpoint(endpointText, 'connect', { ipv6: options.ipv6 })
    this.close()
    const formatted = formatEndpoint(endpoint)
    // Figures of two servers in one distribution would say nothing of either.
    if (this.#endpoint !== '' && this.#endpoint !== formatted) this.resetLatency()
    this.#endpoint = formatted
    this.#handshakes = endpoint.scheme !== 'inproc'
    this.#options = options
    this.#connect()
    this.#announcement.flush()
    return this.state
  }

  /** Closes the socket; an exchange or a repeat that is under way ends with `closed`. */
  close(): void {
    const reason = new InspectorError('closed', 'The connection was closed.')
    this.#cancelled ??= this.#inFlightSince === null ? undefined : reason
    this.#repeat?.stop()
    this.#socket?.close(reason)
    this.#socket = undefined
    this.#options = undefined
    this.#link.closed()
    this.#announcement.flush()
  }

  /** Closes the socket and waits until it and those before it have gone. */
  async dispose(): Promise<void> {
    this.close()
    await Promise.all(this.#closingSockets)
  }

  /**
   * Sends one message and waits for its reply. Connecting is waited for first, within the same time limit, so that
   * the round trip holds nothing of it. Throws `InspectorError`: `closed`, `wrong-state`, `unreachable`,
   * `peer-rejected`, `timeout`, `cancelled`. After any of the last four the connection can be used again.
   */
  send(frames: readonly Frame[], timeoutMs: number): Promise<Exchange> {
    if (this.#repeat?.progress.running) {
      return Promise.reject(new InspectorError('wrong-state', 'A repeat is running.'))
    }
    return this.#send(frames, timeoutMs)
  }

  /** Ends the exchange under way with `cancelled`. Does nothing when there is none. */
  cancel(): void {
    if (this.#inFlightSince === null) return
    const what = this.#sent ? 'Cancelled. The message may have reached the peer.' : 'Cancelled before it was sent.'
    this.#cancelled = new InspectorError('cancelled', what)
    this.#socket?.close(this.#cancelled)
    // Waiting for the link ends too.
    this.#link.closed()
  }

  startRepeat(plan: RepeatPlan): void {
    if (!this.#socket) throw new InspectorError('closed', 'The connection is not open.')
    if (this.#repeat?.progress.running || this.#inFlightSince !== null) {
      throw new InspectorError('wrong-state', 'A message is already under way.')
    }
    this.#repeat = new Repeat(
      plan,
      () => this.#send(plan.frames, plan.timeoutMs),
      () => this.#announcement.request(),
    )
    void this.#repeat.run().then(() => this.#announcement.flush())
  }

  stopRepeat(): void {
    this.#repeat?.stop()
  }

  resetLatency(): void {
    this.latency.reset()
    this.host.emit({ type: 'latency.changed', connectionId: this.id })
  }

  /** One function for the whole of it, since each further one that is async would cost every exchange some turns. */
  async #send(frames: readonly Frame[], timeoutMs: number): Promise<Exchange> {
    if (!this.#socket) throw new InspectorError('closed', 'The connection is not open.')
    if (this.#inFlightSince !== null) throw new InspectorError('wrong-state', 'A message is already in flight.')
    this.#inFlightSince = wallClock()
    this.#cancelled = undefined
    this.#sent = false
    this.#announcement.request()
    try {
      const first = this.#fresh
      const ready = !this.#handshakes || this.#link.state.state === 'ready'
      const leftMs = ready ? timeoutMs : await this.#becomeReady(timeoutMs)
      const socket = this.#socket
      if (this.#cancelled) throw this.#cancelled
      if (!socket) throw new InspectorError('closed', 'The connection was closed.')
      // Connecting may have taken its time.
      const at = ready ? this.#inFlightSince : wallClock()
      this.#unlogged = { at, frames }
      this.#watchLongWait(logSentAfterMs)
      const raw = await socket.exchange(frames, leftMs, this.#noteSent)
      this.#fresh = false
      this.#logSent()
      return this.#finish(frames, at, raw, first)
    } catch (thrown) {
      this.#logSent()
      throw this.#afterFailure(thrown, timeoutMs)
    } finally {
      this.#inFlightSince = null
      this.#announcement.request()
    }
  }

  /**
   * Logs what was sent, once. When its exchange has ended, however it did, since the log copies the frames, and that must
   * not count as round trip; or in the middle of a long wait.
   */
  #logSent(): void {
    if (this.#unlogged && this.#sent) this.#log('sent', this.#unlogged.at, this.#unlogged.frames, null)
    this.#unlogged = undefined
  }

  /** Looks after a long wait. One timer runs for many exchanges: one for each would be set and cleared in vain. */
  #watchLongWait(inMs: number): void {
    this.#longWait ??= setTimeout(() => {
      this.#longWait = undefined
      if (!this.#unlogged) return
      const waitedMs = wallClock() - this.#unlogged.at
      if (this.#sent && waitedMs >= logSentAfterMs) this.#logSent()
      // At least a millisecond, and no longer than a wait may take, should the clock have been set.
      else this.#watchLongWait(Math.min(logSentAfterMs, Math.max(1, logSentAfterMs - waitedMs)))
    }, inMs).unref()
  }

  #finish(request: readonly Frame[], at: number, raw: RawExchange, first: boolean): Exchange {
    this.#link.provenReady()
    // Now, not `at` plus the round trip: some time passes between `at` and the send.
    this.#log('received', wallClock(), raw.frames, raw.roundTripNs)
    this.latency.record(at, raw.roundTripNs, first)
    this.host.emit({ type: 'latency.changed', connectionId: this.id })
    this.#lastExchange = {
      at,
      frames: raw.frames,
      roundTripNs: raw.roundTripNs,
      connectNs: first ? this.#link.connectNs : null,
      first,
      difference: findDifference(request, raw.frames),
    }
    return this.#lastExchange
  }

  /** Resolves with what is left of the time limit. */
  async #becomeReady(timeoutMs: number): Promise<number> {
    const deadline = monotonicNanoseconds() + timeoutMs * 1e6
    // A link that was turned away gets a fresh attempt: the peer may be another one by now.
    if (this.#link.state.state === 'rejected') this.#replace()
    await this.#link.settled(timeoutMs)
    if (this.#cancelled) throw this.#cancelled
    const { state } = this.#link
    if (state.state === 'rejected') {
      throw new InspectorError('peer-rejected', adviceFor(state.cause).cause, { diagnosis: state.cause })
    }
    if (state.state === 'retrying') {
      throw new InspectorError('unreachable', adviceFor(state.cause).cause, { diagnosis: state.cause })
    }
    if (state.state === 'connecting') throw new InspectorError('unreachable', 'The peer did not answer in time.')
    return Math.max(1, Math.ceil((deadline - monotonicNanoseconds()) / 1e6))
  }

  /** What the failure is for a person, with the connection made fit for the next exchange. */
  #afterFailure(thrown: unknown, timeoutMs: number): InspectorError {
    const failure = this.#cancelled ?? (thrown instanceof InspectorError ? thrown : undefined)
    if (!failure) throw thrown
    if (failure.code === 'closed') return failure
    const link = this.#link.state
    if (failure.code === 'timeout') {
      this.latency.recordTimeout(this.#inFlightSince ?? wallClock(), this.#fresh)
      this.host.emit({ type: 'latency.changed', connectionId: this.id })
    }
    this.host.log.append(eventEntry(this.#logSource, failure.code, failure.message))
    // Replacing an unreachable socket would only throw away what its link knows.
    if (failure.code !== 'unreachable' && failure.code !== 'peer-rejected' && !this.#socket?.survivesFailure) {
      this.#replace()
    }
    if (failure.code !== 'timeout') return failure
    const details = link.state === 'retrying' || link.state === 'rejected' ? { diagnosis: link.cause } : undefined
    return new InspectorError('timeout', `No reply within ${formatDuration(timeoutMs * 1e6)}.`, details)
  }

  #replace(): void {
    this.#socket?.close()
    this.#connect()
  }

  #connect(): void {
    const options = this.#options
    if (!options) return
    this.#fresh = true
    this.#link.opening()
    try {
      const socket: RequestSocket = new RequestSocket(this.#endpoint, options, (event) =>
        this.#onSocketEvent(socket, event),
      )
      this.#socket = socket
      const gone = socket.ended.then(() => void this.#closingSockets.delete(gone))
      this.#closingSockets.add(gone)
    } catch (thrown) {
      this.#socket = undefined
      this.#link.closed()
      throw thrown
    }
  }

  #onSocketEvent(socket: RequestSocket, event: SocketEvent): void {
    this.host.log.append(socketEventEntry(this.#logSource, event))
    // What a replaced socket still has to say belongs into the log, not into the state of its successor.
    if (socket === this.#socket) this.#link.event(event)
  }

  get #logSource(): LogSource {
    return { source: this.id, name: this.#endpoint }
  }

  #log(direction: 'sent' | 'received', at: number, frames: readonly Frame[], roundTripNs: number | null): void {
    this.host.log.append(messageEntry(this.#logSource, direction, at, frames, roundTripNs))
  }

  #announce(): void {
    lastSeq += 1
    this.#seq = lastSeq
    this.host.emit({ type: 'connection.changed', state: this.state })
  }
}
