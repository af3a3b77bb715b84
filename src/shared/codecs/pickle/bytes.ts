import { decodeUtf8 } from '../../utf8.ts'
import { CodecError } from '../codec.ts'
import { compactHex } from '../hex.ts'
import { countOf } from '../wire/count.ts'
import { latin1Text } from './python-text.ts'

const lineFeed = 0x0a

const longestName = 1000

/** Larger integers have no use, and beyond 128 MiB the language has none. */
const mostIntegerBytes = 2 ** 20

/** Python itself reads no more digits. */
const mostDigits = 4300

/** Reads the opcodes of a pickle and their arguments. Throws `CodecError` ('decode-failed') at the first fault. */
export class PickleBytes {
  readonly bytes: Uint8Array
  readonly #view: DataView
  /** Where reading continues. */
  offset = 0
  /** Where the present opcode is, and its name. */
  opcodeStart = 0
  opcodeName = ''
  /** Whether the bytes have ended too early. */
  isCut = false
  /** The fault of a part that is shorter than its announced length. */
  frameFault: CodecError | undefined

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  /** A fault of the present opcode, which the message continues. */
  fault(message: string): CodecError {
    const length = Math.max(1, this.offset - this.opcodeStart)
    const text = `${this.opcodeName} at byte ${this.opcodeStart} ${message}`
    return new CodecError('decode-failed', text, this.opcodeStart, length)
  }

  /** The fault that the bytes end too early. */
  cut(message: string): CodecError {
    this.isCut = true
    return new CodecError('decode-failed', `Cut short: ${message}`, this.offset, this.bytes.length - this.offset)
  }

  /**
   * Checks how much Python reads at once. If the bytes end before, it reads nothing; here that is told after what can
   * be read.
   */
  frame(length: bigint): void {
    const left = this.bytes.length - this.offset
    if (length > left) this.frameFault ??= this.fault(`announces ${countOf(length, 'byte')}, with only ${left} left`)
  }

  /** The next `count` bytes, as a view of the frame. */
  take(count: number | bigint): Uint8Array {
    const start = this.#advance(count)
    return this.bytes.subarray(start, this.offset)
  }

  uint8(): number {
    return this.#view.getUint8(this.#advance(1))
  }

  uint16(): number {
    return this.#view.getUint16(this.#advance(2), true)
  }

  int32(): number {
    return this.#view.getInt32(this.#advance(4), true)
  }

  uint32(): number {
    return this.#view.getUint32(this.#advance(4), true)
  }

  uint64(): bigint {
    return this.#view.getBigUint64(this.#advance(8), true)
  }

  /** The only number whose bytes are in the other order. */
  float64(): number {
    return this.#view.getFloat64(this.#advance(8))
  }

  /** A length that is signed in the pickle. */
  size32(): number {
    const size = this.int32()
    if (size < 0) throw this.fault(`has a length below zero: ${size}`)
    return size
  }

  /** An integer of `size` bytes in two's complement, the lowest first. */
  long(size: number): number | bigint {
    const value = this.take(size)
    if (size === 0) return 0
    if (size > mostIntegerBytes) throw this.fault(`has an integer of more than ${mostIntegerBytes} bytes`)
    const integer = BigInt.asIntN(size * 8, BigInt(`0x${compactHex(value.slice().reverse())}`))
    return Number.isSafeInteger(Number(integer)) ? Number(integer) : integer
  }

  /** The bytes up to a line feed, which is taken too. */
  line(): Uint8Array {
    const end = this.bytes.indexOf(lineFeed, this.offset)
    if (end < 0) throw this.cut(`${this.opcodeName} at byte ${this.opcodeStart} has no line break after it`)
    const line = this.bytes.subarray(this.offset, end)
    this.offset = end + 1
    return line
  }

  /** A text on a line. */
  lineText(): string {
    const text = decodeUtf8(this.line())
    if (text === undefined) throw this.fault('has a line that is not UTF-8')
    return text
  }

  /** The name of something in Python. A pickle can use one millions of times, so it must be short. */
  checkedName(name: string): string {
    if (name.length > longestName) throw this.fault(`has a name of more than ${longestName} characters`)
    return name
  }

  /** A name on a line. */
  name(): string {
    return this.checkedName(this.lineText())
  }

  /** An integer on a line, in digits of base 10 or with a prefix. It may end with `suffix`. */
  digits(suffix = ''): number | bigint {
    const line = latin1Text(this.line()).trim()
    const text = suffix !== '' && line.endsWith(suffix) ? line.slice(0, -suffix.length) : line
    if (text.length > mostDigits) throw this.fault(`has more than ${mostDigits} digits`)
    const [, sign, magnitude = ''] = /^([+-]?)(0[xX][\da-fA-F]+|0[oO][0-7]+|0[bB][01]+|\d+)$/.exec(text) ?? []
    if (sign === undefined) throw this.fault('has no integer on its line')
    const integer = sign === '-' ? -BigInt(magnitude) : BigInt(magnitude)
    return Number.isSafeInteger(Number(integer)) ? Number(integer) : integer
  }

  #advance(count: number | bigint): number {
    const left = this.bytes.length - this.offset
    if (count > left) {
      const what = `${this.opcodeName} at byte ${this.opcodeStart}`
      throw this.cut(`${what} needs ${countOf(count, 'byte')}, with only ${left} left`)
    }
    const start = this.offset
    this.offset += Number(count)
    return start
  }
}
