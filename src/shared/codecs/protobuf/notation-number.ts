import { CodecError } from '../codec.ts'
import { type WireType, wireTypes } from './scan.ts'
import { toZigzag, varintBytes } from './varint.ts'
import { ByteWriter } from './writer.ts'

export interface NotationNumber {
  readonly wireType: WireType
  readonly bytes: Uint8Array
}

const integer = /^(-?)(0x[0-9a-fA-F]+|\d+)(z|i32|i64)?$/
const fraction = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?(i32|i64)?$/i
const infinity = /^(-?)inf(32|64)$/
/** Longer numbers cannot fit, and parsing time grows with the square of the length. */
const maximumDigits = 400

/** A number in wire notation. Throws `CodecError` when it is not one, or out of range. */
export function parseNotationNumber(written: string, offset: number): NotationNumber {
  if (written === 'true' || written === 'false') return varint(written === 'true' ? 1n : 0n)
  const infinite = infinity.exec(written)
  if (infinite) {
    const value = infinite[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
    return floating(value, infinite[2] === '32')
  }
  if (written.length > maximumDigits) {
    throw fault(`Expected a number of at most ${maximumDigits} digits`, written, offset)
  }
  const whole = integer.exec(written)
  if (whole) return ofInteger(BigInt(whole[2] ?? '0') * (whole[1] === '-' ? -1n : 1n), whole[3], written, offset)
  const decimal = fraction.exec(written)
  if (decimal) {
    const isSmall = decimal[1] === 'i32'
    const digits = Number(written.replace(/i(32|64)$/, ''))
    const value = isSmall ? Math.fround(digits) : digits
    if (!Number.isFinite(value)) throw fault(`Out of range for ${isSmall ? 32 : 64}-bit floats`, written, offset)
    return floating(value, isSmall)
  }
  const shown = written.length > 40 ? `${[...written].slice(0, 40).join('')}…` : written
  throw fault(`Expected a number such as 150, -3z, 7i32 or 1.5i64, found '${shown}'`, written, offset)
}

function ofInteger(value: bigint, suffix: string | undefined, written: string, offset: number): NotationNumber {
  const bits = suffix === 'i32' ? 32n : 64n
  const [lowest, highest] = [-(1n << (bits - 1n)), suffix === 'z' ? (1n << 63n) - 1n : (1n << bits) - 1n]
  if (value < lowest || value > highest) {
    throw fault(`Out of range for this kind of number: ${lowest} to ${highest}`, written, offset)
  }
  const writer = new ByteWriter()
  switch (suffix) {
    case 'i32':
      writer.fixed32(value)
      return { wireType: wireTypes.fixed32, bytes: writer.finish() }
    case 'i64':
      writer.fixed64(value)
      return { wireType: wireTypes.fixed64, bytes: writer.finish() }
    default:
      return varint(suffix === 'z' ? toZigzag(value) : value)
  }
}

function varint(value: bigint): NotationNumber {
  return { wireType: wireTypes.varint, bytes: varintBytes(value) }
}

function floating(value: number, isSmall: boolean): NotationNumber {
  const writer = new ByteWriter()
  if (isSmall) writer.float(value)
  else writer.double(value)
  return { wireType: isSmall ? wireTypes.fixed32 : wireTypes.fixed64, bytes: writer.finish() }
}

function fault(message: string, written: string, offset: number): CodecError {
  return new CodecError('encode-failed', message, offset, written.length)
}
