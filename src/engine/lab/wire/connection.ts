import type { Socket } from 'node:net'
import type { InspectorError } from '../../../shared/errors.ts'
import type { Frame } from '../../../shared/message.ts'
import { sizeOf } from '../../../shared/message.ts'
import type { SocketOptions } from '../../../shared/zmq/options.ts'
import type { Command } from '../../../shared/zmq/zmtp/command.ts'
import type { Greeting } from '../../../shared/zmq/zmtp/greeting.ts'
import { type FrameKind, revisions, type Speaks, socketTypes } from '../../../shared/zmq/zmtp/protocol.ts'
import { ZmtpReader, type ZmtpSink } from '../../../shared/zmq/zmtp/reader.ts'
import type { Violation } from '../../../shared/zmq/zmtp/violation.ts'
import { writePong } from '../../../shared/zmq/zmtp/writer.ts'
import { readyFacts } from '../../probe/answers.ts'
import type { TransportAddress } from '../../sockets/greeting.ts'
import type { RequestListener } from '../load-socket.ts'
import { brokeProtocol, brokeRules, lost, repliedTwice, timeout, unfit } from './failures.ts'
import { Handshake, type WireIdentity } from './handshake.ts'
import { ReplyFrames } from './reply-frames.ts'
import { requestBytes } from './request-bytes.ts'
import { RequestsUnderWay } from './requests-under-way.ts'
import { openTransport } from './transport.ts'

export interface WireConnectionPlan {
  readonly address: TransportAddress
  readonly identity: WireIdentity
  readonly options: SocketOptions
  readonly frames: readonly Frame[]
  /** For one exchange. */
  readonly timeoutMs: number
  /** The most requests under way at a time: 1 for a REQ. */
  readonly inFlight: number
}

/** How a connection ended before it could take requests. */
export interface NotOpened {
  /** What the peer's own words or this end told; null where that is still to be found out. */
  readonly failure: InspectorError | null
  /** What the system said; undefined where the transport was connected. */
  readonly thrown: unknown
}

/** Commands are short; of longer ones nothing is needed. */
const commandBytes = 4096

/**
 * One connection of a REQ or a DEALER that speaks ZMTP itself. An exchange is one write and whatever reads its reply takes:
 * nothing is kept of a reply, and nothing is made for it. The requests of a DEALER that are due at once go out in one write.
 * Its first reply is taken for that of its first request. After a failure the connection has ended.
 */
export class WireConnection {
  readonly #plan: WireConnectionPlan
  readonly #transport: Socket
  readonly #reader: ZmtpReader
  readonly #handshake: Handshake
  readonly #replies: ReplyFrames
  readonly #opened: (end: NotOpened | null) => void
  /** Null while requests cannot be sent. */
  #request: Uint8Array | null = null
  #greeting: Greeting | null = null
  #speaks: Speaks = 3
  #isConnected = false
  #failure: InspectorError | null = null
  #hasEnded = false
  readonly #requests: RequestsUnderWay
  /** Whether the frame under way ends a reply. */
  #isReplyEnd = false
  #timer: NodeJS.Timeout | undefined

