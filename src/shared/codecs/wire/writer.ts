/** Collects bytes and big-endian numbers into one array. */
export class ByteWriter {
  #bytes = new Uint8Array(256)
  #view = new DataView(this.#bytes.buffer)
  #length = 0

  /** A copy of everything written so far. */
  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#length)
  }

  put(bytes: Uint8Array): void {
    const start = this.#advance(bytes.length)
    this.#bytes.set(bytes, start)
  }

  uint8(value: number): void {
    const start = this.#advance(1)
    this.#view.setUint8(start, value)
  }

  uint16(value: number): void {
    const start = this.#advance(2)
    this.#view.setUint16(start, value)
  }

  uint32(value: number): void {
    const start = this.#advance(4)
    this.#view.setUint32(start, value)
  }

  /** Writes the low 64 bits: a negative number as its two's complement. */
  uint64(value: bigint): void {
    const start = this.#advance(8)
    this.#view.setBigUint64(start, BigInt.asUintN(64, value))
  }

  float64(value: number): void {
    const start = this.#advance(8)
    this.#view.setFloat64(start, value)
  }

  /** Makes room for `count` bytes. The view may be another afterwards, and so callers fetch it after this. */
  #advance(count: number): number {
    const start = this.#length
    this.#length += count
    if (this.#length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#length, this.#bytes.length * 2))
      larger.set(this.#bytes)
      this.#bytes = larger
      this.#view = new DataView(larger.buffer)
    }
    return start
  }
}
