import { InspectorError } from '../shared/errors.ts'
import { type KeptFigures, LatencyRecorder } from '../shared/latency/recorder.ts'
import type { Exchange, Frame, SocketAttempt } from '../shared/message.ts'
import { type BehaviourRow, behaviours } from '../shared/session/behaviours.ts'
import { type Attachment, endpointOf, isPlainRequest, type SocketSpec } from '../shared/session/spec.ts'
import type { SessionState } from '../shared/session/state.ts'
import type { Timing } from '../shared/session/timing.ts'
import type { Topic } from '../shared/session/topic.ts'
import { patternOf } from '../shared/zmq/patterns.ts'
import type { Secrets, Security } from '../shared/zmq/security.ts'
import { wallClock } from './clock.ts'
import type { EchoListeners } from './echo-listeners.ts'
import type { EngineHost } from './host.ts'
import { Repeat, type RepeatPlan } from './repeat.ts'
import { Requester } from './requester.ts'
import { checkTiming, SessionTiming } from './session-timing.ts'
import type { Strategy, StrategyHost } from './strategy.ts'
import { Streamer } from './streamer.ts'
import { Throttle } from './throttle.ts'
import { SessionTopics } from './topics/session-topics.ts'
import { RecordTap } from './transcript/record-tap.ts'
import { eventRecord } from './transcript/records.ts'
import { type DecodedWatch, SessionWatches } from './watch/session-watches.ts'

const announceEveryMs = 50
/** How much longer the window waits for news for each session that repeats: it shows them all. */
const announceLaterMs = 2

/** Sessions that repeat now. */
let repeating = 0

/** Grows over all sessions: one that is removed and comes back under its id must not begin anew. */
let lastSeq = 0

function checkBehaviour({ pattern, behaviour }: SocketSpec): void {
  if (behaviour === null) return
  const { label, patterns }: BehaviourRow = behaviours[behaviour]
  if (patterns.includes(pattern)) return
  throw new InspectorError('invalid-argument', `A ${patternOf(pattern).label} cannot have the behaviour ${label}.`)
}

/** What figures are about. */
const described = ({ pattern, attach }: SocketSpec): string => JSON.stringify([pattern, attach])

/** So long an endpoint can be left without losing its figures: for a typing mistake, or to undo a change. */
const keptMs = 60_000

/** Figures before a reset, and what they are about. */
interface Former {
  readonly of: string
  readonly figures: KeptFigures
  /** When that was, in milliseconds since the epoch. */
  readonly at: number
}

