import type { SocketEvent } from '../shared/diagnosis/socket-event.ts'
import { InspectorError, toErrorValue } from '../shared/errors.ts'
import { formatSize } from '../shared/format.ts'
import { type Exchange, type Frame, isSameMessage, type SocketAttempt, sizeOf } from '../shared/message.ts'
import {
  type AuthenticationDecision,
  authenticationEvents,
  describeDecision,
} from '../shared/session/authentication.ts'
import { type Attachment, endpointOf, type SocketSpec } from '../shared/session/spec.ts'
import { noTraffic } from '../shared/session/state.ts'
import { problemWithGroup, type Topic, topicBytes, withoutRepeats } from '../shared/session/topic.ts'
import { type Pattern, patternOf } from '../shared/zmq/patterns.ts'
import type { Secrets, Security } from '../shared/zmq/security.ts'
import type { Behaviour, Incoming } from './behaviours/behaviour.ts'
import { behaviourOf } from './behaviours/index.ts'
import { wallClock } from './clock.ts'
import type { EchoedRun } from './echoed-run.ts'
import { splitEnvelope } from './envelope.ts'
import { ExpectedRuns } from './expected-runs.ts'
import { toFailure } from './failures.ts'
import { checkSendable } from './outgoing.ts'
import { PortRequests } from './port-requests.ts'
import { type PeerNote, Presence } from './presence.ts'
import type { Guard } from './security/guard.ts'
import { Port } from './sockets/port.ts'
import type { SendOptions, Strategy, StrategyHost, StrategyState } from './strategy.ts'
import { type OpenSocket, StreamSender } from './stream-sender.ts'
import { TrafficMeter } from './traffic-meter.ts'
import { eventRecord, receivedRecord, type SessionName, sentRecord, socketEventRecord } from './transcript/records.ts'
import { Turn } from './turn.ts'

/** What of the state is the session's own. */
type Phase = Pick<StrategyState, 'phase' | 'error' | 'openedAt'>

const closed = { phase: 'closed', error: null, openedAt: null } as const

