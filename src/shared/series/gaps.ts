/** Shorter pauses are none, in milliseconds. */
const leastGapMs = 1000
/** As many times as long as usual. */
const factor = 5
/** How fast what is usual becomes less, and grows. */
const shrinks = 0.95
const growsAtMost = 4

/**
 * Finds where nothing came: a pause of at least a second that is five times as long as those of late. What comes in bursts
 * has long pauses usually, which is learnt within a few of them.
 */
export class Gaps {
  #last = Number.NaN
  /** The longest usual interval, in milliseconds; 0 until there is one. */
  #usual = 0

  /** Whether there is a gap before a message that came at this time, in milliseconds. */
  isBefore(at: number): boolean {
    const interval = at - this.#last
    this.#last = at
    if (!(interval > 0)) return false
    const usual = this.#usual
    const isGap = usual > 0 && interval >= leastGapMs && interval > factor * usual
    this.#usual = Math.max(isGap ? Math.min(interval, growsAtMost * usual) : interval, usual * shrinks)
    return isGap
  }
}
