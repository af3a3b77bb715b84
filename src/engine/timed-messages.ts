/** A message that was sent. Times on the monotonic clock, in nanoseconds; `at` in milliseconds since the epoch. */
export interface TimedMessage {
  /** Messages with the same are alike: the first to be sent is the first to be answered. */
  readonly key: string
  at: number
  startNs: number
  readonly limitNs: number
  /** How often everything was forgotten before it was sent. */
  epoch: number
  /** `late`: its time limit has passed, and what answers it may still come, for as long again. */
  state: 'waiting' | 'late' | 'over'
  /** It may not be sent yet: it waits for a peer, or for room. Since when it is under way is not known then. */
  isHeld: boolean
}

/** Those that are over are removed when there are so many more of them than of others. */
const mostOver = 1000

/** Messages in the order they were sent. Those that are over are passed by, and go some time later. */
export class MessageQueue {
  #messages: TimedMessage[] = []
  #head = 0

  push(message: TimedMessage): void {
    this.#messages.push(message)
  }

  /** The first that is not over; undefined without one. */
  first(): TimedMessage | undefined {
    while (this.#messages[this.#head]?.state === 'over') this.#head += 1
    // Removing from the front of a long list moves all of it, so that is done seldom.
    if (this.#head > mostOver && this.#head * 2 > this.#messages.length) {
      this.#messages = this.#messages.slice(this.#head)
      this.#head = 0
    }
    return this.#messages[this.#head]
  }

  /** Takes one out, which is mostly among the last. */
  remove(message: TimedMessage): void {
    const place = this.#messages.lastIndexOf(message)
    if (place >= this.#head) this.#messages.splice(place, 1)
  }

  /** Takes the first that is not over out of the queue. */
  pass(): void {
    if (this.first()) this.#head += 1
  }

  /** Removes those that are over from behind the first, too, where there are many. `live`: how many are not. */
  tidy(live: number): void {
    if (this.#messages.length - this.#head <= 2 * live + mostOver) return
    this.#messages = this.#messages.slice(this.#head).filter(({ state }) => state !== 'over')
    this.#head = 0
  }
}
