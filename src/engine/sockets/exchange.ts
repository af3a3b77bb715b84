import type { SocketEvent } from '../../shared/diagnosis/socket-event.ts'
import { InspectorError } from '../../shared/errors.ts'
import type { Frame } from '../../shared/message.ts'
import type { SocketOptions } from '../../shared/zmq/options.ts'
import { monotonicNanoseconds } from '../clock.ts'
import { systemCode, toFailure } from '../failures.ts'
import { type OpenSocket, openSocket, type Receiver, type Sender, type SocketSecurity } from './open-socket.ts'

export interface RawExchange {
  readonly frames: Frame[]
  /** On the monotonic clock, just before send. */
  readonly startNs: number
  /** From just before send to just after receive. */
  readonly roundTripNs: number
}

/** A request that waits for its reply. */
export interface Flight {
  readonly frames: readonly Frame[]
  /** Whether libzmq has taken it. */
  isSent: boolean
}

/** What a socket tells its owner. */
export interface RequestSocketListener {
  event(event: SocketEvent): void
  /** libzmq skipped a reply that is not to the request under way. It tells only of those that come one by one. */
  skipped(): void
}

/**
 * Ends an exchange whose message libzmq had not taken when the link broke. Nothing was sent, so it can be sent again
 * through another socket.
 */
export const notTaken = new InspectorError('request-lost', 'The connection broke before the message was sent.')

/** What came after its exchange timed out; null when nothing came. */
type LateFrames = { readonly frames: Frame[]; readonly afterMs: number } | null

/** A receive that goes on after its exchange timed out: a second one at a time is not allowed. */
interface LateReceive {
  readonly pending: Promise<Frame[]>
  /** About when it ends by itself, on the monotonic clock. */
  readonly untilNs: number
  /** Who listens; null while an exchange has taken the receive over. */
  over: ((late: LateFrames) => void) | null
}

/**
 * zeromq.js ends a receive too early by as long as this process was busy just before it began. Only one that ends earlier
 * than this has skipped a reply.
 */
const mostTimerErrorMs = 250

let lastNumber = 0

function nextNumber(): number {
  lastNumber += 1
  return lastNumber
}

/** Waits at most `timeoutMs` for a receive that is under way. */
function adopt(pending: Promise<Frame[]>, timeoutMs: number): Promise<Frame[]> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new InspectorError('timeout', 'The time limit passed.')), timeoutMs)
    const settle = (end: () => void) => {
      clearTimeout(timer)
      end()
    }
    pending.then(
      (frames) => settle(() => resolve(frames)),
      (error: unknown) => settle(() => reject(error)),
    )
  })
}

/**
 * One REQ socket, connected to one endpoint. It makes one exchange at a time. After a failed exchange it is unusable
 * unless its requests are correlated: libzmq's REQ would refuse to send again, and a late reply could be taken for the
 * next one. The caller then closes it and makes another (the guide's Lazy Pirate pattern).
 */
export class RequestSocket {
  readonly #socket: OpenSocket['socket']
  readonly #sender: Sender
  readonly #receiver: Receiver
  readonly #correlated: boolean
  #timeoutMs = -1
  #flight: Flight | null = null
  #sentNs = 0
  #late: LateReceive | undefined
  #skipped = 0
  /** Grows with each socket of this process. */
  readonly number = nextNumber()
  /** Resolves when the socket and its monitor are gone. */
  readonly ended: Promise<void>
  #ended: InspectorError | undefined
  /** Whether the constructor has succeeded: before that nobody knows this socket. */
  #opened = false

