import type { Transcript } from './transcript/folding-log.ts'

/**
 * Numbers a message that is being sent before what answers it: where a peer is quick, zeromq.js gives its answer out before
 * it says that libzmq has taken the message.
 */
export class SentOrder {
  #underWay = 0
  #number = 0

  constructor(private readonly log: () => Transcript) {}

  /** A message is to be sent. */
  begin(): void {
    this.#underWay += 1
  }

  /** It is given to libzmq now, once or again: what came before is no answer. */
  tries(): void {
    this.#number = 0
  }

  /** A message has arrived, and gets its number next: it may answer the one under way, and be the first that does. */
  received(): void {
    if (this.#underWay > 0 && this.#number === 0) this.#number = this.log().reserve()
  }

  /** The message was sent, or was not. Returns the number that is reserved for it; 0 where nothing came meanwhile. */
  end(): number {
    const number = this.#number
    this.#underWay -= 1
    this.#number = 0
    return number
  }
}
