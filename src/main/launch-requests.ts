import { app } from 'electron'

/** A start of the application or a link: its arguments, and whether the window should come to the front. */
export interface LaunchRequest {
  readonly args: readonly string[]
  readonly again: boolean
}

/**
 * What the command line, another start of the application, and links ask for. Collected from the very beginning, until
 * somebody takes it.
 */
export class LaunchRequests {
  readonly #waiting: LaunchRequest[] = [{ args: process.argv.slice(1), again: false }]
  #take: ((request: LaunchRequest) => void) | undefined

  constructor() {
    app.on('second-instance', (_event, args) => this.#add({ args: args.slice(1), again: true }))
    // macOS hands a link over in its own way.
    app.on('open-url', (event, url) => {
      event.preventDefault()
      this.#add({ args: [url], again: true })
    })
  }

  /** Passes on every request, those from before first. */
  takeWith(take: (request: LaunchRequest) => void): void {
    this.#take = take
    for (const request of this.#waiting.splice(0)) take(request)
  }

  #add(request: LaunchRequest): void {
    if (this.#take) this.#take(request)
    else this.#waiting.push(request)
  }
}
