import { adviceFor, type Diagnosis, detailsOf } from '../shared/diagnosis/diagnosis.ts'
import { inFull } from '../shared/diagnosis/error-advice.ts'
import { formatEndpoint, parseEndpoint } from '../shared/endpoint.ts'
import { InspectorError } from '../shared/errors.ts'
import { formatDuration } from '../shared/format.ts'
import { type Exchange, type Frame, type SocketAttempt, sizeOf } from '../shared/message.ts'
import { endpointOf, type SocketSpec } from '../shared/session/spec.ts'
import type { LinkState, SessionState } from '../shared/session/state.ts'
import { lateReplyEvent } from '../shared/transcript/record.ts'
import type { Secrets } from '../shared/zmq/security.ts'
import { wallClock } from './clock.ts'
import { findDifference } from './difference.ts'
import { systemCode, toFailure } from './failures.ts'
import { credentialsOf } from './security/credentials.ts'
import { notTaken, type RawExchange } from './sockets/exchange.ts'
import type { LateReply } from './sockets/late-replies.ts'
import { RequestLink } from './sockets/request-link.ts'
import { RetryLog } from './sockets/retry-log.ts'
import type { SendOptions, Strategy, StrategyHost, StrategyState } from './strategy.ts'
import { TrafficMeter } from './traffic-meter.ts'
import { eventRecord, receivedRecord, type SessionName, sentRecord, socketEventRecord } from './transcript/records.ts'
import { SentLog } from './transcript/sent-log.ts'

const skippedReply = 'skipped a reply that is not to this request: a late one, a surplus one, or one without its id'

const surplusReply = 'this reply is identical to the previous request: it may be a second answer to that'

const noServer = new InspectorError('wrong-state', 'The socket does not decide who may come in.')

/** A session in lockstep: a REQ socket whose every message waits for its reply. */
export class Requester implements Strategy {
  #spec: SocketSpec
  #ownKey: string | null = null
  #inFlightSince: number | null = null
  readonly #sentLog: SentLog
  #cancelled: InspectorError | undefined
  /** The number of the last exchange; 0 before its request is about to be sent. */
  #exchange = 0
  #lastExchange: Exchange | null = null
  #lastRequest: readonly Frame[] | null = null
  #lateReply: SessionState['lateReply'] = null
  #endpoint = ''
  #openedAt: number | null = null
  readonly #traffic = new TrafficMeter()
  readonly #retries: RetryLog
  readonly #link = new RequestLink({
    event: (event, endpoint, socket) => this.#retries.event(event, endpoint, socket, () => this.#causeOfTrouble()),
    changed: (before) => this.#onLinkChanged(before),
    late: (reply) => this.#onLateReply(reply),
    skipped: (endpoint) => this.host.log.append(eventRecord(this.#nameAt(endpoint), 'reply:skipped', skippedReply)),
  })

