import { Int32Histogram } from 'hdr-histogram-js'
import type { Batches, Turns } from '../../shared/lab/turns.ts'
import { distributionOf } from './histogram.ts'

/** All requests of all sockets at once. */
const largestBatch = 2 ** 21
/** So many messages are looked at turn by turn; of those that follow, a sample. */
const lookedAt = 2000
/** Turns of a sample that are looked at one after the other, and the messages that then pass unseen. */
const sampledTurns = 16
const unseenMessages = 1000

const newHistogram = () => new Int32Histogram(1, largestBatch, 3)

function batchesOf(histogram: Int32Histogram): Batches {
  const { values, counts } = distributionOf(histogram)
  return { sizes: [...values], turns: [...counts] }
}

/**
 * Counts what goes out and comes in by turn of the event loop. Node.js runs immediates after what it has read, so an immediate
 * ends a turn. With one socket that took a tenth more processor time, so a long run is sampled: whole turns, some in a row,
 * and in between a message costs a counter.
 */
export class TurnCounter {
  readonly #requests = newHistogram()
  readonly #replies = newHistogram()
  #sent = 0
  #received = 0
  #isOpen = false
  /** How many messages pass before turns are looked at again. */
  #unseen = 0
  #seen = 0
  /** Turns of the sample that are still to be looked at. */
  #turnsLeft = sampledTurns
  /** Whether the turn under way is looked at from its beginning. */
  #isWhole = true

  sent(): void {
    if (this.#unseen > 0) {
      this.#unseen -= 1
      return
    }
    this.#sent += 1
    if (!this.#isOpen) this.#open()
  }

  received(): void {
    if (this.#unseen > 0) {
      this.#unseen -= 1
      return
    }
    this.#received += 1
    if (!this.#isOpen) this.#open()
  }

  /** What was counted, with the turn under way. */
  get turns(): Turns {
    this.#end()
    return { requests: batchesOf(this.#requests), replies: batchesOf(this.#replies) }
  }

  #open(): void {
    this.#isOpen = true
    setImmediate(this.#end)
  }

  readonly #end = (): void => {
    this.#isOpen = false
    if (this.#isWhole) this.#record()
    this.#seen += this.#sent + this.#received
    this.#sent = 0
    this.#received = 0
    // What follows begins with a turn of its own.
    this.#isWhole = true
    if (this.#seen < lookedAt) return
    this.#turnsLeft -= 1
    if (this.#turnsLeft > 0) return
    this.#turnsLeft = sampledTurns
    this.#unseen = unseenMessages
    // It is in the middle of a turn that the last of them passes.
    this.#isWhole = false
  }

  #record(): void {
    if (this.#sent > 0) this.#requests.recordValue(this.#sent)
    if (this.#received > 0) this.#replies.recordValue(this.#received)
  }
}
