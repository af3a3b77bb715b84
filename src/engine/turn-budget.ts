import { nextTurn } from './next-turn.ts'

/**
 * The time that loops without an end of their own may take together, however many they are, until timers, other sockets
 * and the window have had their turn. Whoever finds it used up waits for a later turn, in order.
 */
export class TurnBudget {
  /** When everybody else last had a turn, in milliseconds, as far as is known: to know it costs a turn. */
  #began = Number.NEGATIVE_INFINITY
  #isGivingOut = false
  readonly #waiting: (() => void)[] = []

  constructor(
    private readonly milliseconds: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Call this before each piece of work. Undefined when it may begin at once, else a promise for when it may. */
  take(): Promise<void> | undefined {
    if (this.#waiting.length === 0 && !this.#isUsedUp()) return undefined
    if (!this.#isGivingOut) void this.#giveOut()
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  #isUsedUp(): boolean {
    return this.now() - this.#began >= this.milliseconds
  }

  /** Lets those go on who wait, turn by turn, until nobody does. */
  async #giveOut(): Promise<void> {
    this.#isGivingOut = true
    do {
      await nextTurn()
      this.#began = this.now()
      while (this.#waiting.length > 0 && !this.#isUsedUp()) {
        this.#waiting.shift()?.()
        // What was let go begins before the time is looked at again.
        await undefined
      }
    } while (this.#waiting.length > 0)
    this.#isGivingOut = false
  }
}
