import { monotonicNanoseconds } from '../../clock.ts'
import type { RequestListener } from '../load-socket.ts'
import type { Answered, Requests } from './requests.ts'

/** Bytes of the number of a request: two of its place, and six of which use of that it is, most significant first. */
export const numberBytes = 8
/** Four bytes would not do for the requests of a day. */
const lowest = 2 ** 32

/** Writes the number of a request: its place below 2^16, and which use of that it is, below 2^48. */
export function writeNumber(view: DataView, at: number, place: number, use: number): void {
  view.setUint16(at, place)
  view.setUint16(at + 2, Math.floor(use / lowest))
  view.setUint32(at + 4, use % lowest)
}

export const placeIn = (number: DataView): number => number.getUint16(0)
export const timesUsedIn = (number: DataView): number => number.getUint16(2) * lowest + number.getUint32(4)

/**
 * Requests that are told apart by a number, which the peer returns: so a reply that comes out of order answers its own
 * request, and one that comes again is seen. A place is used again when its reply has come. No reply to a connection
 * before can come, as each has a routing id of its own.
 */
export class NumberedRequests implements Requests {
  readonly #listeners: (RequestListener | null)[]
  readonly #sentNs: Float64Array
  readonly #doneNs: Float64Array
  /** Which request of the connection has each place, from 1. */
  readonly #order: Float64Array
  /** How often each place was used. */
  readonly #uses: Float64Array
  /** The last use of each place that was given up: of replies to it and those before, it is not known what they are. */
  readonly #givenUp: Float64Array
  readonly #isWaiting: Uint8Array
  /** Places that are free, as a stack. */
  readonly #free: Uint32Array
  #freeCount: number
  /** Places that have their replies, in the order in which these came: a ring. */
  readonly #done: Uint32Array
  #firstDone = 0
  #answered = 0
  #waiting = 0
  #sent = 0
  /** The latest request that was answered. */
  #latest = 0
  reordered = 0
  repeated = 0

  /** `most`: how many are under way at a time. */
  constructor(private readonly most: number) {
    this.#listeners = Array.from({ length: most }, () => null)
    this.#sentNs = new Float64Array(most)
    this.#doneNs = new Float64Array(most)
    this.#order = new Float64Array(most)
    this.#uses = new Float64Array(most)
    this.#givenUp = new Float64Array(most)
    this.#isWaiting = new Uint8Array(most)
    this.#free = Uint32Array.from({ length: most }, (_, index) => most - 1 - index)
    this.#freeCount = most
    this.#done = new Uint32Array(most)
  }

  get answered(): number {
    return this.#answered
  }

  get waiting(): number {
    return this.#waiting
  }

  add(listener: RequestListener): number {
    this.#freeCount -= 1
    const place = this.#free[this.#freeCount] ?? 0
    this.#sent += 1
    this.#waiting += 1
    this.#listeners[place] = listener
    this.#order[place] = this.#sent
    this.#uses[place] = (this.#uses[place] ?? 0) + 1
    this.#isWaiting[place] = 1
    this.#sentNs[place] = monotonicNanoseconds()
    return place
  }

  writeNumber(place: number, view: DataView, at: number): void {
    writeNumber(view, at, place, this.#uses[place] ?? 0)
  }

  answer(number: DataView): Answered {
    const place = placeIn(number)
    const use = timesUsedIn(number)
    const uses = place < this.most ? (this.#uses[place] ?? 0) : 0
    if (use === 0 || use > uses) return 'foreign'
    if (use <= (this.#givenUp[place] ?? 0)) return 'late'
    if (use < uses || this.#isWaiting[place] !== 1) {
      this.repeated += 1
      return 'repeated'
    }
    this.#doneNs[place] = monotonicNanoseconds()
    this.#isWaiting[place] = 0
    this.#waiting -= 1
    const order = this.#order[place] ?? 0
    if (order < this.#latest) this.reordered += 1
    else this.#latest = order
    this.#done[(this.#firstDone + this.#answered) % this.most] = place
    this.#answered += 1
    return 'answer'
  }

  tellNext(): void {
    const place = this.#done[this.#firstDone] ?? 0
    this.#firstDone = (this.#firstDone + 1) % this.most
    this.#answered -= 1
    const listener = this.#listeners[place]
    this.#listeners[place] = null
    this.#free[this.#freeCount] = place
    this.#freeCount += 1
    listener?.replied(this.#sentNs[place] ?? 0, this.#doneNs[place] ?? 0)
  }

  waitedMs(): number {
    const [oldest] = this.#waitingPlaces()
    return oldest === undefined ? 0 : (monotonicNanoseconds() - (this.#sentNs[oldest] ?? 0)) / 1e6
  }

  takeLeftOut(limitMs: number): readonly RequestListener[] {
    const beforeNs = monotonicNanoseconds() - limitMs * 1e6
    return this.#giveUp(
      this.#waitingPlaces().filter(
        (place) => (this.#order[place] ?? 0) < this.#latest && (this.#sentNs[place] ?? 0) <= beforeNs,
      ),
    )
  }

  takeWaiting(): readonly RequestListener[] {
    return this.#giveUp(this.#waitingPlaces())
  }

  #giveUp(places: readonly number[]): readonly RequestListener[] {
    const taken: RequestListener[] = []
    for (const place of places) {
      const listener = this.#listeners[place]
      this.#listeners[place] = null
      this.#isWaiting[place] = 0
      this.#givenUp[place] = this.#uses[place] ?? 0
      this.#free[this.#freeCount] = place
      this.#freeCount += 1
      if (listener) taken.push(listener)
    }
    this.#waiting -= taken.length
    return taken
  }

  /** The oldest first. */
  #waitingPlaces(): number[] {
    const order = (place: number) => this.#order[place] ?? 0
    return [...this.#isWaiting.keys()]
      .filter((place) => this.#isWaiting[place] === 1)
      .sort((one, other) => order(one) - order(other))
  }
}
