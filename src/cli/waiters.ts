/** Those who wait until something is so. */
export class Waiters {
  readonly #looks = new Set<() => void>()

  /** Asks everyone who waits whether it is so now. */
  look(): void {
    for (const look of [...this.#looks]) look()
  }

  /** Resolves with true once `isSo` is, which is asked at each `look`, or with false after the time limit, in milliseconds. */
  until(isSo: () => boolean, limitMs?: number): Promise<boolean> {
    if (isSo()) return Promise.resolve(true)
    return new Promise((resolve) => {
      const end = (was: boolean) => {
        clearTimeout(timer)
        this.#looks.delete(look)
        resolve(was)
      }
      const look = () => {
        if (isSo()) end(true)
      }
      // It must not keep the process alive.
      const timer = limitMs === undefined ? undefined : setTimeout(() => end(false), limitMs).unref()
      this.#looks.add(look)
    })
  }
}