  /** Throws `InspectorError` when libzmq rejects an option or the endpoint. */
  constructor(
    readonly endpoint: string,
    options: SocketOptions,
    private readonly listener: RequestSocketListener,
    security?: SocketSecurity,
  ) {
    this.#correlated = options.relaxedCorrelate
    const { socket, sender, receiver, ended } = openSocket(
      'req',
      options,
      (event) => {
        if (this.#opened) listener.event(event)
      },
      security,
    )
    this.#socket = socket
    this.ended = ended
    try {
      if (!sender || !receiver) throw new InspectorError('internal', 'A REQ socket must send and receive.')
      this.#sender = sender
      this.#receiver = receiver
      socket.connect(endpoint)
      this.#opened = true
    } catch (thrown) {
      socket.close()
      throw toFailure(thrown)
    }
  }

  /** Whether the socket can make another exchange after a failed one. */
  get survivesFailure(): boolean {
    return this.#correlated && !this.#socket.closed
  }

  /** The request that waits for its reply; null without one. */
  get flight(): Flight | null {
    return this.#flight
  }

  /** When the last message was sent, on the monotonic clock. */
  get sentNs(): number {
    return this.#sentNs
  }

  /** Replies that libzmq skipped during the last exchange: they were not to its request. */
  get skipped(): number {
    return this.#skipped
  }

  /**
   * Sends the frames and waits for the reply, for `timeoutMs` in total. Calls `sent` when libzmq has taken the message.
   * Throws `InspectorError`: `timeout`, the reason given to `close`, or libzmq's error.
   */
  async exchange(frames: readonly Frame[], timeoutMs: number, sent: () => void): Promise<RawExchange> {
    this.#skipped = 0
    const flight: Flight = { frames, isSent: false }
    this.#flight = flight
    this.#stopListening()
    const adopted = this.#late
    let start = 0
    try {
      this.#limit(timeoutMs)
      start = monotonicNanoseconds()
      // Pass a single frame as it is: zeromq.js takes a list apart one call at a time.
      await this.#sender.send(frames.length === 1 && frames[0] ? frames[0] : [...frames])
      flight.isSent = true
      this.#sentNs = start
      sent()
      // Receive directly: a function in between would count towards the round trip.
      const reply = await (adopted ? adopt(adopted.pending, timeoutMs) : this.#receiver.receive())
      return { frames: reply, startNs: start, roundTripNs: monotonicNanoseconds() - start }
    } catch (thrown) {
      if (!flight.isSent || this.#ended || systemCode(thrown) !== 'EAGAIN') throw this.#ended ?? toFailure(thrown)
      const isOver = adopted !== undefined && monotonicNanoseconds() >= adopted.untilNs
      return await this.#receiveAgain(start, timeoutMs, !isOver)
    } finally {
      this.#flight = null
    }
  }

  /**
   * After an exchange that timed out: waits up to `keepMs` for its reply. `over` is called once, with the reply, or with
   * null when none came or the next exchange began.
   */
  listenLate(keepMs: number, over: (late: LateFrames) => void): void {
    if (this.#socket.closed) {
      over(null)
      return
    }
    this.#late ??= this.#receiveLate(keepMs)
    this.#late.over = over
  }

  #receiveLate(keepMs: number): LateReceive {
    this.#receiver.receiveTimeout = keepMs
    this.#timeoutMs = Number.NaN
    const untilNs = monotonicNanoseconds() + (keepMs - mostTimerErrorMs) * 1e6
    const late: LateReceive = { pending: this.#receiver.receive(), untilNs, over: null }
    const end = (frames: Frame[] | null) => {
      this.#late = undefined
      // Of the request that was sent last: other requests may have gone out since this receive began.
      late.over?.(frames && { frames, afterMs: (monotonicNanoseconds() - this.#sentNs) / 1e6 })
    }
    late.pending.then(end, () => end(null))
    return late
  }

  #stopListening(): void {
    if (!this.#late) return
    const { over } = this.#late
    this.#late.over = null
    over?.(null)
  }

  /** Closes the socket and drops what it has not sent, whatever its linger option says. */
  discard(reason?: InspectorError): void {
    if (!this.#socket.closed) this.#socket.linger = 0
    this.close(reason)
  }

  /** Closes the socket; a pending exchange fails with `reason`. */
  close(reason: InspectorError = new InspectorError('closed', 'The connection was closed.')): void {
    this.#ended ??= reason
    this.#socket.close()
  }

  /**
   * A receive that ends well before its time limit has skipped a reply that is not to this request: one with another
   * request id, or without the delimiter. The right one may still come. `mayHaveSkipped`: whether this one may.
   */
  async #receiveAgain(start: number, timeoutMs: number, mayHaveSkipped: boolean): Promise<RawExchange> {
    for (let tells = mayHaveSkipped; ; tells = true) {
      const leftMs = timeoutMs - (monotonicNanoseconds() - start) / 1e6
      if (leftMs < 1) throw new InspectorError('timeout', 'The time limit passed.')
      if (tells && leftMs > mostTimerErrorMs) {
        this.#skipped += 1
        this.listener.skipped()
      }
      this.#limit(Math.ceil(leftMs))
      try {
        const frames = await this.#receiver.receive()
        return { frames, startNs: start, roundTripNs: monotonicNanoseconds() - start }
      } catch (thrown) {
        if (this.#ended || systemCode(thrown) !== 'EAGAIN') throw this.#ended ?? toFailure(thrown)
      }
    }
  }

  #limit(timeoutMs: number): void {
    if (timeoutMs === this.#timeoutMs) return
    this.#sender.sendTimeout = timeoutMs
    this.#receiver.receiveTimeout = timeoutMs
    this.#timeoutMs = timeoutMs
  }
}
