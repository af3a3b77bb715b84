/**
 * Calls `action` at most once per interval: at once for the first request, then once more at the end of the interval if
 * there were others. The interval, in milliseconds, is asked for each time. No timer runs without requests.
 */
export class Throttle {
  #timer: NodeJS.Timeout | undefined
  #pending = false

  constructor(
    private readonly intervalMs: () => number,
    private readonly action: () => void,
  ) {}

  request(): void {
    if (this.#timer) {
      this.#pending = true
      return
    }
    this.#fire()
  }

  /** Calls the action now, pending or not. */
  flush(): void {
    this.cancel()
    this.#fire()
  }

  cancel(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#pending = false
  }

  #fire(): void {
    this.#pending = false
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      if (this.#pending) this.#fire()
    }, this.intervalMs())
    this.action()
  }
}
