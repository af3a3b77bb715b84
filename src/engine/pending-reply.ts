import { InspectorError } from '../shared/errors.ts'
import type { Frame } from '../shared/message.ts'
import { monotonicNanoseconds } from './clock.ts'

/** A reply, and when it came on the monotonic clock. */
export interface Reply {
  readonly frames: readonly Frame[]
  readonly atNs: number
}

interface Waiting {
  resolve(reply: Reply): void
  reject(reason: InspectorError): void
  readonly timer: NodeJS.Timeout
}

/** The reply that a request waits for, one at a time. */
export class PendingReply {
  #waiting: Waiting | null = null
  #begin: () => void = () => undefined

  /** Resolves when a reply is waited for; undefined when one is. */
  begun(): Promise<void> | undefined {
    if (this.#waiting) return undefined
    return new Promise((resolve) => {
      this.#begin = resolve
    })
  }

  /** Throws `timeout` when no reply comes in time, or what `end` is given. */
  wait(timeoutMs: number): Promise<Reply> {
    return new Promise<Reply>((resolve, reject) => {
      const late = () => this.end(new InspectorError('timeout', 'The time limit passed.'))
      this.#waiting = { resolve, reject, timer: setTimeout(late, Math.max(1, timeoutMs)) }
      this.#begin()
    })
  }

  /** Takes a message that arrived. Returns whether it was waited for. */
  take(frames: readonly Frame[]): boolean {
    const waiting = this.#stop()
    waiting?.resolve({ frames, atNs: monotonicNanoseconds() })
    return waiting !== null
  }

  /** Ends the waiting. Does nothing when nobody waits. */
  end(reason: InspectorError): void {
    this.#stop()?.reject(reason)
  }

  #stop(): Waiting | null {
    const waiting = this.#waiting
    this.#waiting = null
    clearTimeout(waiting?.timer)
    return waiting
  }
}