/** A session that sends and receives in any order, with a behaviour or without. It keeps running whatever its peers do. */
export class Streamer implements Strategy {
  #port: Port
  #secrets: Secrets = {}
  #pattern: Pattern
  #state: Phase = closed
  #opening: Promise<void> | undefined
  #presence: Presence
  /** The request that a REP has to answer before it can receive the next. */
  readonly #turn = new Turn()
  readonly #traffic = new TrafficMeter()
  readonly #sender: StreamSender
  /** As what messages are logged while it is open: it is asked for with each. */
  #name: SessionName | null = null
  /** Runs of the lab against this session. */
  readonly runs = new ExpectedRuns((summary) => this.#logEvent('lab:run', summary))
  /** Those of a REQ; null for others. */
  #requests: PortRequests | null = null
  readonly attempts: readonly SocketAttempt[] = []

  constructor(
    private readonly host: StrategyHost,
    private spec: SocketSpec,
  ) {
    this.#pattern = patternOf(spec.pattern)
    this.#port = this.#makePort()
    this.#presence = this.#makePresence()
    this.#sender = new StreamSender(host, this.#traffic, this.#turn)
  }

  get isBusy(): boolean {
    return this.#requests?.inFlightSince != null
  }

  get lastExchange(): Exchange | null {
    return this.#requests?.lastExchange ?? null
  }

  get state(): StrategyState {
    const { phase, error, openedAt } = this.#state
    const isOpen = phase === 'open' || phase === 'closing'
    // Written out: a spread before more properties takes ten times as long.
    return {
      phase,
      error,
      openedAt,
      spec: this.spec,
      endpoints: this.#port.endpoints,
      traffic: isOpen ? this.#traffic.traffic : noTraffic,
      inFlightSince: this.#requests?.inFlightSince ?? null,
      lateReply: null,
      request: this.#turn.waiting,
      peers: isOpen ? (this.#presence.peers?.state ?? null) : null,
      audience: isOpen ? (this.#presence.subscribers?.state ?? null) : null,
      ownKey: this.#port.ownKey,
      authentication: this.#port.guard?.state ?? null,
    }
  }

  /**
   * Binds and connects to every endpoint. Resolves when it runs; the state then has the resolved endpoints. A REQ that is
   * open is replaced. Throws `InspectorError`, and keeps the failure in the state.
   */
  async open(spec: SocketSpec, secrets: Secrets): Promise<void> {
    if (this.#requests && this.#state.phase === 'open') await this.close()
    const { phase } = this.#state
    if (phase !== 'closed' && phase !== 'failed') {
      throw new InspectorError('wrong-state', `The session is already ${phase}.`)
    }
    this.#pattern = patternOf(spec.pattern)
    this.#checkTopics(spec.subscriptions)
    this.spec = spec
    this.#secrets = secrets
    this.#name = null
    this.#traffic.reset()
    this.#presence = this.#makePresence()
    if (this.#pattern.lockstep !== 'send-first') this.#requests = null
    else this.#requests ??= new PortRequests(this.host, this.#traffic)
    this.#requests?.reset()
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
    this.#turn.end()
    this.#requests?.end(new InspectorError('closed', 'The connection was closed.'))
    await this.#port.close()
    this.runs.logEnded()
    this.#change(closed)
  }

  dispose(): Promise<void> {
    return this.close()
  }

  async attach(attachment: Attachment): Promise<void> {
    this.#requireOpen()
    const { attach } = this.spec
    if (attach.some(({ how, endpoint }) => how === attachment.how && endpoint === attachment.endpoint)) {
      throw new InspectorError('invalid-argument', 'The socket has this endpoint already.')
    }
    await this.#port.attach(attachment)
    this.spec = { ...this.spec, attach: [...this.spec.attach, attachment] }
    this.#rename()
    this.host.changedNow()
  }

  detach(index: number): void {
    this.#requireOpen()
    this.#port.detach(index)
    this.spec = { ...this.spec, attach: this.spec.attach.filter((_, place) => place !== index) }
    this.#rename()
    // What waits is kept for each endpoint that connects, and goes with the last of them.
    if (!this.spec.attach.some(({ how }) => how === 'connect')) this.#dropQueued()
    this.host.changedNow()
  }

  async subscribe(topics: readonly Topic[]): Promise<void> {
    this.#requireOpen()
    const { label, subscribes } = this.#pattern
    if (subscribes === null) throw new InspectorError('wrong-state', `A ${label} has no subscriptions.`)
    this.#checkTopics(topics)
    const wanted = withoutRepeats(topics.map(topicBytes))
    const had = withoutRepeats(this.spec.subscriptions.map(topicBytes))
    const isIn = (all: readonly Frame[]) => (one: Frame) => all.some((each) => isSameMessage([each], [one]))
    const begun = wanted.filter((topic) => !isIn(had)(topic))
    const ended = had.filter((topic) => !isIn(wanted)(topic))
    await this.#port.subscribe(begun, ended)
    this.spec = { ...this.spec, subscriptions: topics }
    this.host.changedNow()
  }

  /**
   * Throws `InspectorError`: `closed`; `wrong-state` where the socket cannot send now; `invalid-argument` for a message
   * that it cannot send so; `timeout` without a peer or room; `unreachable` when the chosen peer is not there.
   */
  async send(frames: readonly Frame[], options: SendOptions): Promise<Exchange | null> {
    this.#requireOpen()
    checkSendable(this.spec, frames)
    if (this.#requests) return this.#requests.exchange(this.#port, this.#sessionName(), frames, options)
    await this.#sender.send(this.#socket, frames, options)
    return null
  }

  secure(security: Security, secrets: Secrets): void {
    const guard = this.#requireGuard()
    if (security.kind !== this.spec.security.kind || security.ownKey !== this.spec.security.ownKey) {
      throw new InspectorError('wrong-state', 'Close the socket to secure it in another way.')
    }
    guard.replace(security, secrets)
    this.#secrets = secrets
    this.spec = { ...this.spec, security }
    this.host.changedNow()
  }

  admit(client: number, isAdmitted: boolean): void {
    if (this.#requireGuard().authenticator.answer(client, isAdmitted)) return
    throw new InspectorError('wrong-state', 'This client no longer waits.')
  }

  cancel(): void {
    this.#port.cancel()
    this.#requests?.end(new InspectorError('cancelled', 'Cancelled. The message may have reached the peer.'))
  }

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

  get #socket(): OpenSocket {
    return { spec: this.spec, port: this.#port, presence: this.#presence, name: () => this.#sessionName() }
  }

  async #open(): Promise<void> {
    const port = this.#port
    try {
      await port.open()
    } catch (thrown) {
      this.#fail(thrown)
      throw thrown
    }
    this.#rename()
    this.#change({ ...closed, phase: 'open', openedAt: wallClock() })
    port.start()
  }

  #checkTopics(topics: readonly Topic[]): void {
    if (this.#pattern.subscribes !== 'by-joining') return
    for (const topic of topics) {
      const problem = problemWithGroup(topic)
      if (problem !== null) throw new InspectorError('invalid-argument', problem)
    }
  }

  #requireOpen(): void {
    if (this.#state.phase !== 'open') throw new InspectorError('closed', 'The connection is not open.')
  }

  #requireGuard(): Guard {
    this.#requireOpen()
    const { guard } = this.#port
    if (!guard) throw new InspectorError('wrong-state', 'The socket does not decide who may come in.')
    return guard
  }

  #forgetFailure(): void {
    this.#port = this.#makePort()
    this.#change(closed)
  }

  #makePresence(): Presence {
    return new Presence(this.spec, (note, at) => this.#onPeerNote(note, at))
  }

  #makePort(): Port {
    // After a request without reply, libzmq's REQ sends no other unless it is relaxed.
    const { options } = this.spec
    const spec = this.#requests ? { ...this.spec, options: { ...options, relaxedCorrelate: true } } : this.spec
    return new Port(spec, this.#secrets, {
      message: (received) => this.#onReceived(received),
      ready: () => (this.#requests ? this.#requests.ready() : this.host.log.ready()),
      event: (event, endpoint) => this.#onEvent(event, endpoint),
      decided: (decision) => this.#onDecision(decision),
      changed: () => this.#onLinksChanged(),
      broke: (failure) => this.#fail(failure),
    })
  }

  #onReceived(received: readonly Frame[]): Promise<void> | undefined {
    const at = wallClock()
    this.#sender.received()
    const message = splitEnvelope(this.spec, received)
    if (!message) {
      this.#onMalformed(received)
      return
    }
    if (this.#presence.take(received, at) || this.#requests?.take(received)) return
    const { envelope } = message
    this.host.echoes.received(this.host.id, received, envelope, this.#pattern.envelope === 'peer')
    const run = this.runs.of(envelope === 0 ? undefined : received[0])
    // Logged when libzmq has taken the reply, so that the sender does not wait for it, and in the same turn, so that no
    // consequence of the reply precedes it in the log.
    let request: number | null = null
    const acting = this.#behaviour?.received(message, (reply) => this.#reply(reply, run, () => request))
    this.#traffic.received(sizeOf(received, envelope))
    const isTurn = !acting && this.#pattern.lockstep === 'receive-first'
    if (isTurn) return this.#onRequest(received, at)
    if (!run && acting) request = this.#keepAnswered(received, at, envelope)
    else if (!run) this.host.log.append(receivedRecord(this.#sessionName(), at, received, envelope))
    this.host.changed()
    return acting
  }

  #onPeerNote({ event, detail, frames, envelope }: PeerNote, at: number): void {
    this.host.log.append({ ...eventRecord(this.#sessionName(), event, detail), at, frames, envelope })
    this.host.changed()
  }

  /** Resolves when the request has been answered, or will never be. */
  #onRequest(received: readonly Frame[], at: number): Promise<void> {
    const number = this.host.log.reserve()
    const record = this.host.log.keep(receivedRecord(this.#sessionName(), at, received, 0, number), number)
    const answered = this.#turn.begin({ record, since: at })
    this.host.changed()
    return answered
  }

  /** Logs a message that a behaviour answers. Returns its number, which is that of the exchange. */
  #keepAnswered(received: readonly Frame[], at: number, envelope: number): number {
    const number = this.host.log.reserve()
    return this.host.log.keep(receivedRecord(this.#sessionName(), at, received, envelope, number), number)
  }

  get #behaviour(): Behaviour | null {
    return this.spec.behaviour === null ? null : behaviourOf[this.spec.behaviour]
  }

  /** Sends what a behaviour answers. `request`: the number of the message's record, once it has one. */
  async #reply({ frames, envelope }: Incoming, run: EchoedRun | null, request: () => number | null): Promise<void> {
    const whyDropped = await this.#port.offer([...frames])
    if (whyDropped !== null) return this.#onDropped(whyDropped, run)
    const bytes = sizeOf(frames, envelope)
    this.#traffic.sent(bytes)
    if (run) run.count(bytes)
    else this.host.log.append(sentRecord(this.#sessionName(), wallClock(), frames, envelope, 'behaviour', request()))
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
    this.#requests?.end(toFailure(thrown))
    this.#change({ ...closed, phase: 'failed', error })
    this.#logEvent('session:failed', error.message)
  }

  #onDecision(decision: AuthenticationDecision): void {
    this.#logEvent(authenticationEvents[decision.outcome], describeDecision(decision))
    this.host.changed()
  }

  #onLinksChanged(): void {
    if (this.#port.hasPeer) this.#traffic.dequeued()
    // libzmq does not tell of each subscription that goes with its peer.
    else this.#presence.subscribers?.clear()
    this.host.changed()
  }

  #dropQueued(): void {
    const dropped = this.#traffic.dropQueued()
    if (dropped > 0) this.#logEvent('message:dropped', `dropped ${dropped} that waited for a peer at this endpoint`)
  }

  #onEvent(event: SocketEvent, endpoint: string | null): void {
    this.host.log.append(socketEventRecord(this.#sessionName(endpoint), event))
    if (event.type.startsWith('handshake:error')) this.#reject()
  }

  #logEvent(event: string, detail: string): void {
    this.host.log.append(eventRecord(this.#sessionName(), event, detail))
  }

  #sessionName(endpoint: string | null = null): SessionName {
    if (endpoint === null && this.#name) return this.#name
    return { session: this.host.id, name: endpoint ?? this.#port.firstEndpoint ?? endpointOf(this.spec) }
  }

  /** The first endpoint is another, or is resolved. */
  #rename(): void {
    this.#name = null
    this.#name = this.#sessionName()
  }

  #change(state: Phase): void {
    this.#state = state
    this.host.changedNow()
  }
}
