import { createEngine, type Engine } from '../engine/engine.ts'
import { detailsOf } from '../shared/diagnosis/diagnosis.ts'
import { InspectorError } from '../shared/errors.ts'
import { formatDuration } from '../shared/format.ts'
import type { Frame } from '../shared/message.ts'
import { isPlainRequest, type SocketSpec } from '../shared/session/spec.ts'
import type { SessionState } from '../shared/session/state.ts'
import type { NewRecord } from '../shared/transcript/record.ts'
import { patternOf } from '../shared/zmq/patterns.ts'
import type { Secrets } from '../shared/zmq/security.ts'
import { Decisions } from './decisions.ts'
import { complain, exitCodes } from './failure.ts'
import { createInterruption, untilAborted } from './interruption.ts'
import type { MessageSource } from './message-source.ts'
import { outputReady } from './output.ts'
import type { Printer } from './printer.ts'
import { RecordOrder } from './record-order.ts'
import { CommandRecording, type RecordingPlan } from './recording.ts'
import { RefusedLinks } from './refused-links.ts'
import { tellFreshKey } from './security-sources.ts'
import { Waiters } from './waiters.ts'

export interface SocketCommand {
  readonly spec: SocketSpec
  /** Those that its security names. */
  readonly secrets: Secrets
  /** What to send, or to answer with; null for nothing. */
  readonly source: MessageSource | null
  /** The routing id of the peer to send to, where the pattern chooses one; null answers whoever sends. */
  readonly peer: Frame | null
  /** End after this many messages; null never does. */
  readonly count: number | null
  /** End after this long; null never does. */
  readonly durationMs: number | null
  /** From one message to the next, which then go on from the beginning; null sends each once. */
  readonly intervalMs: number | null
  /** How long a message may wait, for a peer, for room and for its reply; null is as usual. */
  readonly timeoutMs: number | null
  /** Whether the first message waits for a peer. */
  readonly waits: boolean
  /** The subscriptions that a publisher waits for before it sends. */
  readonly subscribers: number
  readonly printer: Printer
  /** Where everything is written that happens; null for nowhere. */
  readonly recording: RecordingPlan | null
}

const sessionId = 'socket'
const usualTimeoutMs = 5000
/** The longest time limit that there is. */
const endlessMs = 2_147_483_647
/** How far a rate may lag behind before it is given up: what is late is sent at once until then. */
const catchUpMs = 1000
/** How soon a peer that is not there is tried again. */
const peerAgainMs = 50
/** As many messages wait for an answer. Then no more are received. */
const mostToAnswer = 1000

const isThere = ({ endpoints }: SessionState): boolean =>
  endpoints.some((each) => (each.how === 'connect' ? each.link.state === 'ready' : each.peers > 0))

/** What is said when nobody is there in time. */
function nobodyThere({ endpoints }: SessionState, within: string): InspectorError {
  for (const each of endpoints) {
    if (each.how === 'connect' && 'cause' in each.link && each.link.cause) {
      return new InspectorError('unreachable', `Not connected within ${within}.`, detailsOf(each.link.cause))
    }
  }
  const cure = 'Allow more time with --timeout, or send without a peer with --no-wait.'
  return new InspectorError('wrong-state', `Nobody has connected within ${within}. ${cure}`)
}

/** Which of its messages a command counts: those received, unless it only sends, or answers what it receives. */
type Counted = 'sent' | 'received'

/** Runs a socket of any pattern until what was asked for is done, or until it is interrupted. Returns the exit code. */
export async function runSocket(command: SocketCommand): Promise<number> {
  const interruption = createInterruption()
  const { signal } = interruption
  const run = new SocketRun(command, signal)
  signal.addEventListener('abort', () => void run.engine.close(sessionId))
  try {
    await run.open()
    return await run.untilEnd()
  } catch (thrown) {
    if (!signal.aborted) throw thrown
    return exitCodes.success
  } finally {
    command.source?.close()
    command.printer.close?.()
    await run.dispose()
  }
}

class SocketRun {
  readonly engine: Engine
  /** Asked after everything that happens. */
  readonly #waiters = new Waiters()
  readonly #counted: Counted
  readonly #answers: boolean
  /** Messages that wait for an answer: who sent them. */
  readonly #toAnswer: (Frame | null)[] = []
  readonly #decisions: Decisions
  readonly #refused = new RefusedLinks()
  readonly #output = new RecordOrder<NewRecord>((entry, number) => this.#write(entry, number))
  /** Whether it was said where the socket is: what it receives comes after that. */
  #isAnnounced = false
  #sent = 0
  #received = 0
  #failure: unknown
  #recording: CommandRecording | null = null

