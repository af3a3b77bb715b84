const bucketMs = 100
const buckets = 10

/** Counts messages and their bytes over the last second in 100 ms steps. Times in milliseconds of any monotonic clock. */
export class RateMeter {
  readonly #counts = new Float64Array(buckets)
  readonly #bytesOf = new Float64Array(buckets)
  #newest = 0
  /** Of all steps together: a state is made far more often than a step ends. */
  #messages = 0
  #bytes = 0

  /** Messages that came together, and their bytes. */
  add(now: number, messages: number, bytes: number): void {
    this.#advance(now)
    const slot = this.#newest % buckets
    this.#counts[slot] = (this.#counts[slot] ?? 0) + messages
    this.#bytesOf[slot] = (this.#bytesOf[slot] ?? 0) + bytes
    this.#messages += messages
    this.#bytes += bytes
  }

  /** Within the second before `now`. */
  perSecond(now: number): { readonly messages: number; readonly bytes: number } {
    this.#advance(now)
    return { messages: this.#messages, bytes: this.#bytes }
  }

  #advance(now: number): void {
    const bucket = Math.floor(now / bucketMs)
    if (bucket <= this.#newest) return
    const first = Math.max(this.#newest + 1, bucket - buckets + 1)
    for (let index = first; index <= bucket; index += 1) {
      const slot = index % buckets
      this.#messages -= this.#counts[slot] ?? 0
      this.#bytes -= this.#bytesOf[slot] ?? 0
      this.#counts[slot] = 0
      this.#bytesOf[slot] = 0
    }
    this.#newest = bucket
  }
}
