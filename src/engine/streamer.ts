import type { SocketEvent } from '../shared/diagnosis/socket-event.ts'
import { InspectorError, toErrorValue } from '../shared/errors.ts'
import { formatSize } from '../shared/format.ts'
import { type Frame, type SocketAttempt, sizeOf } from '../shared/message.ts'
import { endpointOf, type SocketSpec } from '../shared/session/spec.ts'
import { noTraffic } from '../shared/session/state.ts'
import type { Origin } from '../shared/transcript/record.ts'
import { patternOf } from '../shared/zmq/patterns.ts'
import type { Behaviour, Incoming } from './behaviours/behaviour.ts'
import { behaviourOf } from './behaviours/index.ts'
import { wallClock } from './clock.ts'
import type { EchoedRun } from './echoed-run.ts'
import { splitEnvelope } from './envelope.ts'
import { ExpectedRuns } from './expected-runs.ts'
import { Port } from './sockets/port.ts'
import type { Strategy, StrategyHost, StrategyState } from './strategy.ts'
import { TrafficMeter } from './traffic-meter.ts'
import { eventRecord, receivedRecord, type SessionName, sentRecord, socketEventRecord } from './transcript/records.ts'

/** What of the state is the session's own. */
type Phase = Omit<StrategyState, 'endpoints' | 'spec' | 'traffic'>

const closed = { phase: 'closed', error: null, openedAt: null, inFlightSince: null, lateReply: null } as const

