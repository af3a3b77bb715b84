import { formatSize } from '../format.ts'
import { LayerError } from './layer.ts'

const damaged = (what: string) => new LayerError(`It is damaged: ${what}`)

/** Decompressed bytes that later blocks copy from. Grows, up to `maximumBytes`. */
export class Lz4Output {
  #bytes = new Uint8Array(64 * 1024)
  #length = 0

  constructor(private readonly maximumBytes: number) {}

  get length(): number {
    return this.#length
  }

  add(bytes: Uint8Array): void {
    this.#makeRoom(bytes.length)
    this.#bytes.set(bytes, this.#length)
    this.#length += bytes.length
  }

  /** Repeats `length` bytes from `distance` before the end; they may overlap what they make. */
  repeat(distance: number, length: number): void {
    this.#makeRoom(length)
    const end = this.#length + length
    // Each round copies what the rounds before have made, too.
    for (let from = this.#length - distance; this.#length < end; ) {
      const step = Math.min(end - this.#length, this.#length - from)
      this.#bytes.copyWithin(this.#length, from, from + step)
      this.#length += step
    }
  }

  from(start: number): Uint8Array {
    return this.#bytes.subarray(start, this.#length)
  }

  #makeRoom(more: number): void {
    const needed = this.#length + more
    if (needed > this.maximumBytes) {
      throw new LayerError(`It holds more than the limit of ${formatSize(this.maximumBytes)}`)
    }
    if (needed <= this.#bytes.length) return
    const larger = new Uint8Array(Math.min(this.maximumBytes, Math.max(needed, this.#bytes.length * 2)))
    larger.set(this.from(0))
    this.#bytes = larger
  }
}

/**
 * Decompresses one block: sequences of literal bytes and of bytes to repeat. `start` is where in the output the bytes
 * that it may repeat begin. Throws `LayerError` for a damaged one.
 */
export function openLz4Block(block: Uint8Array, output: Lz4Output, start: number, mostBytes: number): void {
  const most = output.length + mostBytes
  let offset = 0
  const byte = (): number => {
    const value = block[offset]
    if (value === undefined) throw damaged('a block is cut short')
    offset += 1
    return value
  }
  /** A length of 15 in the token goes on in bytes, up to the first below 255. */
  const lengthOf = (short: number): number => {
    let length = short
    if (short === 15) for (let more = 255; more === 255; length += more) more = byte()
    return length
  }
  for (;;) {
    const token = byte()
    const literals = lengthOf(token >> 4)
    if (literals > block.length - offset) throw damaged('a block is cut short')
    if (output.length + literals > most) throw damaged('a block holds more than its size')
    output.add(block.subarray(offset, offset + literals))
    offset += literals
    // The last sequence has nothing to repeat.
    if (offset === block.length) return
    const distance = byte() + byte() * 256
    if (distance === 0 || distance > output.length - start) throw damaged('a block refers to what is not there')
    const length = lengthOf(token & 15) + 4
    if (output.length + length > most) throw damaged('a block holds more than its size')
    output.repeat(distance, length)
  }
}
