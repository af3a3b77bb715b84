import { Request } from 'zeromq'
import type { ConnectionOptions } from '../shared/connection.ts'
import type { SocketEvent } from '../shared/diagnosis/socket-event.ts'
import { InspectorError } from '../shared/errors.ts'
import type { Frame } from '../shared/message.ts'
import { monotonicNanoseconds } from './clock.ts'
import { systemCode, toFailure } from './failures.ts'
import { monitorSocket } from './monitor.ts'

export interface RawExchange {
  readonly frames: Frame[]
  /** On the monotonic clock, just before send. */
  readonly startNs: number
  /** From just before send to just after receive. */
  readonly roundTripNs: number
}

/**
 * One REQ socket, connected to one endpoint. It makes one exchange at a time. After a failed exchange it is unusable
 * unless its requests are correlated: libzmq's REQ would refuse to send again, and a late reply could be taken for the
 * next one. The caller then closes it and makes another (the guide's Lazy Pirate pattern).
 */
export class RequestSocket {
  readonly #socket: Request
  readonly #correlated: boolean
  #timeoutMs = -1
  /** Resolves when the socket and its monitor are gone. */
  readonly ended: Promise<void>
  #ended: InspectorError | undefined

  /** Throws `InspectorError` when libzmq rejects an option or the endpoint. */
  constructor(endpoint: string, options: ConnectionOptions, listen: (event: SocketEvent) => void) {
    this.#correlated = options.relaxedCorrelate
    try {
      this.#socket = new Request({
        linger: options.linger,
        sendHighWaterMark: options.sendHighWaterMark,
        receiveHighWaterMark: options.receiveHighWaterMark,
        reconnectInterval: options.reconnectInterval,
        ipv6: options.ipv6,
        relaxed: options.relaxedCorrelate,
        correlate: options.relaxedCorrelate,
      })
    } catch (thrown) {
      throw toFailure(thrown)
    }
    let gone = (): void => undefined
    this.ended = new Promise((resolve) => {
      gone = resolve
    })
    try {
      // The monitor takes a socket of its own, and there may be none left.
      monitorSocket(this.#socket, (event) => {
        listen(event)
        if (event.type === 'end') gone()
      })
      this.#socket.connect(endpoint)
    } catch (thrown) {
      this.#socket.close()
      throw toFailure(thrown)
    }
  }

  /** Whether the socket can make another exchange after a failed one. */
  get survivesFailure(): boolean {
    return this.#correlated && !this.#socket.closed
  }

  /**
   * Sends the frames and waits for the reply, for `timeoutMs` in total. Calls `sent` when libzmq has taken the message.
   * Throws `InspectorError`: `timeout`, the reason given to `close`, or libzmq's error.
   */
  async exchange(frames: readonly Frame[], timeoutMs: number, sent: () => void): Promise<RawExchange> {
    this.#limit(timeoutMs)
    const start = monotonicNanoseconds()
    try {
      // Pass a single frame as it is: zeromq.js takes a list apart one call at a time.
      await this.#socket.send(frames.length === 1 && frames[0] ? frames[0] : [...frames])
      sent()
      // Receive directly where possible: a function in between would count towards the round trip.
      const reply = await (this.#correlated ? this.#receiveRightOne(start, timeoutMs) : this.#socket.receive())
      return { frames: reply, startNs: start, roundTripNs: monotonicNanoseconds() - start }
    } catch (thrown) {
      throw this.#ended ?? toFailure(thrown)
    }
  }

  /** Closes the socket; a pending exchange fails with `reason`. */
  close(reason: InspectorError = new InspectorError('closed', 'The connection was closed.')): void {
    this.#ended ??= reason
    this.#socket.close()
  }

  async #receiveRightOne(start: number, timeoutMs: number): Promise<Frame[]> {
    // A late reply to an earlier request ends a pending receive with EAGAIN; the right one may still come.
    for (;;) {
      const leftMs = timeoutMs - (monotonicNanoseconds() - start) / 1e6
      if (leftMs <= 0) throw new InspectorError('timeout', 'The time limit passed.')
      this.#limit(Math.ceil(leftMs))
      try {
        return await this.#socket.receive()
      } catch (thrown) {
        if (systemCode(thrown) !== 'EAGAIN' || this.#socket.closed) throw thrown
      }
    }
  }

  #limit(timeoutMs: number): void {
    if (timeoutMs === this.#timeoutMs) return
    this.#socket.sendTimeout = timeoutMs
    this.#socket.receiveTimeout = timeoutMs
    this.#timeoutMs = timeoutMs
  }
}
