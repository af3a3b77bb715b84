interface Numbered<Entry> {
  readonly entry: Entry
  readonly number: number
}

/**
 * Hands records on in the order of their numbers, as far as they come within a turn of the event loop. A number that is left
 * out is that of a message whose answer was quicker, of a request that is logged later, or of nothing.
 */
export class RecordOrder<Entry> {
  #next = 1
  #held: Numbered<Entry>[] = []

  constructor(private readonly take: (entry: Entry, number: number) => void) {}

  add(entry: Entry, number: number): void {
    if (number > this.#next) {
      if (this.#held.length === 0) setImmediate(() => this.flush())
      this.#held.push({ entry, number })
      return
    }
    this.#hand({ entry, number })
    if (this.#held.some((each) => each.number === this.#next)) this.flush()
  }

  /** Hands on what is held. */
  flush(): void {
    const held = this.#held
    this.#held = []
    for (const each of held.sort((one, other) => one.number - other.number)) this.#hand(each)
  }

  #hand({ entry, number }: Numbered<Entry>): void {
    this.#next = Math.max(this.#next, number + 1)
    this.take(entry, number)
  }
}
