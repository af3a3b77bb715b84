const nothing: Uint8Array = new Uint8Array(0)

/** Collects the payload of one frame after the other, of each no more than a bound. Copies only what spans chunks. */
export class Collector {
  #bytes = nothing
  #length = 0
  #wanted = 0
  #size = 0
  #isShared = true

  constructor(private readonly bound: number) {}

  begin(size: number): void {
    this.#size = size
    this.#wanted = Math.min(size, this.bound)
    this.#length = 0
    this.#bytes = nothing
    this.#isShared = true
  }

  add(chunk: Uint8Array, start: number, end: number): void {
    const taken = Math.min(end - start, this.#wanted - this.#length)
    if (taken <= 0) return
    if (this.#length === 0 && taken === this.#wanted) {
      this.#bytes = chunk.subarray(start, start + taken)
    } else {
      if (this.#isShared) this.#bytes = new Uint8Array(this.#wanted)
      this.#isShared = false
      this.#bytes.set(chunk.subarray(start, start + taken), this.#length)
    }
    this.#length += taken
  }

  /** What was collected: a part of the chunk, where the frame lay in one. */
  get bytes(): Uint8Array {
    return this.#bytes
  }

  /** Whether the frame is longer than the bound. */
  get isCut(): boolean {
    return this.#size > this.bound
  }
}
