import type { InspectorError } from '../../../shared/errors.ts'
import type { Frame } from '../../../shared/message.ts'
import { sizeOf } from '../../../shared/message.ts'
import type { Speaks } from '../../../shared/zmq/zmtp/protocol.ts'
import type { RequestListener } from '../load-socket.ts'
import { brokeRules, lost, repliedTwice, timeout } from './failures.ts'
import { type NotOpened, WireLink, type WireLinkPlan } from './link.ts'
import { ReplyFrames } from './reply-frames.ts'
import { requestBytes } from './request-bytes.ts'
import { RequestsUnderWay } from './requests-under-way.ts'

export interface WireConnectionPlan extends WireLinkPlan {
  readonly frames: readonly Frame[]
  /** For one exchange. */
  readonly timeoutMs: number
  /** The most requests under way at a time: 1 for a REQ. */
  readonly inFlight: number
}

/**
 * One connection of a REQ or a DEALER. An exchange is one write and whatever reads its reply takes: nothing is kept of a
 * reply, and nothing is made for it. The requests of a DEALER that are due at once go out in one write. Its first reply is
 * taken for that of its first request.
 */
export class WireConnection extends WireLink {
  readonly #plan: WireConnectionPlan
  readonly #replies: ReplyFrames
  /** Null while requests cannot be sent. */
  #request: Uint8Array | null = null
  #failure: InspectorError | null = null
  readonly #requests: RequestsUnderWay
  /** Whether the frame under way ends a reply. */
  #isReplyEnd = false
  #timer: NodeJS.Timeout | undefined

  constructor(plan: WireConnectionPlan, opened: (end: NotOpened | null) => void) {
    super(plan, (end) => {
      if (end) this.#failure = end.failure
      opened(end)
    })
    this.#plan = plan
    this.#requests = new RequestsUnderWay(plan.inFlight)
    this.#replies = new ReplyFrames(plan.options.maximumMessageSize)
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
    this.#requests.add(listener)
    this.transport.write(bytes)
  }

  readonly #checkTime = (): void => {
    this.#timer = undefined
    if (this.#requests.waiting === 0) return
    const leftMs = this.#plan.timeoutMs - this.#requests.waitedMs()
    if (leftMs <= 0) this.end(timeout())
    else this.#timer = setTimeout(this.#checkTime, Math.ceil(leftMs))
  }

  protected open(speaks: Speaks): void {
    this.#request = requestBytes(speaks, this.#plan.frames)
  }

  protected frame(more: boolean, size: number): void {
    this.#isReplyEnd = false
    if (this.#requests.waiting === 0) {
      this.end(repliedTwice())
      return
    }
    const place = this.#replies.take(more, size)
    if (place === 'wrong') {
      this.end(brokeRules(sizeOf(this.#plan.frames), Math.max(0, this.#plan.options.maximumMessageSize)))
    }
    this.#isReplyEnd = place === 'end'
  }

  protected frameEnd(): void {
    if (!this.#isReplyEnd) return
    this.#isReplyEnd = false
    if (!this.hasEnded) this.#requests.answer()
  }

  /** Only now: the next request must not go out before it is known whether this chunk answers the last one twice. */
  protected chunkEnd(): void {
    if (this.#requests.answered === 0) return
    const isSeveral = this.#requests.answered > 1
    if (isSeveral) this.transport.cork()
    while (this.#requests.answered > 0) this.#requests.tellOldest()
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
