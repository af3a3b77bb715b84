/** How far back messages are told apart: those before it count as late, whether they came already or not. */
const windowBits = 2 ** 20
const bitsPerWord = 32

/**
 * Counts what arrives of messages that are numbered from 0 in the order in which they were sent, in memory that does not
 * grow.
 */
export class Arrivals {
  /** A bit for each of the last numbers: whether it came. */
  readonly #came: Uint32Array
  readonly #size: number
  /** One more than the greatest number that came. */
  #next = 0
  /** Each message once. */
  delivered = 0
  /** Those that came after one that was sent later. */
  reordered = 0
  /** Those that came again. */
  repeated = 0

  /** `size`: how many numbers it tells apart, a multiple of 32. */
  constructor(size = windowBits) {
    this.#size = size
    this.#came = new Uint32Array(size / bitsPerWord)
  }

  /** Returns whether the message came for the first time. */
  add(sequence: number): boolean {
    if (sequence >= this.#next) {
      this.#advance(sequence)
      this.#mark(sequence)
      this.delivered += 1
      return true
    }
    if (sequence >= this.#next - this.#size) {
      if (this.#has(sequence)) {
        this.repeated += 1
        return false
      }
      this.#mark(sequence)
    }
    this.delivered += 1
    this.reordered += 1
    return true
  }

  /** Numbers up to this one can come from now on: of those in between, none has. */
  #advance(sequence: number): void {
    if (sequence - this.#next >= this.#size) this.#came.fill(0)
    else for (let each = this.#next; each < sequence; each += 1) this.#clear(each)
    this.#next = sequence + 1
  }

  #has(sequence: number): boolean {
    const place = sequence % this.#size
    return ((this.#word(place) >>> (place % bitsPerWord)) & 1) === 1
  }

  #mark(sequence: number): void {
    const place = sequence % this.#size
    this.#came[Math.floor(place / bitsPerWord)] = this.#word(place) | (1 << (place % bitsPerWord))
  }

  #clear(sequence: number): void {
    const place = sequence % this.#size
    this.#came[Math.floor(place / bitsPerWord)] = this.#word(place) & ~(1 << (place % bitsPerWord))
  }

  #word(place: number): number {
    return this.#came[Math.floor(place / bitsPerWord)] ?? 0
  }
}
