const bucketMs = 100
const buckets = 10

/** Counts events over the last second in 100 ms steps. Times in milliseconds of any monotonic clock. */
export class RateMeter {
  readonly #counts = new Array<number>(buckets).fill(0)
  #newest = 0

  add(now: number): void {
    this.#advance(now)
    const slot = this.#newest % buckets
    this.#counts[slot] = (this.#counts[slot] ?? 0) + 1
  }

  /** Events within the second before `now`. */
  perSecond(now: number): number {
    this.#advance(now)
    return this.#counts.reduce((total, count) => total + count, 0)
  }

  #advance(now: number): void {
    const bucket = Math.floor(now / bucketMs)
    const first = Math.max(this.#newest + 1, bucket - buckets + 1)
    for (let index = first; index <= bucket; index += 1) this.#counts[index % buckets] = 0
    this.#newest = Math.max(this.#newest, bucket)
  }
}
