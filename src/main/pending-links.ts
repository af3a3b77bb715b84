import { endpointsOfArguments } from './links.ts'

/** Links may come faster than anybody answers; what is beyond this number is not asked. */
const mostWaiting = 20

/** Endpoints that a link or a command line asked for, until the person has answered. */
export class PendingLinks {
  #waiting: readonly string[] = []

  constructor(private readonly changed: (endpoints: readonly string[]) => void) {}

  get waiting(): readonly string[] {
    return this.#waiting
  }

  /** Takes what the arguments of a command line, or a link alone, ask for. */
  ask(args: readonly string[]): void {
    const all = new Set([...this.#waiting, ...endpointsOfArguments(args)])
    this.#set([...all].slice(0, mostWaiting))
  }

  answered(endpoint: string): void {
    this.#set(this.#waiting.filter((each) => each !== endpoint))
  }

  #set(waiting: readonly string[]): void {
    if (waiting.length === this.#waiting.length) return
    this.#waiting = waiting
    this.changed(waiting)
  }
}
