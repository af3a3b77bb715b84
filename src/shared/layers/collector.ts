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

  /** Bytes that it holds. */
  get length(): number {
    return this.#length
  }

  /** Everything as one piece. */
  finish(): Uint8Array {
    return joined(this.#chunks, this.#length)
  }

  /** What was added since the length was `start`, as one piece. */
  since(start: number): Uint8Array {
    let index = this.#chunks.length
    for (let left = this.#length - start; left > 0; left -= this.#chunks[index]?.length ?? left) index -= 1
    return joined(this.#chunks.slice(index), this.#length - start)
  }
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length)
  let offset = 0
  for (const chunk of chunks) {
    whole.set(chunk, offset)
    offset += chunk.length
  }
  return whole
}
