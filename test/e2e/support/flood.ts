import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const sender = fileURLToPath(new URL('./flood-sender.mjs', import.meta.url))

/** A separate process whose sockets send to the server as fast as it accepts messages. */
export class Flood {
  readonly #child: ChildProcess

  constructor(endpoint: string) {
    this.#child = fork(sender, [endpoint], { stdio: 'inherit' })
  }

  /** Ends it and returns its number of replies. */
  async stop(): Promise<number> {
    const [answer] = await Promise.all([
      once(this.#child, 'message'),
      once(this.#child, 'exit'),
      this.#child.send('stop'),
    ])
    const [replies] = answer
    return Number(replies)
  }
}
