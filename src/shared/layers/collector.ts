import { formatSize } from '../format.ts'
import { LayerError } from './layer.ts'

/** Collects a decompressor's output, and rejects anything beyond the limit. */
export class Collector {
  readonly #chunks: Uint8Array[] = []
  #length = 0

  constructor(private readonly maximumBytes: number) {}

  add(chunk: Uint8Array): void {
    this.#length += chunk.length
    if (this.#length > this.maximumBytes) {
      throw new LayerError(`It holds more than the limit of ${formatSize(this.maximumBytes)}`)
    }
    this.#chunks.push(chunk)
  }

  finish(): Uint8Array {
    const whole = new Uint8Array(this.#length)
    let offset = 0
    for (const chunk of this.#chunks) {
      whole.set(chunk, offset)
      offset += chunk.length
    }
    return whole
  }
}
