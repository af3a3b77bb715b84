/** Keeps commands about the same thing in the order in which they came, although some have to be prepared first. */
export class CommandOrder {
  /** By key, settles when the newest command was acted on or has failed; absent when none is being prepared. */
  readonly #newest = new Map<string, Promise<unknown>>()

  /**
   * Calls `act` once `prepared` is there and all earlier commands with this `key` were acted on: at once where there is
   * nothing to wait for. It does not wait for what those bring, such as a reply.
   */
  run<Prepared, Output>(
    key: string,
    prepared: Prepared | Promise<Prepared>,
    act: (prepared: Prepared) => Promise<Output>,
  ): Promise<Output> {
    const before = this.#newest.get(key)
    if (!before && !(prepared instanceof Promise)) return act(prepared)
    const ready = Promise.all([prepared, before])
    const output = ready.then(([made]) => act(made))
    // Also after those before, when the preparation fails first.
    const acted = Promise.allSettled([before, ready]).then(() => {
      if (this.#newest.get(key) === acted) this.#newest.delete(key)
    })
    this.#newest.set(key, acted)
    return output
  }
}
