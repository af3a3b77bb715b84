import { randomBytes } from 'node:crypto'
import { formatSize } from '../shared/format.ts'
import { plural } from '../shared/lab/words.ts'
import type { Frame } from '../shared/message.ts'

/**
 * Counts the messages of one run of the lab. They would drive everything else out of the log, so the echo server logs
 * one entry about all of them.
 */
export class EchoedRun {
  /** The sockets of the run have routing ids that begin with this, and nobody else's have. */
  readonly routingIdPrefix = `lab-${randomBytes(8).toString('hex')}-`
  readonly #prefix = Buffer.from(this.routingIdPrefix)
  #messages = 0
  #bytes = 0
  /** Replies that were dropped. */
  dropped = 0

  constructor(private readonly name: string) {}

  sent(routingId: Frame | undefined): boolean {
    if (routingId === undefined || routingId.byteLength <= this.#prefix.byteLength) return false
    return this.#prefix.equals(routingId.subarray(0, this.#prefix.byteLength))
  }

  /** Counts a message of so many bytes. */
  count(bytes: number): void {
    this.#messages += 1
    this.#bytes += bytes
  }

  /** What to log about it; null when it sent nothing. */
  get summary(): string | null {
    if (this.#messages + this.dropped === 0) return null
    const what = `${plural(this.#messages, 'message')}, ${formatSize(this.#bytes)} echoed`
    const lost = this.dropped > 0 ? `, ${plural(this.dropped, 'reply', 'replies')} dropped` : ''
    return `Lab run “${this.name}”: ${what}${lost}. They are not logged one by one.`
  }
}
