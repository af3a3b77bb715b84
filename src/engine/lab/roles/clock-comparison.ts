import type { RunWorker } from '../../../shared/lab/result.ts'

interface Compared {
  /** What its clock is ahead of this one, in nanoseconds. */
  readonly offsetNs: number
  readonly roundTripNs: number
}

/** Questions that wait for their answers; older ones are given up. */
const mostAsked = 16

/**
 * How another clock stands to this one: it is asked several times, and the answer that came soonest counts. It was given at
 * some moment between question and answer, so half of the round trip is the most by which the offset can be wrong.
 */
export class ClockComparison {
  readonly #asked = new Map<number, number>()
  #number = 0
  /** The best of this comparison, and of the one before. */
  #best: Compared | null = null
  #before: Compared | null = null
  #worst: Compared | null = null

  /** Begins another comparison: clocks drift. */
  begin(): void {
    this.#before = this.#best ?? this.#before
    this.#best = null
  }

  /** A question is sent at `nowNs`. Returns its number. */
  ask(nowNs: number): number {
    this.#number += 1
    this.#asked.set(this.#number, nowNs)
    const [oldest] = this.#asked.keys()
    if (this.#asked.size > mostAsked && oldest !== undefined) this.#asked.delete(oldest)
    return this.#number
  }

  /** Its answer came at `nowNs`, and was given at `atNs` of the other clock. */
  answer(number: number, atNs: number, nowNs: number): void {
    const sentNs = this.#asked.get(number)
    if (sentNs === undefined) return
    this.#asked.delete(number)
    const roundTripNs = nowNs - sentNs
    if (this.#best && this.#best.roundTripNs <= roundTripNs) return
    this.#best = { offsetNs: atNs - sentNs - roundTripNs / 2, roundTripNs }
  }

  /** A moment of this clock on the other one. Call this for each moment that a load depends on. */
  there(atNs: number): number {
    const used = this.#best ?? this.#before
    if (!used) return atNs
    if (!this.#worst || used.roundTripNs > this.#worst.roundTripNs) this.#worst = used
    return atNs + used.offsetNs
  }

  /** The longest that it takes to tell the other one something, in nanoseconds, as far as is known. */
  get roundTripNs(): number {
    return (this.#best ?? this.#before)?.roundTripNs ?? 0
  }

  /** How exactly the other clock is known, at the worst of the moments that a load depended on; null before any answer. */
  get clock(): RunWorker['clock'] {
    const told = this.#worst ?? this.#best
    return told && { uncertaintyNs: told.roundTripNs / 2, roundTripNs: told.roundTripNs }
  }
}
