/** Bytes that are no message in Protobuf's wire format. */
export class WireError extends Error {
  override readonly name = 'WireError'
}

const maximumVarintBytes = 10
const groupStart = 3
const groupEnd = 4
/** The bytes of the wire types that only custom options use, as they do groups. */
const fixedSizes: ReadonlyMap<number, number> = new Map([
  [1, 8],
  [5, 4],
])

/** Reads the fields of a message in place, one after the other. Throws `WireError`. */
export class WireReader {
  /** Number of the field that was read last. */
  field = 0
  /** Its value as a signed 32-bit number, if it is one; otherwise 0. */
  number = 0
  #valueStart = 0
  #valueEnd = 0
  #at: number

  constructor(
    private readonly bytes: Buffer,
    start = 0,
    private readonly end = bytes.length,
  ) {
    this.#at = start
  }

  /** Moves on to the next field; false at the end. A group is one field, and is passed over. */
  next(): boolean {
    if (this.#at >= this.end) return false
    this.field = this.#value(this.#varint())
    return true
  }

  /** Passes over the value of a tag, and the fields of a group up to its end. Returns the number of the field. */
  #value(tag: number): number {
    const field = tag >>> 3
    const open: number[] = []
    for (let next = tag; ; next = this.#varint()) {
      const type = next & 7
      if (type === groupStart) open.push(next >>> 3)
      else if (type === groupEnd) {
        if (open.pop() !== next >>> 3) throw new WireError('A group ends that did not start')
      } else this.#skip(type)
      if (open.length === 0) return field
    }
  }

  #skip(type: number): void {
    this.number = type === 0 ? this.#varint() : 0
    const length = type === 0 ? 0 : type === 2 ? this.#varint() : fixedSizes.get(type)
    if (length === undefined) throw new WireError('The wire type is unknown')
    this.#valueStart = this.#at
    this.#at += length
    if (length < 0 || this.#at > this.end) throw new WireError('The bytes end within a field')
    this.#valueEnd = this.#at
  }

  /** The value as a message. */
  message(): WireReader {
    return new WireReader(this.bytes, this.#valueStart, this.#valueEnd)
  }

  /** The value as text. */
  text(): string {
    return this.bytes.toString('utf8', this.#valueStart, this.#valueEnd)
  }

  /** The low 32 bits of a varint: no number in a descriptor has more. */
  #varint(): number {
    let value = 0
    for (let index = 0; index < maximumVarintBytes; index += 1) {
      const byte = this.#at < this.end ? this.bytes[this.#at] : undefined
      if (byte === undefined) throw new WireError('The bytes end within a number')
      this.#at += 1
      if (index < 5) value |= (byte & 0x7f) << (7 * index)
      if (byte < 0x80) return value
    }
    throw new WireError('A number is too long')
  }
}
