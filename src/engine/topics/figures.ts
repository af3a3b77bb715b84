/** Rates are counted in two windows of time of this length, of which the older one fades out. */
const windowMs = 2000

/** So long after the last message rates may still fall, in milliseconds. */
export const fadesWithinMs = 2 * windowMs

/** What came of a topic, or of all below a node. Times in milliseconds since the epoch; sizes in bytes. */
export class Figures {
  count = 0
  bytes = 0
  lastAt = 0
  /** When a message last came that was another than the one before of its topic. */
  changedAt = 0
  /** The number of the last message's record, and of the one before it; 0 for none. */
  record = 0
  previous = 0
  /** Which window it is, how many came in it, and in the one before. */
  #window = 0
  #inWindow = 0
  #before = 0

  add(at: number, bytes: number, record: number, isChanged: boolean): void {
    const window = Math.floor(at / windowMs)
    if (window > this.#window) this.#goOnTo(window)
    this.#inWindow += 1
    this.count += 1
    this.bytes += bytes
    this.lastAt = at
    this.previous = this.record
    this.record = record
    if (isChanged) this.changedAt = at
  }

  /** Takes in those of a topic that is now below this node, too. */
  absorb(other: Figures): void {
    const window = Math.max(this.#window, other.#window)
    this.#goOnTo(window)
    this.#inWindow += other.#window === window ? other.#inWindow : 0
    this.#before += other.#window === window ? other.#before : other.#window === window - 1 ? other.#inWindow : 0
    this.count += other.count
    this.bytes += other.bytes
    this.changedAt = Math.max(this.changedAt, other.changedAt)
    if (other.lastAt < this.lastAt) return
    this.lastAt = other.lastAt
    this.record = other.record
  }

  /** Messages a second, over the two seconds before `now`. */
  rate(now: number): number {
    const windows = now / windowMs
    const window = Math.floor(windows)
    const left = 1 - (windows - window)
    if (window > this.#window + 1) return 0
    const counted = window > this.#window ? this.#inWindow * left : this.#inWindow + this.#before * left
    return (counted * 1000) / windowMs
  }

  #goOnTo(window: number): void {
    if (window === this.#window) return
    this.#before = window === this.#window + 1 ? this.#inWindow : 0
    this.#inWindow = 0
    this.#window = window
  }
}