/** A running socket, whatever its pattern: its figures, its repeat, and the announcements of its state. */
export class Session {
  readonly latency = new LatencyRecorder()
  /** Tells others of its messages. */
  readonly tap: RecordTap
  /** What it receives, by topics. */
  readonly topics: SessionTopics
  /** What of its messages is watched. */
  readonly watches: SessionWatches
  #strategy: Strategy
  /** Strategies of other patterns, which this session had before. */
  readonly #leaving = new Set<Promise<void>>()
  #repeat: Repeat | undefined
  readonly #timing: SessionTiming
  /** Before the last reset. */
  #former: Former | null = null
  #seq = 0
  /** Whether nothing more may be announced. */
  #isGone = false
  /** Whether the figures changed since that was last announced. */
  #hasNewFigures = false
  readonly #strategyHost: StrategyHost
  readonly #announcement = new Throttle(
    () => announceEveryMs + repeating * announceLaterMs,
    () => this.#announce(),
  )

  /**
   * `echoes` tells of what arrives at any session. `refusal` tells whether a session of this application refused a request
   * that was lost, and why.
   */
  constructor(
    private readonly host: EngineHost,
    readonly id: string,
    spec: SocketSpec,
    echoes: EchoListeners,
    refusal: StrategyHost['refusal'],
  ) {
    this.#timing = new SessionTiming(id, this.latency, echoes, (hasFigures) => {
      this.#hasNewFigures ||= hasFigures
      this.#announcement.request()
    })
    const timing = this.#timing
    this.tap = new RecordTap(host.log)
    this.topics = new SessionTopics(host, this.tap, id)
    const { tap } = this
    this.watches = new SessionWatches(tap, {
      tell: (event, words) =>
        host.log.append(eventRecord({ session: id, name: endpointOf(this.#strategy.state.spec) }, event, words)),
      changed: () => this.#announcement.request(),
    })
    this.#strategyHost = {
      id,
      get log() {
        return tap.transcript
      },
      latency: this.latency,
      echoes,
      get trips() {
        return timing.trips
      },
      changed: () => this.#announcement.request(),
      changedNow: () => this.#announcement.flush(),
      closing: () => {
        this.#repeat?.stop()
        this.watches.stop()
        this.#timing.trips?.reset()
      },
      figuresChanged: () => {
        this.#hasNewFigures = true
      },
      resetLatency: () => this.resetLatency(),
      refusal,
    }
    this.#strategy = this.#strategyFor(spec)
  }

  get state(): SessionState {
    const repeat = this.#repeat?.progress ?? null
    return {
      sessionId: this.id,
      seq: this.#seq,
      repeat,
      roundTrips: this.#timing.trips?.state ?? null,
      watches: this.watches.states,
      ...this.#strategy.state,
    }
  }

  get lastExchange(): Exchange | null {
    return this.#strategy.lastExchange
  }

  /** Every attempt to connect within the last minute, the oldest first. */
  get attempts(): readonly SocketAttempt[] {
    return this.#strategy.attempts
  }

  /** The strategy of sessions that others may send to; null for others. */
  get streamer(): Streamer | null {
    return this.#strategy instanceof Streamer ? this.#strategy : null
  }

  /**
   * Opens the socket. A request socket that is open is replaced. `timing` says how messages are timed whose answers ZeroMQ
   * does not tell; `secrets` are those that the security of the spec names. Throws `InspectorError`.
   */
  async open(spec: SocketSpec, timing: Timing | null = null, secrets: Secrets = {}): Promise<SessionState> {
    checkBehaviour(spec)
    checkTiming(spec, timing)
    const before = described(this.#strategy.state.spec)
    const former = this.#former
    // Its endpoints may have come and gone since it was opened.
    const isReplaced = isPlainRequest(spec) !== this.#strategy instanceof Requester
    if (isReplaced) {
      this.#leave(this.#strategy)
      this.#strategy = this.#strategyFor(spec)
    }
    await this.#strategy.open(spec, secrets)
    if (this.#strategy.state.phase === 'open') this.watches.start()
    // A REQ with one link sees to that itself: it knows when two endpoints are one.
    const isElsewhere = this.streamer !== null && before !== described(spec)
    if (isReplaced || isElsewhere) this.resetLatency()
    if (this.#former !== former) this.#goBackTo(former, before, described(spec))
    this.#setTiming(timing)
    return this.state
  }

  /** Has messages timed in another way, or not at all. Throws `InspectorError`. */
  time(timing: Timing | null): SessionState {
    checkTiming(this.#strategy.state.spec, timing)
    this.#setTiming(timing)
    this.#announcement.flush()
    return this.state
  }

  /** Watches its messages for these, and no others. Throws `InspectorError`, and changes nothing then. */
  watch(watches: readonly DecodedWatch[]): SessionState {
    this.watches.set(watches)
    this.#announcement.flush()
    return this.state
  }

  /** Closes the socket; an exchange or a repeat that is under way ends with `closed`. */
  async close(): Promise<SessionState> {
    await this.#strategy.close()
    return this.state
  }

  /** Closes the socket and waits until it and those before it have gone. */
  async dispose(): Promise<void> {
    this.#timing.set(null)
    this.watches.stop()
    await Promise.all([this.#strategy.dispose(), ...this.#leaving])
    this.#isGone = true
  }

  /**
   * Sends one message. Resolves with its reply, where the pattern has one, and otherwise with null when libzmq has taken
   * it. Throws `InspectorError`.
   */
  send(frames: readonly Frame[], timeoutMs: number, to: Frame | null = null): Promise<Exchange | null> {
    if (this.#repeat?.isRunning) {
      return Promise.reject(new InspectorError('wrong-state', 'A repeat is running.'))
    }
    return this.#strategy.send(frames, { timeoutMs, to })
  }

  /** Binds or connects one more endpoint of an open socket. Throws `InspectorError`, and changes nothing then. */
  async attach(attachment: Attachment): Promise<SessionState> {
    await this.#strategy.attach(attachment)
    return this.state
  }

  /** Lets an endpoint of an open socket go, by its place. Throws `InspectorError`. */
  detach(index: number): SessionState {
    this.#strategy.detach(index)
    return this.state
  }

  /** Has an open socket subscribe to these topics and no others. Throws `InspectorError`. */
  async subscribe(topics: readonly Topic[]): Promise<SessionState> {
    await this.#strategy.subscribe(topics)
    return this.state
  }

  /** Has an open server decide by other rules. Throws `InspectorError`, and changes nothing then. */
  secure(security: Security, secrets: Secrets): SessionState {
    this.#strategy.secure(security, secrets)
    return this.state
  }

  /** Lets a client in that waits, or refuses it. Throws `InspectorError` when it no longer waits. */
  admit(client: number, isAdmitted: boolean): void {
    this.#strategy.admit(client, isAdmitted)
  }

  /** Ends the exchange under way with `cancelled`. Does nothing when there is none. */
  cancel(): void {
    this.#strategy.cancel()
    this.#timing.trips?.release()
  }

  startRepeat(plan: RepeatPlan): void {
    if (this.#strategy.state.phase !== 'open') throw new InspectorError('closed', 'The connection is not open.')
    if (this.#repeat?.isRunning || this.#strategy.isBusy) {
      throw new InspectorError('wrong-state', 'A message is already under way.')
    }
    const { frames, timeoutMs, to = null, intervalMs } = plan
    const send = () => this.#strategy.send(frames, { timeoutMs, to, origin: 'repeat' })
    const sendInTurn = () => send().then((sent) => this.#timing.trips?.settled()?.then(() => sent) ?? sent)
    this.#repeat = new Repeat(
      plan,
      // Without an interval, a message follows the answer to that before it: otherwise their queue would be timed.
      () => (intervalMs === 0 && this.#timing.trips ? sendInTurn() : send()),
      () => this.#announcement.request(),
    )
    repeating += 1
    void this.#repeat.run().then(() => {
      repeating -= 1
      this.#announcement.flush()
    })
  }

  /** Stops after the message under way. */
  stopRepeat(): void {
    this.#repeat?.stop()
  }

  /** Figures begin anew. `restoreLatency` takes that back, until the next reset. */
  resetLatency(): void {
    this.#former = { of: described(this.#strategy.state.spec), figures: this.latency.reset(), at: wallClock() }
    this.#timing.trips?.reset()
    this.#hasNewFigures = true
    this.#announcement.flush()
  }

  /** Goes on with the figures before the last reset, in place of those since. Does nothing when there are none. */
  restoreLatency(): void {
    if (!this.#former) return
    this.latency.restore(this.#former.figures)
    this.#former = null
    this.#hasNewFigures = true
    this.#announcement.flush()
  }

  /** Goes on with the figures of an endpoint that the socket comes back to, after it was at another. */
  #goBackTo(former: Former | null, before: string, now: string): void {
    if (!this.#former) return
    this.#former = { ...this.#former, of: before }
    if (former?.of === now && wallClock() - former.at < keptMs) this.latency.restore(former.figures)
  }

  #strategyFor(spec: SocketSpec): Strategy {
    return isPlainRequest(spec) ? new Requester(this.#strategyHost, spec) : new Streamer(this.#strategyHost, spec)
  }

  #setTiming(timing: Timing | null): void {
    // Figures of two kinds in one distribution would say nothing of either.
    if (this.#timing.set(timing)) this.resetLatency()
  }

  #leave(strategy: Strategy): void {
    const gone = strategy.dispose().then(() => void this.#leaving.delete(gone))
    this.#leaving.add(gone)
  }

  #announce(): void {
    if (this.#isGone) return
    lastSeq += 1
    this.#seq = lastSeq
    const { state } = this
    this.host.emit({ type: 'session.changed', state })
    if (this.#hasNewFigures) this.host.emit({ type: 'latency.changed', sessionId: this.id })
    this.#hasNewFigures = false
    // The rate falls to zero without further events, so announce that too.
    if ((state.traffic.rate > 0 || state.traffic.receiveRate > 0) && state.phase === 'open')
      this.#announcement.request()
  }
}
