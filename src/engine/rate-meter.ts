const bucketMs = 100
const buckets = 10

/** Counts messages and their bytes over the last second in 100 ms steps. Times in milliseconds of any monotonic clock. */
export class RateMeter {
  readonly #counts = new Float64Array(buckets)
  readonly #bytes = new Float64Array(buckets)
  #newest = 0

  add(now: number, bytes: number): void {
    this.#advance(now)
    const slot = this.#newest % buckets
    this.#counts[slot] = (this.#counts[slot] ?? 0) + 1
    this.#bytes[slot] = (this.#bytes[slot] ?? 0) + bytes
  }

  /** Within the second before `now`. */
  perSecond(now: number): { readonly messages: number; readonly bytes: number } {
    this.#advance(now)
    return { messages: sum(this.#counts), bytes: sum(this.#bytes) }
  }

  #advance(now: number): void {
    const bucket = Math.floor(now / bucketMs)
    if (bucket <= this.#newest) return
    const first = Math.max(this.#newest + 1, bucket - buckets + 1)
    for (let index = first; index <= bucket; index += 1) {
      this.#counts[index % buckets] = 0
      this.#bytes[index % buckets] = 0
    }
    this.#newest = bucket
  }
}

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0)
