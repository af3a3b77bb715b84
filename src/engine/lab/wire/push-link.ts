import type { InspectorError } from '../../../shared/errors.ts'
import type { Speaks } from '../../../shared/zmq/zmtp/protocol.ts'
import type { MessageSocketPlan, WriteListener } from '../message-socket.ts'
import { lost, sentToPush } from './failures.ts'
import { type NotOpened, WireLink, type WireLinkPlan } from './link.ts'
import { MessageBatch, messagesPerBatch, sharedBatch } from './message-batch.ts'

export interface PushLinkPlan extends WireLinkPlan, Pick<MessageSocketPlan, 'frames' | 'stamp'> {}

/** One connection of a PUSH: one write of whole messages at a time, and the next when the system has all of it. */
export class PushLink extends WireLink {
  readonly #plan: PushLinkPlan
  #batch: MessageBatch | null = null
  #failure: InspectorError | null = null
  #listener: WriteListener | null = null
  /** Told when the peer has closed in answer to the end. */
  #closed: ((hasReadAll: boolean) => void) | null = null

  constructor(plan: PushLinkPlan, opened: (end: NotOpened | null) => void) {
    super(plan, (end) => {
      if (end) this.#failure = end.failure
      opened(end)
    })
    this.#plan = plan
  }

  /** Sends so many messages. The listener is never called from within. */
  write(messages: number, listener: WriteListener): void {
    const batch = this.#batch
    if (batch === null || this.hasEnded) {
      const failure = this.#failure ?? lost(null)
      queueMicrotask(() => listener.failed(failure))
      return
    }
    this.#listener = listener
    this.transport.write(batch.take(messages, this.#plan.stamp), this.#accepted)
  }

  /** Resolves with whether the peer closed after it had read everything. */
  finish(limitMs: number): Promise<boolean> {
    if (this.hasEnded) return Promise.resolve(false)
    return new Promise((resolve) => {
      const limit = setTimeout(() => this.end(null, finished), limitMs)
      this.#closed = (hasReadAll) => {
        clearTimeout(limit)
        resolve(hasReadAll)
      }
      this.transport.end()
    })
  }

  readonly #accepted = (thrown?: Error | null): void => {
    // The end of the connection tells why.
    if (thrown) return
    const listener = this.#listener
    this.#listener = null
    listener?.accepted()
  }

  protected open(speaks: Speaks): void {
    const { frames, stamp } = this.#plan
    // What is stamped belongs to one connection.
    this.#batch = stamp ? new MessageBatch(speaks, frames, messagesPerBatch(frames)) : sharedBatch(speaks, frames)
  }

  /** A PULL sends no message. */
  protected frame(): void {
    this.end(sentToPush())
  }

  protected frameEnd(): void {
    // No message is taken.
  }

  protected chunkEnd(): void {
    // There is nothing to tell.
  }

  protected lose(failure: InspectorError | null, thrown?: unknown): void {
    this.#closed?.(failure === null && thrown === undefined)
    const reason = failure ?? lost(null)
    this.#failure = reason
    const listener = this.#listener
    this.#listener = null
    if (listener) queueMicrotask(() => listener.failed(reason))
  }
}

/** The time for the peer to close has passed. */
const finished = new Error('The time limit passed.')
