import { decodeUtf8, firstInvalidUtf8 } from '../../utf8.ts'
import { CodecError } from '../codec.ts'
import { maximumDepth } from '../json/parse.ts'
import { countOf } from './count.ts'
import { longestEagerText, shortAscii } from './text.ts'
import type { WireUnread, WireValue } from './value.ts'

/** More values than this would exhaust memory. */
export const maximumValues = 2_000_000

/**
 * Reads big-endian numbers and byte ranges of a frame, never beyond its end. Never throws: the first fault is kept, and
 * reading stops there. Call `need` before taking anything.
 */
export class FrameReader {
  /** Where the next read starts. */
  offset: number
  fault: CodecError | undefined
  /** Whether the fault is that the bytes ran out. */
  #isCut = false
  readonly end: number
  readonly #bytes: Uint8Array
  readonly #view: DataView
  readonly #budget: { values: number }

  constructor(bytes: Uint8Array, budget = { values: maximumValues }) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.#budget = budget
    this.offset = 0
    this.end = bytes.length
  }

  get remaining(): number {
    return this.end - this.offset
  }

  /** A reader of the last `length` bytes before `end`, as a nested frame. Its values and fault count here too. */
  inside(length: number, end: number): FrameReader {
    const inner = new FrameReader(this.#bytes.subarray(0, end), this.#budget)
    inner.offset = end - length
    return inner
  }

  /** Whether one more value may be read. */
  admits(): boolean {
    if (this.#budget.values > 0) {
      this.#budget.values -= 1
      return true
    }
    this.fail(`More than ${maximumValues} values`, this.offset)
    return false
  }

  /** Whether a value at `start` may contain others. Recursive walks must not overflow the call stack. */
  descends(depth: number, start: number): boolean {
    if (depth < maximumDepth) return true
    this.fail(`More than ${maximumDepth} levels of nesting`, start)
    return false
  }

  /** Whether the next `count` bytes exist, which `what` needs; otherwise records a fault. */
  need(count: number | bigint, what: string): boolean {
    if (count <= this.remaining) return true
    const left = this.remaining
    this.cut(`${what} needs ${countOf(count, 'byte')} at byte ${this.offset}, with only ${left} left`)
    return false
  }

  /** Records the fault that the bytes end here. */
  cut(message: string): void {
    this.fail(`Cut short: ${message}`, this.offset, this.remaining)
    this.#isCut = true
  }

  fail(message: string, offset: number, length = 1): void {
    this.fault ??= new CodecError('decode-failed', message, offset, length)
  }

  /**
   * The value at `start` where reading stopped: a truncated value of the type, or unknown bytes. Afterwards the reader
   * is at the end.
   */
  stopped(start: number, type: string, isText = false): WireValue {
    const bytes = this.#bytes.subarray(this.#isCut ? this.offset : start, this.end)
    this.offset = this.end
    const content: WireUnread = this.#isCut
      ? { kind: 'unread', type, bytes, isText, note: 'cut short' }
      : { kind: 'unread', type: 'unread', bytes, isText: false, note: 'not read' }
    return { ...content, start, end: this.end }
  }

  /** Placeholder for a value that is missing entirely. */
  missing(): WireValue {
    const { end } = this
    return { kind: 'unread', type: 'missing', bytes: undefined, isText: false, note: 'cut short', start: end, end }
  }

  peek(): number {
    return this.#bytes[this.offset] ?? 0
  }

  /** The next `count` bytes, as a view of the frame. */
  take(count: number): Uint8Array {
    const start = this.#advance(count)
    return this.#bytes.subarray(start, this.offset)
  }

  /** The next `size` bytes as the text of CBOR or MessagePack: decoded if short and valid UTF-8. */
  takeText(size: number): string | Uint8Array {
    const start = this.#advance(size)
    const short = shortAscii(this.#bytes, start, size)
    if (short !== undefined) return short
    const bytes = this.#bytes.subarray(start, this.offset)
    return size > longestEagerText || firstInvalidUtf8(bytes) !== undefined ? bytes : (decodeUtf8(bytes) ?? bytes)
  }

  /** The remaining bytes, without consuming them. */
  rest(): Uint8Array {
    return this.#bytes.subarray(this.offset, this.end)
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

  #advance(count: number): number {
    const start = this.offset
    this.offset += count
    return start
  }
}
