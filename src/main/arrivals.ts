import { app } from 'electron'

/** Somebody started the application again, or opened a link: the arguments, and whether the window is wanted in front. */
export interface Arrival {
  readonly args: readonly string[]
  readonly again: boolean
}

/**
 * What the application is asked for by its command line, by another start of it, and by links. It comes from the very
 * beginning, and waits until somebody takes it.
 */
export class Arrivals {
  readonly #waiting: Arrival[] = [{ args: process.argv.slice(1), again: false }]
  #take: ((arrival: Arrival) => void) | undefined

  constructor() {
    app.on('second-instance', (_event, args) => this.#arrived({ args: args.slice(1), again: true }))
    // macOS hands a link over in its own way.
    app.on('open-url', (event, url) => {
      event.preventDefault()
      this.#arrived({ args: [url], again: true })
    })
  }

  /** Gives what has arrived, and from now on whatever arrives. */
  takeWith(take: (arrival: Arrival) => void): void {
    this.#take = take
    for (const arrival of this.#waiting.splice(0)) take(arrival)
  }

  #arrived(arrival: Arrival): void {
    if (this.#take) this.#take(arrival)
    else this.#waiting.push(arrival)
  }
}
