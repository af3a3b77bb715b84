import { Int32Histogram } from 'hdr-histogram-js'
import type { Batches, Turns } from '../../shared/lab/turns.ts'
import { distributionOf } from './histogram.ts'

/** All requests of all sockets at once. */
const largestBatch = 2 ** 21

const newHistogram = () => new Int32Histogram(1, largestBatch, 3)

function batchesOf(histogram: Int32Histogram): Batches {
  const { values, counts } = distributionOf(histogram)
  return { sizes: [...values], turns: [...counts] }
}

/**
 * Counts what goes out and comes in by turn of the event loop. Node.js runs immediates after what it has read, so the first
 * of a turn asks for one that ends it: a message costs a counter, a turn an immediate.
 */
export class TurnCounter {
  readonly #requests = newHistogram()
  readonly #replies = newHistogram()
  #sent = 0
  #received = 0
  #isOpen = false

  sent(): void {
    this.#sent += 1
    if (!this.#isOpen) this.#open()
  }

  received(): void {
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
    if (this.#sent > 0) this.#requests.recordValue(this.#sent)
    if (this.#received > 0) this.#replies.recordValue(this.#received)
    this.#sent = 0
    this.#received = 0
  }
}
