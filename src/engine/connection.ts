import type { ConnectionOptions, ConnectionState, LinkState } from '../shared/connection.ts'
import { adviceFor, type Diagnosis, detailsOf } from '../shared/diagnosis/diagnosis.ts'
import { inFull } from '../shared/diagnosis/error-advice.ts'
import { formatEndpoint, parseEndpoint } from '../shared/endpoint.ts'
import { InspectorError } from '../shared/errors.ts'
import { formatDuration } from '../shared/format.ts'
import { LatencyRecorder } from '../shared/latency/recorder.ts'
import { type Exchange, type Frame, lateReplyEvent, type SocketAttempt } from '../shared/message.ts'
import { wallClock } from './clock.ts'
import { findDifference } from './difference.ts'
import { notTaken, type RawExchange } from './exchange.ts'
import { systemCode, toFailure } from './failures.ts'
import type { EngineHost } from './host.ts'
import type { LateReply } from './late-replies.ts'
import { eventEntry, type LogSource, messageEntry, socketEventEntry } from './log-entries.ts'
import { Repeat, type RepeatPlan } from './repeat.ts'
import { RequestLink } from './request-link.ts'
import { RetryLog } from './retry-log.ts'
import { SentLog } from './sent-log.ts'
import { Throttle } from './throttle.ts'

const announceEveryMs = 50
/** How much longer the window waits for news for each connection that repeats: it shows them all. */
const announceLaterMs = 2

/** Connections that repeat now. */
let repeating = 0

const skippedReply = 'skipped a reply that is not to this request: a late one, a surplus one, or one without its id'

const surplusReply = 'this reply is identical to the previous request: it may be a second answer to that'

/** Grows over all connections: one that is removed and comes back under its id must not begin anew. */
let lastSeq = 0