  constructor(
    private readonly command: SocketCommand,
    private readonly signal: AbortSignal,
  ) {
    const { spec, source, peer, printer } = command
    this.#decisions = new Decisions(printer)
    const { receives, envelope, lockstep } = patternOf(spec.pattern)
    this.#answers = source !== null && (lockstep === 'receive-first' || (envelope === 'peer' && peer === null))
    this.#counted = receives && !this.#answers && spec.behaviour === null ? 'received' : 'sent'
    this.engine = createEngine({
      emit: (event) => {
        if (event.type === 'session.changed') this.#onState(event.state)
      },
      log: { append: (entry, number) => this.#onRecord(entry, number), ready: () => this.#ready() },
    })
  }

  /** Resolves when more may be received; undefined when it may at once. */
  #ready(): Promise<void> | undefined {
    const mayReceive = () => this.#isAnnounced && this.#toAnswer.length < mostToAnswer
    if (mayReceive()) return this.#written()
    return this.#waiters.until(() => mayReceive() || this.signal.aborted).then(() => undefined)
  }

  /** Resolves when what was printed and recorded has been taken; undefined while it is. */
  #written(): Promise<void> | undefined {
    const [printed, recorded] = [outputReady(this.signal), this.#recording?.ready()]
    return printed && recorded ? Promise.all([printed, recorded]).then(() => undefined) : (printed ?? recorded)
  }

