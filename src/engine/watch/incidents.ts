import { type Incident, mostIncidents } from '../../shared/watch/state.ts'

/** Of one kind, several in a short time are one event of the log. */
const gatherMs = 100

interface Gathered {
  readonly words: string
  count: number
}

/**
 * What was not as it should be: the newest are kept, and all are told to the log, where many in a short time are one event
 * that counts them.
 */
export class Incidents {
  #newest: readonly Incident[] = []
  readonly #gathered = new Map<string, Gathered>()
  #timer: NodeJS.Timeout | null = null

  /** `tell` writes an event of the log. */
  constructor(private readonly tell: (event: string, words: string) => void) {}

  get newest(): readonly Incident[] {
    return this.#newest
  }

  /** `at` in milliseconds since the epoch. */
  add(event: string, at: number, words: string): void {
    this.#newest = [{ at, words }, ...this.#newest.slice(0, mostIncidents - 1)]
    const gathered = this.#gathered.get(event)
    if (gathered) {
      gathered.count += 1
      return
    }
    this.#gathered.set(event, { words, count: 1 })
    this.#timer ??= setTimeout(() => this.flush(), gatherMs)
  }

  /** Tells the log what it was not told yet. */
  flush(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    for (const [event, { words, count }] of this.#gathered) {
      this.tell(event, count === 1 ? words : `${words}, and ${count - 1} more`)
    }
    this.#gathered.clear()
  }

  /** Forgets what it has. */
  clear(): void {
    this.flush()
    this.#newest = []
  }
}