/** A REQ connection that a person opened: its link, its figures, and what of it goes to the log. */
export class Connection {
  readonly latency = new LatencyRecorder()
  #inFlightSince: number | null = null
  readonly #sentLog: SentLog
  #cancelled: InspectorError | undefined
  #repeat: Repeat | undefined
  /** The number of the last exchange. */
  #exchange = 0
  #lastExchange: Exchange | null = null
  #lastRequest: readonly Frame[] | null = null
  #lateReply: ConnectionState['lateReply'] = null
  #seq = 0
  #endpoint = ''
  readonly #retries: RetryLog
  readonly #link = new RequestLink({
    event: (event, endpoint, socket) => this.#retries.event(event, endpoint, socket, () => this.#causeOfTrouble()),
    changed: (before) => this.#onLinkChanged(before),
    late: (reply) => this.#onLateReply(reply),
    skipped: (endpoint) => this.host.log.append(eventEntry(this.#sourceAt(endpoint), 'reply:skipped', skippedReply)),
  })
  /** Whether the figures changed since that was last announced. */
  #hasNewFigures = false
  readonly #announcement = new Throttle(
    () => announceEveryMs + repeating * announceLaterMs,
    () => this.#announce(),
  )

  constructor(
    private readonly host: EngineHost,
    readonly id: string,
    /** Whether the application's own server, at this endpoint, refused a request that was lost, and why. */
    private readonly refusal: (endpoint: string, frames: readonly Frame[]) => Promise<InspectorError | null>,
  ) {
    this.#sentLog = new SentLog(host.log)
    this.#retries = new RetryLog(id, {
      event: (event, endpoint) => host.log.append(socketEventEntry(this.#sourceAt(endpoint), event)),
      summary: (text, endpoint) => host.log.append(eventEntry(this.#sourceAt(endpoint), 'connect:retries', text)),
    })
  }

  get state(): ConnectionState {
    return {
      connectionId: this.id,
      seq: this.#seq,
      open: this.#link.isOpen,
      endpoint: this.#endpoint,
      link: this.#link.state,
      inFlightSince: this.#inFlightSince,
      repeat: this.#repeat?.progress ?? null,
      lateReply: this.#lateReply,
    }
  }

  get lastExchange(): Exchange | null {
    return this.#lastExchange
  }

  /** Every attempt to connect within the last minute, the oldest first. */
  get attempts(): readonly SocketAttempt[] {
    return this.#retries.attempts
  }

  /** Opens a socket to `endpoint`, closing the one there was. Throws `InspectorError` for a bad endpoint or option. */
  open(endpointText: string, options: ConnectionOptions): ConnectionState {
    const endpoint = parseEndpoint(endpointText, 'connect', { ipv6: options.ipv6 })
    this.close()
    const formatted = formatEndpoint(endpoint)
    // Figures of two servers in one distribution would say nothing of either.
    if (this.#endpoint !== '' && this.#endpoint !== formatted) this.resetLatency()
    this.#endpoint = formatted
    this.#link.open(endpoint, options)
    this.#announcement.flush()
    return this.state
  }

  /** Closes the socket; an exchange or a repeat that is under way ends with `closed`. */
  close(): void {
    const reason = new InspectorError('closed', 'The connection was closed.')
    this.#cancelled ??= this.#inFlightSince === null ? undefined : reason
    this.#repeat?.stop()
    this.#link.close(reason)
    this.#announcement.flush()
  }

  /** Closes the socket and waits until it and those before it have gone. */
  async dispose(): Promise<void> {
    this.close()
    await this.#link.dispose()
  }

  /**
   * Sends one message and waits for its reply. Connecting is waited for first, within the same time limit, so that
   * the round trip holds nothing of it. Throws `InspectorError`: `closed`, `wrong-state`, `unreachable`,
   * `peer-rejected`, `timeout`, `request-lost`, `cancelled`. After any of the last five the connection can be used again.
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
    const what = this.#sentLog.taken
      ? 'Cancelled. The message may have reached the peer.'
      : 'Cancelled before it was sent.'
    this.#cancelled = new InspectorError('cancelled', what)
    this.#link.abort(this.#cancelled)
  }

  startRepeat(plan: RepeatPlan): void {
    if (!this.#link.isOpen) throw new InspectorError('closed', 'The connection is not open.')
    if (this.#repeat?.progress.running || this.#inFlightSince !== null) {
      throw new InspectorError('wrong-state', 'A message is already under way.')
    }
    this.#repeat = new Repeat(
      plan,
      () => this.#send(plan.frames, plan.timeoutMs),
      () => this.#announcement.request(),
    )
    repeating += 1
    void this.#repeat.run().then(() => {
      repeating -= 1
      this.#announcement.flush()
    })
  }

  stopRepeat(): void {
    this.#repeat?.stop()
  }

  resetLatency(): void {
    this.latency.reset()
    this.#hasNewFigures = true
    this.#announcement.flush()
  }

  /** One function for the whole of it, since each further one that is async would cost every exchange some turns. */
  async #send(frames: readonly Frame[], timeoutMs: number): Promise<Exchange> {
    if (!this.#link.isOpen) throw new InspectorError('closed', 'The connection is not open.')
    if (this.#inFlightSince !== null) throw new InspectorError('wrong-state', 'A message is already in flight.')
    const startedAt = wallClock()
    this.#inFlightSince = startedAt
    this.#cancelled = undefined
    this.#sentLog.clear()
    this.#lateReply = null
    this.#exchange += 1
    // Another endpoint may be opened meanwhile.
    const source = this.#logSource
    this.#announcement.request()
    try {
      const ready = this.#link.isReady
      let leftMs = ready ? timeoutMs : await this.#link.becomeReady(timeoutMs)
      // Connecting may have taken its time.
      let at = ready ? startedAt : wallClock()
      for (;;) {
        if (this.#cancelled) throw this.#cancelled
        const first = this.#link.isFresh
        this.#sentLog.begin({ at, frames, source })
        this.#retries.interrupt()
        try {
          const raw = await this.#link.exchange(frames, leftMs, this.#sentLog.take)
          this.#sentLog.end()
          return this.#finish(frames, at, raw, first, source)
        } catch (thrown) {
          if (thrown !== notTaken || this.#cancelled) throw thrown
          // Nothing went out: send it through another socket, within what is left of the time limit.
          this.#link.replace()
          leftMs = await this.#link.becomeReady(Math.max(1, timeoutMs - (wallClock() - startedAt)))
          at = wallClock()
        }
      }
    } catch (thrown) {
      this.#sentLog.end()
      const refusal = systemCode(thrown) === 'request-lost' ? await this.refusal(this.#endpoint, frames) : null
      throw this.#afterFailure(refusal ?? thrown, timeoutMs, source)
    } finally {
      this.#inFlightSince = null
      this.#announcement.request()
    }
  }

  #finish(request: readonly Frame[], at: number, raw: RawExchange, first: boolean, source: LogSource): Exchange {
    // Now, not `at` plus the round trip: some time passes between `at` and the send.
    this.host.log.append(messageEntry(source, 'received', wallClock(), raw.frames, raw.roundTripNs))
    // A reply that was read before its socket closed still arrives.
    if (this.#cancelled) throw this.#cancelled
    this.#link.proveReady()
    this.latency.record(at, raw.roundTripNs, first)
    this.#hasNewFigures = true
    const difference = findDifference(request, raw.frames)
    // A new socket gets no reply to what an earlier one sent, and an id tells replies apart.
    const before = first || this.#link.isCorrelated ? null : this.#lastRequest
    this.#lastRequest = request
    const answersEarlier = difference !== null && before !== null && findDifference(before, raw.frames) === null
    if (answersEarlier) this.host.log.append(eventEntry(source, 'reply:surplus', surplusReply))
    this.#lastExchange = {
      at,
      frames: raw.frames,
      roundTripNs: raw.roundTripNs,
      connectNs: first ? this.#link.connectNs : null,
      first,
      difference,
      answersEarlier,
    }
    return this.#lastExchange
  }

  /** What the failure is for a person, with the connection made fit for the next exchange. */
  #afterFailure(thrown: unknown, timeoutMs: number, source: LogSource): InspectorError {
    const failure = this.#cancelled ?? toFailure(thrown)
    switch (failure.code) {
      case 'closed':
        return failure
      case 'timeout':
        return this.#afterTimeout(timeoutMs, source)
      case 'unreachable':
      case 'peer-rejected':
        // Replacing the socket would only throw away what its link knows.
        break
      default:
        if (!this.#link.survivesFailure) this.#link.replace()
    }
    this.host.log.append(eventEntry(source, failure.code, inFull(failure.toValue())))
    return failure
  }

  #afterTimeout(timeoutMs: number, source: LogSource): InspectorError {
    this.latency.recordTimeout(this.#inFlightSince ?? wallClock(), this.#link.isFresh)
    this.#hasNewFigures = true
    const why = this.#link.whyNoReply()
    const message = `No reply within ${formatDuration(timeoutMs * 1e6)}.`
    const failure = new InspectorError('timeout', message, detailsOf(why))
    this.host.log.append(eventEntry(source, 'timeout', inFull(failure.toValue())))
    this.#link.renewAfterTimeout(timeoutMs, this.#exchange)
    return failure
  }

  #onLinkChanged(before: LinkState): void {
    const { state } = this.#link
    if (state.state === 'ready' && state.older && before.state !== 'ready') {
      this.#logEvent('link:older', 'the peer speaks an older protocol (ZMTP 1.0 or 2.0), which has no handshake event')
    }
    const trouble = diagnosisOf(state)
    if (trouble && trouble !== diagnosisOf(before)) this.#logEvent(`link:${state.state}`, this.#causeOfTrouble())
    this.#announcement.request()
  }

  #onLateReply({ frames, afterMs, timeoutMs, endpoint, exchange }: LateReply): void {
    const after = formatDuration(afterMs * 1e6)
    const late = formatDuration(Math.max(0, afterMs - timeoutMs) * 1e6)
    const entry = eventEntry(
      this.#sourceAt(endpoint),
      lateReplyEvent,
      `late, ${after} after the request and ${late} after its time limit`,
    )
    this.host.log.append({ ...entry, frames })
    // One to an earlier request says nothing of the last.
    if (exchange !== this.#exchange) return
    this.#lateReply = { at: entry.at, afterMs }
    this.#announcement.request()
  }

  /** What keeps the link from being ready, in words. */
  #causeOfTrouble(): string {
    const { state } = this.#link
    return 'cause' in state && state.cause ? adviceFor(state.cause).cause : 'the link is not ready'
  }

  get #logSource(): LogSource {
    return this.#sourceAt(this.#endpoint)
  }

  #sourceAt(endpoint: string): LogSource {
    return { source: this.id, name: endpoint }
  }

  #logEvent(event: string, detail: string): void {
    this.host.log.append(eventEntry(this.#logSource, event, detail))
  }

  #announce(): void {
    lastSeq += 1
    this.#seq = lastSeq
    this.host.emit({ type: 'connection.changed', state: this.state })
    if (this.#hasNewFigures) this.host.emit({ type: 'latency.changed', connectionId: this.id })
    this.#hasNewFigures = false
  }
}

/** What is wrong with a link that ought to be ready; undefined when nothing is. */
function diagnosisOf(state: LinkState): Diagnosis | undefined {
  return state.state === 'retrying' || state.state === 'rejected' || state.state === 'stopped'
    ? state.cause.diagnosis
    : undefined
}