/** A session that sends and receives in any order, with a behaviour or without. It keeps running whatever its peers do. */
export class Streamer implements Strategy {
  #port: Port
  #state: Phase = closed
  #opening: Promise<void> | undefined
  readonly #traffic = new TrafficMeter()
  /** Runs of the lab against this session. */
  readonly runs = new ExpectedRuns((summary) => this.#logEvent('lab:run', summary))
  readonly isBusy = false
  readonly lastExchange = null
  readonly attempts: readonly SocketAttempt[] = []

  constructor(
    private readonly host: StrategyHost,
    private spec: SocketSpec,
  ) {
    this.#port = this.#makePort()
  }

  get state(): StrategyState {
    const isOpen = this.#state.phase === 'open' || this.#state.phase === 'closing'
    const traffic = isOpen ? this.#traffic.traffic : noTraffic
    return { ...this.#state, spec: this.spec, endpoints: this.#port.endpoints, traffic }
  }

  /**
   * Binds and connects to every endpoint. Resolves when it runs; the state then has the resolved endpoints. Throws
   * `InspectorError`, and keeps the failure in the state.
   */
  async open(spec: SocketSpec): Promise<void> {
    const { phase } = this.#state
    if (phase !== 'closed' && phase !== 'failed') {
      throw new InspectorError('wrong-state', `The session is already ${phase}.`)
    }
    this.spec = spec
    this.#traffic.reset()
    this.#port = this.#makePort()
    this.#change({ ...closed, phase: 'opening' })
    this.#opening = this.#open()
    await this.#opening
  }

  /** Closes the socket and drops unsent messages. Does nothing when it is not open. */
  async close(): Promise<void> {
    // What is being opened cannot be cancelled. Its caller receives its failure.
    await Promise.allSettled([this.#opening])
    if (this.#state.phase !== 'open') {
      this.runs.logEnded()
      if (this.#state.phase === 'failed') this.#forgetFailure()
      return
    }
    this.host.closing()
    this.#change({ ...this.#state, phase: 'closing' })
    await this.#port.close()
    this.runs.logEnded()
    this.#change(closed)
  }

  dispose(): Promise<void> {
    return this.close()
  }

  /** Throws `InspectorError`: `closed`, `wrong-state` where the pattern cannot send so, `timeout` without room. */
  async send(frames: readonly Frame[], timeoutMs: number, origin: Origin = 'person'): Promise<null> {
    if (this.#state.phase !== 'open') throw new InspectorError('closed', 'The connection is not open.')
    if (patternOf(this.spec.pattern).envelope !== 'none') {
      throw new InspectorError('wrong-state', 'A message of this kind of socket needs the peer that it goes to.')
    }
    const at = wallClock()
    await this.#port.send(frames, timeoutMs)
    this.#traffic.sent(sizeOf(frames))
    this.host.log.append(sentRecord(this.#sessionName(), at, frames, 0, origin))
    this.host.changed()
    return null
  }

  /** Nothing waits for a reply here, and what waits for room ends with its time limit. */
  cancel(): void {}

  /**
   * Call this when a session of this application has sent more than the limit. ZeroMQ closes the transport, and says
   * neither here nor to other peers why. `bytes` of the largest frame.
   */
  refused(bytes: number): void {
    const limit = this.spec.options.maximumMessageSize
    this.#logEvent(
      'message:too-large',
      `refused a frame of ${formatSize(bytes)} from this window: the limit is ${formatSize(limit)}`,
    )
    this.#reject()
  }

  async #open(): Promise<void> {
    const port = this.#port
    try {
      await port.open()
    } catch (thrown) {
      this.#fail(thrown)
      throw thrown
    }
    this.#change({ ...closed, phase: 'open', openedAt: wallClock() })
    port.start()
  }

  #forgetFailure(): void {
    this.#port = this.#makePort()
    this.#change(closed)
  }

  #makePort(): Port {
    return new Port(this.spec, {
      message: (received) => this.#onReceived(received),
      ready: () => this.host.log.ready?.(),
      event: (event, endpoint) => this.#onEvent(event, endpoint),
      changed: () => this.host.changed(),
      broke: (failure) => this.#fail(failure),
    })
  }

  #onReceived(received: readonly Frame[]): Promise<void> | undefined {
    const message = splitEnvelope(this.spec.pattern, received)
    if (!message) {
      this.#onMalformed(received)
      return
    }
    const { envelope } = message
    const at = wallClock()
    const run = this.runs.of(envelope === 0 ? undefined : received[0])
    // Logged when libzmq has taken the reply, so that the sender does not wait for it, and in the same turn, so that no
    // consequence of the reply precedes it in the log.
    const acting = this.#behaviour?.received(message, (reply) => this.#reply(reply, run))
    this.#traffic.received(sizeOf(received, envelope))
    if (!run) this.host.log.append(receivedRecord(this.#sessionName(), at, received, envelope))
    this.host.changed()
    return acting
  }

  get #behaviour(): Behaviour | null {
    return this.spec.behaviour === null ? null : behaviourOf[this.spec.behaviour]
  }

  async #reply({ frames, envelope }: Incoming, run: EchoedRun | null): Promise<void> {
    const whyDropped = await this.#port.reply([...frames])
    if (whyDropped !== null) return this.#onDropped(whyDropped, run)
    const bytes = sizeOf(frames, envelope)
    this.#traffic.sent(bytes)
    if (run) run.count(bytes)
    else this.host.log.append(sentRecord(this.#sessionName(), wallClock(), frames, envelope, 'behaviour'))
    this.host.changed()
  }

  #onMalformed(frames: readonly Frame[]): void {
    const detail = 'Dropped a message without the empty delimiter frame that REQ adds'
    // Without a delimiter, the routing id is all that can be told from the rest.
    this.host.log.append({ ...eventRecord(this.#sessionName(), 'message:malformed', detail), frames, envelope: 1 })
    this.#reject()
  }

  #onDropped(why: string, run: EchoedRun | null): void {
    if (run) run.dropped += 1
    else this.#logEvent('reply:dropped', `reply dropped: ${why}`)
    this.#traffic.dropped()
    this.host.changed()
  }

  #reject(): void {
    this.#traffic.rejected()
    this.host.changed()
  }

  #fail(thrown: unknown): void {
    const error = toErrorValue(thrown)
    this.#change({ ...closed, phase: 'failed', error })
    this.#logEvent('session:failed', error.message)
  }

  #onEvent(event: SocketEvent, endpoint: string | null): void {
    this.host.log.append(socketEventRecord(this.#sessionName(endpoint), event))
    if (event.type.startsWith('handshake:error')) this.#reject()
  }

  #logEvent(event: string, detail: string): void {
    this.host.log.append(eventRecord(this.#sessionName(), event, detail))
  }

  #sessionName(endpoint: string | null = null): SessionName {
    return { session: this.host.id, name: endpoint ?? this.#port.firstEndpoint ?? endpointOf(this.spec) }
  }

  #change(state: Phase): void {
    this.#state = state
    this.host.changedNow()
  }
}