  async open(): Promise<void> {
    const { spec, printer, recording } = this.command
    const { label } = patternOf(spec.pattern)
    const onFailure = (failure: InspectorError) => {
      this.#failure ??= failure
      this.#waiters.look()
    }
    if (recording) this.#recording = await CommandRecording.begin(sessionId, recording, onFailure)
    const state = await this.#openSocket().catch(async (thrown: unknown) => {
      await this.#recording?.discard()
      this.#recording = null
      throw thrown
    })
    tellFreshKey(state)
    for (const { how, endpoint } of state.endpoints) {
      if (how === 'bind') printer.listening(endpoint, label)
      else printer.connecting(endpoint, label)
    }
    this.#isAnnounced = true
    this.#waiters.look()
  }

  /** Closes the socket, and ends the recording. Throws when that is not whole. */
  async dispose(): Promise<void> {
    await this.engine.dispose()
    this.#output.flush()
    await this.#recording?.close()
  }

  /** Resolves with the exit code. */
  async untilEnd(): Promise<number> {
    const { count, durationMs } = this.command
    let isSent = false
    const sending = this.#send().then(
      () => {
        isSent = true
        this.#waiters.look()
      },
      (thrown: unknown) => {
        this.#failure ??= thrown
        this.#waiters.look()
      },
    )
    /** What is to be sent once is sent, however much has come before. */
    const mayEnd = () => isSent || this.#answers || this.command.intervalMs !== null
    const isDone = () => this.#failure !== undefined || (count !== null && this.#reached(count) && mayEnd())
    await Promise.race([
      this.#waiters.until(isDone),
      ...(this.#endsWithSource ? [sending] : []),
      untilAborted(this.signal),
      ...(durationMs === null ? [] : [after(durationMs)]),
    ])
    this.#output.flush()
    if (this.signal.aborted) return exitCodes.success
    if (this.#failure !== undefined) throw this.#failure
    if (count === null || this.#reached(count)) return exitCodes.success
    const had = this.#counted === 'sent' ? this.#sent : this.#received
    complain(`Only ${had} of ${count} messages were ${this.#counted}.`)
    return exitCodes.failure
  }

  /** Whether nothing more can come when all is sent. */
  get #endsWithSource(): boolean {
    const { spec, source } = this.command
    const { receives, lockstep } = patternOf(spec.pattern)
    return !receives || lockstep === 'send-first' || (this.#answers && source?.isStream === true)
  }

  async #openSocket(): Promise<SessionState> {
    try {
      return await this.engine.open(sessionId, this.command.spec, null, this.command.secrets)
    } catch (thrown) {
      const endpoints = this.engine.find(sessionId)?.state.endpoints ?? []
      const failed = endpoints.find((each) => each.how === 'bind' && each.suggestion !== null)
      if (failed?.how !== 'bind') throw thrown
      const advice = `The next free one is ${failed.suggestion} (--bind ${failed.suggestion}).`
      throw new InspectorError('address-in-use', `${failed.endpoint} is already in use. ${advice}`)
    }
  }

  #reached(count: number): boolean {
    return (this.#counted === 'sent' ? this.#sent : this.#received) >= count
  }

  #onState(state: SessionState): void {
    if (state.error) this.#failure ??= new InspectorError(state.error.code, state.error.message)
    this.#failure ??= this.#refused.look(state.endpoints) ?? undefined
    this.#decisions.look(state.authentication)
    this.#waiters.look()
  }

  #onRecord(entry: NewRecord, number: number): void {
    const { count } = this.command
    if (entry.kind !== 'message') {
      this.#output.add(entry, number)
      // Before the messages that follow from it.
      this.#decisions.look(this.engine.find(sessionId)?.state.authentication ?? null)
      return
    }
    // What comes after the last that was asked for is not shown.
    if (count !== null && this.#reached(count) && entry.direction === this.#counted) return
    this.#output.add(entry, number)
    if (entry.direction === 'sent') this.#sent += 1
    else {
      this.#received += 1
      if (this.#answers) this.#toAnswer.push(entry.envelope > 0 ? (entry.frames[0] ?? null) : null)
    }
    this.#waiters.look()
  }

  #write(entry: NewRecord, number: number): void {
    if (entry.kind === 'message') this.command.printer.message(entry)
    this.#recording?.append(entry, number)
  }

  async #send(): Promise<void> {
    const { source } = this.command
    if (!source) return
    if (this.#answers) return this.#answerAll(source)
    await this.#untilPeer()
    await this.#sendAll(source)
  }

  /** Waits for a peer, and for the subscribers that were asked for. */
  async #untilPeer(): Promise<void> {
    const { waits, subscribers, spec, timeoutMs } = this.command
    // A REQ with one link waits by itself, within the time of its exchange.
    if (!waits || isPlainRequest(spec)) return
    // Without a subscription, a publisher sends to nobody.
    const wanted = Math.max(1, subscribers)
    const hasAll = () => {
      const state = this.engine.find(sessionId)?.state
      return state !== undefined && isThere(state) && (state.audience?.subscriptions ?? wanted) >= wanted
    }
    // Whoever is to connect here may take any time.
    const usual = spec.attach.some(({ how }) => how === 'bind') ? endlessMs : usualTimeoutMs
    const limitMs = timeoutMs ?? usual
    if (await this.#waiters.until(() => hasAll() || this.signal.aborted, limitMs)) return
    const { state } = this.engine.session(sessionId)
    const within = formatDuration(limitMs * 1e6)
    if (isThere(state)) {
      const { subscriptions = 0 } = state.audience ?? {}
      throw new InspectorError('timeout', `${subscriptions} of ${wanted} subscriptions came within ${within}.`)
    }
    throw nobodyThere(state, within)
  }

  async #sendAll(source: MessageSource): Promise<void> {
    const { intervalMs, count, timeoutMs, peer } = this.command
    const isRepeated = !source.isStream && (intervalMs !== null || (count !== null && this.#endsWithSource))
    const endsAtCount = isRepeated || this.#endsWithSource
    let dueMs = performance.now()
    for (;;) {
      if (endsAtCount && count !== null && this.#reached(count)) return
      let frames = await source.next()
      if (!frames && isRepeated) {
        source.rewind()
        frames = await source.next()
      }
      if (!frames || this.signal.aborted) return
      if (intervalMs !== null) {
        const now = performance.now()
        if (dueMs - now > 0) await after(dueMs - now, this.signal)
        if (now - dueMs > catchUpMs) dueMs = now
        dueMs += intervalMs
      }
      if (this.signal.aborted) return
      await this.#sendTo(peer, frames, timeoutMs ?? usualTimeoutMs)
      await this.#written()
    }
  }

  /** Sends to a peer as soon as it is there: its name comes after its connection. */
  async #sendTo(peer: Frame | null, frames: readonly Frame[], timeoutMs: number): Promise<void> {
    const endsAt = performance.now() + timeoutMs
    for (;;) {
      try {
        await this.engine.send(sessionId, frames, timeoutMs, peer)
        return
      } catch (thrown) {
        const isNotThere = thrown instanceof InspectorError && thrown.code === 'unreachable' && peer !== null
        if (!isNotThere || !this.command.waits || performance.now() > endsAt) throw thrown
        await after(peerAgainMs, this.signal)
        if (this.signal.aborted) return
      }
    }
  }

  /** Answers each message with the next of the source, which begins anew after its last. */
  async #answerAll(source: MessageSource): Promise<void> {
    const { count } = this.command
    while (!this.signal.aborted && (count === null || !this.#reached(count))) {
      await this.#waiters.until(() => this.#toAnswer.length > 0 || this.signal.aborted)
      const to = this.#toAnswer.shift()
      this.#waiters.look()
      if (to === undefined) return
      let answer = await source.next()
      if (!answer && !source.isStream) {
        source.rewind()
        answer = await source.next()
      }
      if (!answer) return
      try {
        await this.engine.send(sessionId, answer, this.command.timeoutMs ?? usualTimeoutMs, to)
      } catch (thrown) {
        // One peer that has gone or does not read is no reason to leave the others without answers.
        const isItsOwn = thrown instanceof InspectorError && ['unreachable', 'timeout'].includes(thrown.code)
        if (!isItsOwn) throw thrown
        complain(`warning: not answered: ${thrown.message}`)
      }
    }
  }
}

/** Resolves with false after a time, or when the signal is aborted. It does not keep the process alive. */
function after(milliseconds: number, signal?: AbortSignal): Promise<false> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', end)
      resolve(false)
    }
    const timer = setTimeout(end, milliseconds).unref()
    signal?.addEventListener('abort', end)
  })
}
