import { createContext, Script } from 'node:vm'

/** What is done at once takes a fraction of this, unless an expression backtracks. In milliseconds. */
const longestMs = 300
/** A busy machine may have had no time for it once. */
const tries = 2
/** Searches that took too long are not tried again; the newest of them are remembered. */
const mostRefused = 20

const script = new Script('work()')

/** It is an error of the script's context, and no instance of this one's. */
const isTimeout = (thrown: unknown): boolean =>
  typeof thrown === 'object' && thrown !== null && 'code' in thrown && thrown.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'

/** Interrupts searches that take too long, and refuses them from then on. They are told apart by their text. */
export class TimeLimit {
  readonly #refused = new Set<string>()
  #work = (): void => undefined
  readonly #context = createContext({ work: () => this.#work() })

  isRefused(search: string): boolean {
    return this.#refused.has(search)
  }

  /** Does a part of a search, from its beginning where it was interrupted; false when that takes too long. */
  run(search: string, work: () => void): boolean {
    this.#work = work
    for (let left = tries; left > 0; left -= 1) if (this.#isDone()) return true
    this.#refused.add(search)
    for (const oldest of [...this.#refused].slice(0, -mostRefused)) this.#refused.delete(oldest)
    return false
  }

  #isDone(): boolean {
    try {
      // Nothing but the end of a script's time interrupts an expression that backtracks.
      script.runInContext(this.#context, { timeout: longestMs })
      return true
    } catch (thrown) {
      if (!isTimeout(thrown)) throw thrown
      return false
    }
  }
}
