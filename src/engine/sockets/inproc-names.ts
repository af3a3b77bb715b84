/** The inproc names that this process has bound. libzmq tells neither whether one is, nor when it goes. */
export class InprocNames {
  readonly #bound = new Set<string>()
  readonly #listeners = new Set<() => void>()

  has(name: string): boolean {
    return this.#bound.has(name)
  }

  add(name: string): void {
    this.#bound.add(name)
    this.#changed()
  }

  delete(name: string): void {
    if (this.#bound.delete(name)) this.#changed()
  }

  /** Calls `listener` after every change, until the function that it returns is called. */
  watch(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  #changed(): void {
    for (const listener of [...this.#listeners]) listener()
  }
}

/** libzmq's context, and with it the names, belongs to the process. */
export const inprocNames = new InprocNames()
