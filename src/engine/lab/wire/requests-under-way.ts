import { monotonicNanoseconds } from '../../clock.ts'
import type { RequestListener } from '../load-socket.ts'
import type { Answered, Requests } from './requests.ts'

/** The requests of a connection that are under way, in their order: a ring, for which nothing is made anew. */
export class RequestsUnderWay implements Requests {
  readonly #listeners: (RequestListener | null)[]
  readonly #sentNs: Float64Array
  readonly #doneNs: Float64Array
  #first = 0
  #count = 0
  /** The oldest have their replies, and are not told yet. */
  #answered = 0
  readonly reordered = 0
  readonly repeated = 0

  /** `most`: how many are under way at a time. */
  constructor(private readonly most: number) {
    this.#listeners = Array.from({ length: most }, () => null)
    this.#sentNs = new Float64Array(most)
    this.#doneNs = new Float64Array(most)
  }

  get answered(): number {
    return this.#answered
  }

  get waiting(): number {
    return this.#count - this.#answered
  }

  add(listener: RequestListener): number {
    const place = this.#placeOf(this.#count)
    this.#count += 1
    this.#listeners[place] = listener
    this.#sentNs[place] = monotonicNanoseconds()
    return place
  }

  writeNumber(): void {
    // There are none.
  }

  /** The oldest that waits has its reply now. */
  answer(): Answered {
    this.#doneNs[this.#placeOf(this.#answered)] = monotonicNanoseconds()
    this.#answered += 1
    return 'answer'
  }

  /** That is the oldest. */
  tellNext(): void {
    const place = this.#first
    const listener = this.#listeners[place]
    this.#listeners[place] = null
    this.#first = this.#placeOf(1)
    this.#count -= 1
    this.#answered -= 1
    listener?.replied(this.#sentNs[place] ?? 0, this.#doneNs[place] ?? 0)
  }

  waitedMs(): number {
    return (monotonicNanoseconds() - (this.#sentNs[this.#placeOf(this.#answered)] ?? 0)) / 1e6
  }

  /** Without numbers, no reply is known to be that of a later request. */
  takeLeftOut(): readonly RequestListener[] {
    return []
  }

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
