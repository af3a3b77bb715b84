import { nextTurn } from './next-turn.ts'

/**
 * The part of each turn of the event loop that loops without an end of their own may take together, however many they
 * are: timers, other sockets and the window need the rest. Whoever finds it used up waits for a later turn, in order.
 */
export class TurnBudget {
  /** When the present turn began, in milliseconds. */
  #began = 0
  #isWatching = false
  /** Whether anybody has worked since the present turn began. */
  #wasTaken = false
  readonly #waiting: (() => void)[] = []

  constructor(
    private readonly milliseconds: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Call this before each piece of work. Undefined when it may begin at once, else a promise for when it may. */
  take(): Promise<void> | undefined {
    this.#wasTaken = true
    if (!this.#isWatching) {
      this.#began = this.now()
      void this.#watchTurns()
    }
    if (this.#waiting.length === 0 && !this.#isUsedUp()) return undefined
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  #isUsedUp(): boolean {
    return this.now() - this.#began >= this.milliseconds
  }

  /** Notes when turns begin, and lets those go on who wait, until nobody works any more. */
  async #watchTurns(): Promise<void> {
    this.#isWatching = true
    while (this.#wasTaken) {
      this.#wasTaken = false
      await nextTurn()
      this.#began = this.now()
      while (this.#waiting.length > 0 && !this.#isUsedUp()) {
        this.#wasTaken = true
        this.#waiting.shift()?.()
        // What was let go begins before the time is looked at again.
        await undefined
      }
    }
    this.#isWatching = false
  }
}