  /** `opened` is told once that requests can be sent (null), or how the connection ended before. */
  constructor(plan: WireConnectionPlan, opened: (end: NotOpened | null) => void) {
    this.#plan = plan
    this.#opened = opened
    this.#requests = new RequestsUnderWay(plan.inFlight)
    this.#replies = new ReplyFrames(plan.options.maximumMessageSize)
    this.#reader = new ZmtpReader(this.#sink(), { other: revisions.three, commandBytes })
    this.#transport = openTransport(plan.address, (chunk) => this.#read(chunk))
    this.#handshake = new Handshake(plan.identity, (bytes) => this.#transport.write(bytes))
    this.#transport.on('connect', () => {
      this.#isConnected = true
      this.#handshake.begin()
    })
    this.#transport.on('error', (thrown) => this.#end(null, thrown))
    this.#transport.on('end', () => this.#end(null))
    this.#transport.on('close', () => this.#end(null))
  }

  /** Sends the request, where fewer than the most are under way. The listener is never called from within. */
  request(listener: RequestListener): void {
    const bytes = this.#request
    if (bytes === null || this.#hasEnded) {
      const failure = this.#failure ?? lost(null)
      queueMicrotask(() => listener.failed(failure))
      return
    }
    // One timer for many exchanges: it looks, when it fires, how long the request of then has waited.
    this.#timer ??= setTimeout(this.#checkTime, this.#plan.timeoutMs)
    this.#requests.add(listener)
    this.#transport.write(bytes)
  }

  /** Ends a connection that does not become ready. */
  giveUp(): void {
    this.#end(null)
  }

  /** Ends the connection; an exchange or a handshake under way fails with `reason`. */
  close(reason: InspectorError): void {
    this.#end(reason)
  }

  readonly #checkTime = (): void => {
    this.#timer = undefined
    if (this.#requests.waiting === 0) return
    const leftMs = this.#plan.timeoutMs - this.#requests.waitedMs()
    if (leftMs <= 0) this.#end(timeout())
    else this.#timer = setTimeout(this.#checkTime, Math.ceil(leftMs))
  }

  #read(chunk: Uint8Array): void {
    if (this.#greeting === null) this.#handshake.see(chunk)
    this.#reader.read(chunk)
    // Only now: the next request must not go out before it is known whether this chunk answers the last one twice.
    if (this.#requests.answered > 0) this.#deliver()
  }

  #deliver(): void {
    const isSeveral = this.#requests.answered > 1
    if (isSeveral) this.#transport.cork()
    while (this.#requests.answered > 0) this.#requests.tellOldest()
    if (isSeveral) this.#transport.uncork()
  }

  #sink(): ZmtpSink {
    return {
      greeting: (greeting, speaks) => this.#onGreeting(greeting, speaks),
      frame: (kind, more, size) => this.#onFrame(kind, more, size),
      payload: () => undefined,
      frameEnd: () => {
        if (this.#isReplyEnd) this.#onReply()
      },
      identity: () => this.#open(),
      command: (command) => this.#onCommand(command),
      violation: (violation) => this.#onViolation(violation),
    }
  }

  #onGreeting(greeting: Greeting, speaks: Speaks): void {
    this.#greeting = greeting
    this.#speaks = speaks
    const { mechanism, socketType } = greeting
    const type = socketType === null ? null : (socketTypes[socketType] ?? null)
    const { options, identity } = this.#plan
    const failure = unfit(options, identity, { mechanism, socketType: type })
    if (failure) this.#end(failure)
    else this.#handshake.greeted(greeting, speaks)
  }

  #open(): void {
    if (this.#hasEnded) return
    this.#request = requestBytes(this.#speaks, this.#plan.frames)
    this.#opened(null)
  }

  #onFrame(kind: FrameKind, more: boolean, size: number): void {
    this.#isReplyEnd = false
    if (kind !== 'message' || this.#hasEnded) return
    if (this.#requests.waiting === 0) {
      this.#end(repliedTwice())
      return
    }
    const place = this.#replies.take(more, size)
    if (place === 'wrong') {
      this.#end(brokeRules(sizeOf(this.#plan.frames), Math.max(0, this.#plan.options.maximumMessageSize)))
    }
    this.#isReplyEnd = place === 'end'
  }

  #onReply(): void {
    this.#isReplyEnd = false
    if (!this.#hasEnded) this.#requests.answer()
  }

  #onCommand(command: Command): void {
    if (this.#hasEnded) return
    if (command.kind === 'ping') {
      this.#transport.write(writePong(command.context))
      return
    }
    if (this.#request !== null) return
    const { options, identity } = this.#plan
    const known = { mechanism: this.#greeting?.mechanism ?? null }
    if (command.kind === 'error') {
      this.#end(unfit(options, identity, { ...known, handshake: 'refused', refusal: command.reason }))
    } else if (this.#handshake.answer(command) && command.kind === 'metadata') {
      const failure = unfit(options, identity, { ...known, ...readyFacts(command.properties) })
      if (failure) this.#end(failure)
      else this.#open()
    }
  }

  #onViolation(violation: Violation): void {
    // Before it has shaken hands it may be no ZeroMQ at all, which is found out.
    this.#end(this.#request === null ? null : brokeProtocol(violation))
  }

  /** Ends it once. Without a failure, the connection went, and `thrown` is what the system said of that. */
  #end(failure: InspectorError | null, thrown?: unknown): void {
    if (this.#hasEnded) return
    this.#hasEnded = true
    clearTimeout(this.#timer)
    this.#transport.destroy()
    if (this.#request === null) {
      this.#failure = failure
      this.#opened({ failure, thrown: this.#isConnected ? undefined : thrown })
      return
    }
    const waitedMs = this.#requests.waitedMs()
    // Replies that are complete are told as such; the next requests get the failure.
    const waiting = this.#requests.takeWaiting()
    const broken = lost(waiting.length > 0 ? { bytes: sizeOf(this.#plan.frames), waitedMs } : null)
    const first = failure ?? broken
    this.#failure = first
    // The time limit was that of the oldest request alone.
    const others = first.code === 'timeout' ? broken : first
    for (const [index, listener] of waiting.entries()) {
      queueMicrotask(() => listener.failed(index === 0 ? first : others))
    }
  }
}
