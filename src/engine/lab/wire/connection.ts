import type { InspectorError } from '../../../shared/errors.ts'
import type { Frame } from '../../../shared/message.ts'
import { sizeOf } from '../../../shared/message.ts'
import type { Speaks } from '../../../shared/zmq/zmtp/protocol.ts'
import { headerBytes, writeHeader } from '../../../shared/zmq/zmtp/writer.ts'
import type { RequestListener } from '../load-socket.ts'
import { brokeRules, lost, repliedTwice, timeout, unnumberedReply } from './failures.ts'
import { type NotOpened, WireLink, type WireLinkPlan } from './link.ts'
import { NumberedRequests, numberBytes } from './numbered-requests.ts'
import { ReplyFrames } from './reply-frames.ts'
import { requestBytes } from './request-bytes.ts'
import type { Requests } from './requests.ts'
import { RequestsUnderWay } from './requests-under-way.ts'

/** A frame with the number of a request, which is written when that goes out. */
interface NumberFrame {
  readonly bytes: Uint8Array
  readonly view: DataView
}

function numberFrame(speaks: Speaks): NumberFrame {
  const bytes = new Uint8Array(headerBytes(speaks, numberBytes) + numberBytes)
  writeHeader(bytes, 0, speaks, 'message', true, numberBytes)
  return { bytes, view: new DataView(bytes.buffer) }
}

export interface WireConnectionPlan extends WireLinkPlan {
  readonly frames: readonly Frame[]
  /** For one exchange. */
  readonly timeoutMs: number
  /** The most requests under way at a time: 1 for a REQ. */
  readonly inFlight: number
  /** Whether each request has a number in a frame of its own, before the empty one: the peer returns it. */
  readonly numbered: boolean
}

/**
 * One connection of a REQ or a DEALER. An exchange is one write and whatever reads its reply takes: nothing is kept of a
 * reply, and nothing is made for it. The requests of a DEALER that are due at once go out in one write. Without numbers, its
 * first reply is taken for that of its first request.
 */
export class WireConnection extends WireLink {
  readonly #plan: WireConnectionPlan
  readonly #replies: ReplyFrames
  /** Null while requests cannot be sent. */
  #request: Uint8Array | null = null
  #failure: InspectorError | null = null
  readonly #requests: Requests
  /** The number of a reply. */
  readonly #number = new DataView(new ArrayBuffer(numberBytes))
  readonly #numberBytes = new Uint8Array(this.#number.buffer)
  /** How much of it has come; null outside its frame. */
  #numberAt: number | null = null
  /** The frames with the numbers of requests, by place. */
  #heads: readonly NumberFrame[] = []
  /** Whether the frame under way ends a reply. */
  #isReplyEnd = false
  #timer: NodeJS.Timeout | undefined

  constructor(plan: WireConnectionPlan, opened: (end: NotOpened | null) => void) {
    super(plan, (end) => {
      if (end) this.#failure = end.failure
      opened(end)
    })
    this.#plan = plan
    this.#requests = plan.numbered ? new NumberedRequests(plan.inFlight) : new RequestsUnderWay(plan.inFlight)
    this.#replies = new ReplyFrames(plan.options.maximumMessageSize, plan.numbered ? numberBytes : 0)
  }

  /** Of replies with numbers: those that came out of order, and those that came again. */
  get reordered(): number {
    return this.#requests.reordered
  }

  get repeated(): number {
    return this.#requests.repeated
  }

  /** Whether requests can be sent. */
  get isOpen(): boolean {
    return this.#request !== null && !this.hasEnded
  }

  /** Sends the request, where fewer than the most are under way. The listener is never called from within. */
  request(listener: RequestListener): void {
    const bytes = this.#request
    if (bytes === null || this.hasEnded) {
      const failure = this.#failure ?? lost(null)
      queueMicrotask(() => listener.failed(failure))
      return
    }
    // One timer for many exchanges: it looks, when it fires, how long the request of then has waited.
    this.#timer ??= setTimeout(this.#checkTime, this.#plan.timeoutMs)
    const place = this.#requests.add(listener)
    const head = this.#heads[place]
    if (head === undefined) {
      this.transport.write(bytes)
      return
    }
    this.#requests.writeNumber(place, head.view, head.view.byteLength - numberBytes)
    this.transport.cork()
    this.transport.write(head.bytes)
    this.transport.write(bytes)
    this.transport.uncork()
  }

  readonly #checkTime = (): void => {
    this.#timer = undefined
    while (this.#requests.waiting > 0) {
      const leftMs = this.#plan.timeoutMs - this.#requests.waitedMs()
      if (leftMs > 0) {
        this.#timer = setTimeout(this.#checkTime, Math.ceil(leftMs))
        return
      }
      // Where the peer left requests out and answers others, the connection goes on.
      const leftOut = this.#requests.takeLeftOut(this.#plan.timeoutMs)
      for (const listener of leftOut) queueMicrotask(() => listener.failed(timeout()))
      if (leftOut.length === 0) this.end(timeout())
    }
  }

  protected open(speaks: Speaks): void {
    this.#request = requestBytes(speaks, this.#plan.frames)
    if (this.#plan.numbered) this.#heads = Array.from({ length: this.#plan.inFlight }, () => numberFrame(speaks))
  }

  protected frame(more: boolean, size: number): void {
    this.#isReplyEnd = false
    if (this.#requests.waiting === 0 && !this.#plan.numbered) {
      this.end(repliedTwice())
      return
    }
    const place = this.#replies.take(more, size)
    if (place === 'wrong') {
      this.end(brokeRules(sizeOf(this.#plan.frames), Math.max(0, this.#plan.options.maximumMessageSize)))
    }
    if (place === 'unnumbered') this.end(unnumberedReply())
    this.#numberAt = place === 'number' ? 0 : null
    this.#isReplyEnd = place === 'end'
  }

  protected override payload(chunk: Uint8Array, start: number, end: number): void {
    if (this.#numberAt === null) return
    this.#numberBytes.set(chunk.subarray(start, end), this.#numberAt)
    this.#numberAt += end - start
  }

  protected frameEnd(): void {
    if (!this.#isReplyEnd) return
    this.#isReplyEnd = false
    if (!this.hasEnded && this.#requests.answer(this.#number) === 'foreign') this.end(unnumberedReply())
  }

  /** Only now: the next request must not go out before it is known whether this chunk answers the last one twice. */
  protected chunkEnd(): void {
    if (this.#requests.answered === 0) return
    const isSeveral = this.#requests.answered > 1
    if (isSeveral) this.transport.cork()
    while (this.#requests.answered > 0) this.#requests.tellNext()
    if (isSeveral) this.transport.uncork()
  }

  protected lose(failure: InspectorError | null): void {
    clearTimeout(this.#timer)
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
