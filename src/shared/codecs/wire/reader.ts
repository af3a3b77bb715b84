import { CodecError } from '../codec.ts'
import { countOf } from './count.ts'

/** Reads big-endian numbers and runs of bytes from a frame, and never beyond its end. */
export class ByteReader {
  #offset = 0
  readonly #bytes: Uint8Array
  readonly #view: DataView

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  /** Where the next read begins. */
  get offset(): number {
    return this.#offset
  }

  get remaining(): number {
    return this.#bytes.length - this.#offset
  }

  /** The next `count` bytes, as a window onto the frame. */
  take(count: number | bigint): Uint8Array {
    const start = this.#advance(count)
    return this.#bytes.subarray(start, this.#offset)
  }

  uint8(): number {
    return this.#view.getUint8(this.#advance(1))
  }

  uint16(): number {
    return this.#view.getUint16(this.#advance(2))
  }

  uint32(): number {
    return this.#view.getUint32(this.#advance(4))
  }

  uint64(): bigint {
    return this.#view.getBigUint64(this.#advance(8))
  }

  int8(): number {
    return this.#view.getInt8(this.#advance(1))
  }

  int16(): number {
    return this.#view.getInt16(this.#advance(2))
  }

  int32(): number {
    return this.#view.getInt32(this.#advance(4))
  }

  int64(): bigint {
    return this.#view.getBigInt64(this.#advance(8))
  }

  float32(): number {
    return this.#view.getFloat32(this.#advance(4))
  }

  float64(): number {
    return this.#view.getFloat64(this.#advance(8))
  }

  /** Refuses at once a count of values, of at least `size` bytes each, that the rest of the frame cannot hold. */
  expectRoom(count: number | bigint, size: number, start: number): void {
    if (Number(count) * size <= this.remaining) return
    throw new CodecError(
      'decode-failed',
      `Cut short: byte ${start} announces ${countOf(count, size === 1 ? 'item' : 'entry')}, with only ${countOf(this.remaining, 'byte')} left`,
      start,
      Math.max(1, this.#offset - start),
    )
  }

  #advance(count: number | bigint): number {
    const start = this.#offset
    if (count > this.remaining) {
      throw new CodecError(
        'decode-failed',
        `Cut short: ${countOf(count, 'byte')} needed at byte ${start}, with only ${this.remaining} left`,
        start,
        this.remaining,
      )
    }
    this.#offset += Number(count)
    return start
  }
}
