import { encodeUtf8 } from '../../utf8.ts'
import type { Width, WireText } from './value.ts'

const shortText = 64

/** Collects bytes and big-endian numbers in one array. */
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

  /** Writes a text of `size` UTF-8 bytes. */
  text(text: string, size: number): void {
    // Nearly all texts are short and ASCII, for which an encoder takes many times as long.
    if (size !== text.length || size > shortText) {
      this.put(encodeUtf8(text))
      return
    }
    const start = this.#advance(size)
    for (let index = 0; index < size; index += 1) this.#bytes[start + index] = text.charCodeAt(index)
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

  /** Writes the low 64 bits; negative numbers in two's complement. */
  uint64(value: bigint): void {
    const start = this.#advance(8)
    this.#view.setBigUint64(start, BigInt.asUintN(64, value))
  }

  /** Writes a number in `width` bytes; nothing for 0. */
  uint(value: number | bigint, width: Width): void {
    if (width === 1) this.uint8(Number(value))
    else if (width === 2) this.uint16(Number(value))
    else if (width === 4) this.uint32(Number(value))
    else if (width === 8) this.uint64(BigInt(value))
  }

  /** Makes room for `count` bytes. This may replace the view, so callers must fetch it afterwards. */
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

/** Writes a text without its head. */
export function writeText(writer: ByteWriter, { content, size }: WireText): void {
  if (typeof content === 'string') writer.text(content, size)
  else writer.put(content)
}
