import { LayerError } from './layer.ts'

/** Walks over compressed bytes; throws `LayerError` where they end too early. */
export class Cursor {
  #offset: number

  constructor(
    private readonly bytes: Uint8Array,
    start = 0,
  ) {
    this.#offset = start
  }

  get isAtEnd(): boolean {
    return this.#offset >= this.bytes.length
  }

  get offset(): number {
    return this.#offset
  }

  /** An unsigned little-endian number of `size` bytes. */
  number(size: number): number {
    this.skip(size)
    let value = 0
    // Not by shifting: numbers have up to 64 bits. Beyond 2 ** 53 they are not exact, and far beyond any limit.
    for (let index = 1; index <= size; index += 1) value = value * 256 + (this.bytes[this.#offset - index] ?? 0)
    return value
  }

  take(size: number): Uint8Array {
    this.skip(size)
    return this.bytes.subarray(this.#offset - size, this.#offset)
  }

  skip(size: number): void {
    if (size > this.bytes.length - this.#offset) throw new LayerError('It is cut short')
    this.#offset += size
  }
}
