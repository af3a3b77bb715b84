/** What a number says of those before it. */
export type Step =
  | { readonly kind: 'first' | 'next' | 'repeated' | 'reordered' }
  /** It began anew, after a number. */
  | { readonly kind: 'restart'; readonly after: bigint }
  /** So many numbers have not come: from one up to and with another. */
  | { readonly kind: 'gap'; readonly from: bigint; readonly to: bigint; readonly missing: number }

/** A range of numbers that have not come; both belong to it. */
interface Missing {
  readonly from: bigint
  readonly to: bigint
}

/** Gaps that may still be filled; older ones are lost. */
const mostGaps = 100
/** A lower number that is so near the last one, and not missing, has come before. */
const nearby = 1000n
/** A sequence that goes on with 0 or 1 after so many others has begun anew, and is not that much ahead. */
const mostAhead = 1_000_000n

/** Numbers that should follow one another, one by one. */
export class Sequence {
  /** The last number, and the first; they go on growing where the numbers begin again with 0. */
  #last: bigint | null = null
  #first = 0n
  /** The older ones first. */
  #missing: Missing[] = []

  /** `modulus`: the number after the greatest one, such as 2^32; null where there is none. */
  constructor(private readonly modulus: bigint | null) {}

  /** Takes the number of the next message. */
  take(number: bigint): Step {
    const last = this.#last
    if (last === null) {
      this.#begin(number)
      return { kind: 'first' }
    }
    const ahead = this.#ahead(last, number)
    if (ahead === 1n) {
      this.#last = last + 1n
      return { kind: 'next' }
    }
    if (ahead > mostAhead && number < 2n) return this.#restart(number, last)
    const place = last + ahead
    if (ahead > 1n) {
      this.#last = place
      this.#missing.push({ from: last + 1n, to: place - 1n })
      if (this.#missing.length > mostGaps) this.#missing.shift()
      return { kind: 'gap', from: this.#shown(last + 1n), to: this.#shown(place - 1n), missing: Number(ahead - 1n) }
    }
    if (this.#fill(place)) return { kind: 'reordered' }
    return place >= this.#first && -ahead < nearby ? { kind: 'repeated' } : this.#restart(number, last)
  }

  /** How far a number is from the last one: around the end of the range, the shorter way. */
  #ahead(last: bigint, number: bigint): bigint {
    const { modulus } = this
    if (modulus === null) return number - last
    const up = (((number - last) % modulus) + modulus) % modulus
    return up > modulus / 2n ? up - modulus : up
  }

  /** As it is in a message. */
  #shown(place: bigint): bigint {
    return this.modulus === null ? place : place % this.modulus
  }

  #restart(number: bigint, last: bigint): Step {
    this.#begin(number)
    return { kind: 'restart', after: this.#shown(last) }
  }

  #begin(number: bigint): void {
    this.#last = number
    this.#first = number
    this.#missing = []
  }

  /** Whether the number was missing: it is not any more. */
  #fill(place: bigint): boolean {
    const index = this.#missing.findIndex(({ from, to }) => place >= from && place <= to)
    const found = this.#missing[index]
    if (!found) return false
    const left = [
      { from: found.from, to: place - 1n },
      { from: place + 1n, to: found.to },
    ].filter(({ from, to }) => from <= to)
    this.#missing.splice(index, 1, ...left)
    return true
  }
}
