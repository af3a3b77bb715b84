import type { WaitingRequest } from '../shared/session/state.ts'

/** The turn of a socket that answers one request before it receives the next. */
export class Turn {
  #waiting: WaitingRequest | null = null
  #end: () => void = () => undefined

  /** The request that waits to be answered. */
  get waiting(): WaitingRequest | null {
    return this.#waiting
  }

  /** Resolves at `end`. */
  begin(request: WaitingRequest): Promise<void> {
    this.#waiting = request
    return new Promise((resolve) => {
      this.#end = resolve
    })
  }

  /** The request was answered, or never will be. Does nothing when none waits. */
  end(): void {
    this.#waiting = null
    this.#end()
  }
}
