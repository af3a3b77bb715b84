import { inFull } from '../shared/diagnosis/error-advice.ts'
import { InspectorError } from '../shared/errors.ts'
import { formatDuration } from '../shared/format.ts'
import { type Exchange, type Frame, sizeOf } from '../shared/message.ts'
import { monotonicNanoseconds, wallClock } from './clock.ts'
import { whyNotSent } from './delivery.ts'
import { findDifference } from './difference.ts'
import { toFailure } from './failures.ts'
import { PendingReply, type Reply } from './pending-reply.ts'
import type { Port } from './sockets/port.ts'
import type { SendOptions, StrategyHost } from './strategy.ts'
import type { TrafficMeter } from './traffic-meter.ts'
import { eventRecord, receivedRecord, type SessionName, sentRecord } from './transcript/records.ts'
import { SentLog } from './transcript/sent-log.ts'

/**
 * The requests of a REQ that binds, or has several endpoints: which peer answers is libzmq's choice, so there is no one
 * link to watch. The socket must be relaxed and correlated, or it could not send after a request without reply.
 */
export class PortRequests {
  readonly #reply = new PendingReply()
  readonly #sent: SentLog
  #inFlightSince: number | null = null
  #lastExchange: Exchange | null = null
  #isFirst = true
  /** Why the exchange under way is to end. */
  #ended: InspectorError | undefined

  constructor(
    private readonly host: StrategyHost,
    private readonly traffic: TrafficMeter,
  ) {
    this.#sent = new SentLog(host.log)
  }

  /** When the request that waits for its reply was sent, in milliseconds since the epoch; null without one. */
  get inFlightSince(): number | null {
    return this.#inFlightSince
  }

  get lastExchange(): Exchange | null {
    return this.#lastExchange
  }

  /** Resolves when a reply may be received: libzmq refuses to look for one before. Undefined when it may at once. */
  ready(): Promise<void> | undefined {
    return this.#reply.begun()
  }

  /** Takes a reply. Returns whether it was waited for. */
  take(frames: readonly Frame[]): boolean {
    return this.#reply.take(frames)
  }

  /** The socket was opened anew. */
  reset(): void {
    this.#isFirst = true
  }

  /** Ends the exchange under way, even if its reply is not waited for yet. */
  end(reason: InspectorError): void {
    this.#ended = reason
    this.#reply.end(reason)
  }

  /** Sends a request, and waits for its reply within the same time limit. Throws `InspectorError`. */
  async exchange(
    port: Port,
    session: SessionName,
    frames: readonly Frame[],
    { timeoutMs, origin = 'person' }: SendOptions,
  ): Promise<Exchange> {
    if (this.#inFlightSince !== null) throw new InspectorError('wrong-state', 'A message is already in flight.')
    const startedAt = wallClock()
    const number = this.host.log.reserve()
    this.#inFlightSince = startedAt
    this.#ended = undefined
    this.#sent.clear()
    this.#sent.begin(sentRecord(session, startedAt, frames, 0, origin, number), number)
    this.host.changed()
    try {
      let [at, startNs] = [startedAt, monotonicNanoseconds()]
      // What it waited for, such as a peer, is no part of the round trip.
      if (await port.send(frames, timeoutMs)) [at, startNs] = [wallClock(), monotonicNanoseconds()]
      this.#sent.take()
      this.traffic.sent(sizeOf(frames))
      if (this.#ended) throw this.#ended
      const reply = await this.#reply.wait(timeoutMs - (wallClock() - startedAt))
      this.#sent.end()
      return this.#finish(session, frames, at, number, reply, reply.atNs - startNs)
    } catch (thrown) {
      this.#sent.end()
      throw this.#afterFailure(thrown, port, session, timeoutMs)
    } finally {
      this.#inFlightSince = null
      this.host.changed()
    }
  }

  #finish(
    session: SessionName,
    request: readonly Frame[],
    at: number,
    number: number,
    { frames }: Reply,
    roundTripNs: number,
  ): Exchange {
    this.traffic.received(sizeOf(frames))
    const record = this.host.log.keep(receivedRecord(session, wallClock(), frames, 0, number, roundTripNs))
    const first = this.#isFirst
    this.#isFirst = false
    this.host.latency.record(at, roundTripNs, first)
    this.host.figuresChanged()
    this.#lastExchange = {
      at,
      request: this.#sent.number,
      record,
      frames: [...frames],
      roundTripNs,
      connectNs: null,
      first,
      difference: findDifference(request, frames),
      answersEarlier: false,
    }
    return this.#lastExchange
  }

  #afterFailure(thrown: unknown, port: Port, session: SessionName, timeoutMs: number): InspectorError {
    if (!this.#sent.taken) return toFailure(whyNotSent(thrown, port.hasPeer, timeoutMs))
    const failure = toFailure(thrown)
    if (failure.code !== 'timeout') return failure
    this.host.latency.recordTimeout(this.#inFlightSince ?? wallClock(), this.#isFirst)
    this.host.figuresChanged()
    const within = formatDuration(timeoutMs * 1e6)
    const why = port.hasPeer ? '' : ' Nobody is connected any more.'
    const late = new InspectorError('timeout', `No reply within ${within}.${why}`)
    this.host.log.append(eventRecord(session, 'timeout', inFull(late.toValue())))
    return late
  }
}
