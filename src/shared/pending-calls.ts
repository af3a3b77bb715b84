interface Waiting {
  resolve(value: unknown): void
  reject(error: Error): void
}

/** Calls to another thread or process whose answers come as messages: each has a number, which its answer names. */
export class PendingCalls {
  readonly #waiting = new Map<number, Waiting>()
  #nextId = 1

  /** Gives the call a number and has it sent. Resolves with what `answer` gets for that number. */
  send<Output>(post: (id: number) => void): Promise<Output> {
    const id = this.#nextId
    this.#nextId += 1
    return new Promise<Output>((resolve, reject) => {
      // What cannot be posted is not waited for.
      post(id)
      this.#waiting.set(id, { resolve, reject })
    })
  }

  answer(id: number, value: unknown): void {
    this.#take(id)?.resolve(value)
  }

  fail(id: number, error: Error): void {
    this.#take(id)?.reject(error)
  }

  /** Fails every call that waits: no answer will come. */
  failAll(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error)
    this.#waiting.clear()
  }

  #take(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id)
    this.#waiting.delete(id)
    return waiting
  }
}
