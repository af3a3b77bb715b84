import { monotonicNanoseconds } from '../../clock.ts'
import type { RequestListener } from '../load-socket.ts'

/** The requests of a connection that are under way, in their order: a ring, for which nothing is made anew. */
export class RequestsUnderWay {
  readonly #listeners: (RequestListener | null)[]
  readonly #sentNs: Float64Array
  readonly #doneNs: Float64Array
  #first = 0
  #count = 0
  /** The oldest have their replies, and are not told yet. */
  #answered = 0

  /** `most`: how many are under way at a time. */
  constructor(private readonly most: number) {
    this.#listeners = Array.from({ length: most }, () => null)
    this.#sentNs = new Float64Array(most)
    this.#doneNs = new Float64Array(most)
  }

  /** How many have their replies and are not told yet. */
  get answered(): number {
    return this.#answered
  }

  /** How many wait for their replies. */
  get waiting(): number {
    return this.#count - this.#answered
  }

  /** Adds a request that is sent now, where fewer than the most are under way. */
  add(listener: RequestListener): void {
    const place = this.#placeOf(this.#count)
    this.#count += 1
    this.#listeners[place] = listener
    this.#sentNs[place] = monotonicNanoseconds()
  }

  /** The oldest that waits has its reply now. */
  answer(): void {
    this.#doneNs[this.#placeOf(this.#answered)] = monotonicNanoseconds()
    this.#answered += 1
  }

  /** Tells the oldest of its reply, which it has, and lets go of it. */
  tellOldest(): void {
    const place = this.#first
    const listener = this.#listeners[place]
    this.#listeners[place] = null
    this.#first = this.#placeOf(1)
    this.#count -= 1
    this.#answered -= 1
    listener?.replied(this.#sentNs[place] ?? 0, this.#doneNs[place] ?? 0)
  }

  /** How long the oldest waits that has no reply, in milliseconds. */
  waitedMs(): number {
    return (monotonicNanoseconds() - (this.#sentNs[this.#placeOf(this.#answered)] ?? 0)) / 1e6
  }

  /** Lets go of those that wait, the oldest first. */
  takeWaiting(): readonly RequestListener[] {
    const taken: RequestListener[] = []
    while (this.waiting > 0) {
      this.#count -= 1
      const place = this.#placeOf(this.#count)
      const listener = this.#listeners[place]
      this.#listeners[place] = null
      if (listener) taken.unshift(listener)
    }
    return taken
  }

  #placeOf(index: number): number {
    const place = this.#first + index
    return place < this.most ? place : place - this.most
  }
}