  constructor(
    private readonly host: StrategyHost,
    spec: SocketSpec,
  ) {
    this.#spec = spec
    this.#sentLog = new SentLog(host.log)
    this.#retries = new RetryLog(host.id, {
      event: (event, endpoint) => host.log.append(socketEventRecord(this.#nameAt(endpoint), event)),
      summary: (text, endpoint) => host.log.append(eventRecord(this.#nameAt(endpoint), 'connect:retries', text)),
    })
  }

  get state(): StrategyState {
    const endpoint = this.#endpoint || endpointOf(this.#spec)
    return {
      phase: this.#link.isOpen ? 'open' : 'closed',
      spec: this.#spec,
      endpoints: [{ how: 'connect', endpoint, link: this.#link.state }],
      error: null,
      openedAt: this.#link.isOpen ? this.#openedAt : null,
      traffic: this.#traffic.traffic,
      inFlightSince: this.#inFlightSince,
      lateReply: this.#lateReply,
      request: null,
      peers: null,
      audience: null,
      ownKey: this.#link.isOpen ? this.#ownKey : null,
      authentication: null,
    }
  }

  get lastExchange(): Exchange | null {
    return this.#lastExchange
  }

  /** Every attempt to connect within the last minute, the oldest first. */
  get attempts(): readonly SocketAttempt[] {
    return this.#retries.attempts
  }

  get isBusy(): boolean {
    return this.#inFlightSince !== null
  }

  /** Closes the socket there was. Throws `InspectorError` for a bad endpoint, and then leaves it as it was, or option. */
  async open(spec: SocketSpec, secrets: Secrets): Promise<void> {
    const credentials = credentialsOf(spec.security, secrets)
    const endpoint = parseEndpoint(endpointOf(spec), 'connect', { ipv6: spec.options.ipv6 })
    this.closeNow()
    const formatted = formatEndpoint(endpoint)
    // Figures of two servers in one distribution would say nothing of either.
    if (this.#endpoint !== '' && this.#endpoint !== formatted) this.host.resetLatency()
    this.#spec = spec
    this.#endpoint = formatted
    this.#openedAt = wallClock()
    this.#traffic.reset()
    this.#ownKey = credentials.ownKey
    this.#link.open(endpoint, spec.options, credentials)
    this.host.changedNow()
  }

  async close(): Promise<void> {
    this.closeNow()
  }

  /** Closes the socket; an exchange that is under way ends with `closed`. */
  closeNow(): void {
    this.host.closing()
    const reason = new InspectorError('closed', 'The connection was closed.')
    this.#cancelled ??= this.#inFlightSince === null ? undefined : reason
    this.#link.close(reason)
    this.host.changedNow()
  }

  secure(): void {
    throw noServer
  }

  admit(): void {
    throw noServer
  }

  /** Closes the socket and waits until it and those before it have gone. */
  async dispose(): Promise<void> {
    this.closeNow()
    await this.#link.dispose()
  }

  /**
   * Sends one message and waits for its reply. Connecting is waited for first, within the same time limit, so that
   * the round trip holds nothing of it. Throws `InspectorError`: `closed`, `wrong-state`, `unreachable`,
   * `peer-rejected`, `timeout`, `request-lost`, `cancelled`. After any of the last five the session can be used again.
   *
   * One function for the whole of it, since each further one that is async would cost every exchange some turns.
   */
  async send(frames: readonly Frame[], { timeoutMs, origin = 'person' }: SendOptions): Promise<Exchange> {
    if (!this.#link.isOpen) throw new InspectorError('closed', 'The connection is not open.')
    if (this.#inFlightSince !== null) throw new InspectorError('wrong-state', 'A message is already in flight.')
    const startedAt = wallClock()
    this.#inFlightSince = startedAt
    this.#cancelled = undefined
    this.#sentLog.clear()
    this.#lateReply = null
    this.#exchange = 0
    // Another endpoint may be opened meanwhile.
    const session = this.#sessionName
    this.host.changed()
    try {
      const ready = this.#link.isReady
      let leftMs = ready ? timeoutMs : await this.#link.becomeReady(timeoutMs)
      // Connecting may have taken its time.
      let at = ready ? startedAt : wallClock()
      for (;;) {
        if (this.#cancelled) throw this.#cancelled
        const first = this.#link.isFresh
        const number = this.host.log.reserve()
        if (this.#exchange === 0) this.#exchange = number
        this.#sentLog.begin(sentRecord(session, at, frames, 0, origin, this.#exchange), number)
        this.#retries.interrupt()
        try {
          const raw = await this.#link.exchange(frames, leftMs, this.#sentLog.take)
          this.#sentLog.end()
          return this.#finish(frames, at, raw, first, session)
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
      const refusal = systemCode(thrown) === 'request-lost' ? await this.host.refusal(this.#endpoint, frames) : null
      throw this.#afterFailure(refusal ?? thrown, timeoutMs, session)
    } finally {
      this.#inFlightSince = null
      this.host.changed()
    }
  }

  attach(): Promise<void> {
    return Promise.reject(oneEndpoint())
  }

  detach(): void {
    throw oneEndpoint()
  }

  subscribe(): Promise<void> {
    return Promise.reject(new InspectorError('wrong-state', 'A REQ has no subscriptions.'))
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

  #finish(request: readonly Frame[], at: number, raw: RawExchange, first: boolean, session: SessionName): Exchange {
    this.#traffic.sent(sizeOf(request))
    this.#traffic.received(sizeOf(raw.frames))
    // Now, not `at` plus the round trip: some time passes between `at` and the send.
    const received = receivedRecord(session, wallClock(), raw.frames, 0, this.#exchange, raw.roundTripNs)
    const record = this.host.log.keep(received)
    // A reply that was read before its socket closed still arrives.
    if (this.#cancelled) throw this.#cancelled
    this.#link.proveReady()
    this.host.latency.record(at, raw.roundTripNs, first)
    this.host.figuresChanged()
    const difference = findDifference(request, raw.frames)
    // A new socket gets no reply to what an earlier one sent, and an id tells replies apart.
    const before = first || this.#link.isCorrelated ? null : this.#lastRequest
    this.#lastRequest = request
    const answersEarlier = difference !== null && before !== null && findDifference(before, raw.frames) === null
    if (answersEarlier) this.host.log.append(eventRecord(session, 'reply:surplus', surplusReply))
    this.#lastExchange = {
      at,
      request: this.#sentLog.number,
      record,
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
  #afterFailure(thrown: unknown, timeoutMs: number, session: SessionName): InspectorError {
    const failure = this.#cancelled ?? toFailure(thrown)
    switch (failure.code) {
      case 'closed':
        return failure
      case 'timeout':
        return this.#afterTimeout(timeoutMs, session)
      case 'unreachable':
      case 'peer-rejected':
        // Replacing the socket would only throw away what its link knows.
        break
      default:
        if (!this.#link.survivesFailure) this.#link.replace()
    }
    this.host.log.append(eventRecord(session, failure.code, inFull(failure.toValue())))
    return failure
  }

  #afterTimeout(timeoutMs: number, session: SessionName): InspectorError {
    this.host.latency.recordTimeout(this.#inFlightSince ?? wallClock(), this.#link.isFresh)
    this.host.figuresChanged()
    const why = this.#link.whyNoReply()
    const message = `No reply within ${formatDuration(timeoutMs * 1e6)}.`
    const failure = new InspectorError('timeout', message, detailsOf(why))
    this.host.log.append(eventRecord(session, 'timeout', inFull(failure.toValue())))
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
    this.host.changed()
  }

  #onLateReply({ frames, afterMs, timeoutMs, endpoint, exchange }: LateReply): void {
    const after = formatDuration(afterMs * 1e6)
    const late = formatDuration(Math.max(0, afterMs - timeoutMs) * 1e6)
    const entry = eventRecord(
      this.#nameAt(endpoint),
      lateReplyEvent,
      `late, ${after} after the request and ${late} after its time limit`,
    )
    const record = this.host.log.keep({ ...entry, frames, exchange })
    // One to an earlier request says nothing of the last.
    if (exchange !== this.#exchange) return
    this.#lateReply = { record, afterMs }
    this.host.changed()
  }

  /** What keeps the link from being ready, in words. */
  #causeOfTrouble(): string {
    const { state } = this.#link
    return 'cause' in state && state.cause ? adviceFor(state.cause).cause : 'the link is not ready'
  }

  get #sessionName(): SessionName {
    return this.#nameAt(this.#endpoint)
  }

  #nameAt(endpoint: string): SessionName {
    return { session: this.host.id, name: endpoint }
  }

  #logEvent(event: string, detail: string): void {
    this.host.log.append(eventRecord(this.#sessionName, event, detail))
  }
}

const oneEndpoint = () =>
  new InspectorError('wrong-state', 'Disconnect first: a REQ gets more endpoints when it connects again.')

/** What is wrong with a link that ought to be ready; undefined when nothing is. */
function diagnosisOf(state: LinkState): Diagnosis | undefined {
  return state.state === 'retrying' || state.state === 'rejected' || state.state === 'stopped'
    ? state.cause.diagnosis
    : undefined
}
