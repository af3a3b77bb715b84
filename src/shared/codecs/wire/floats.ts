import type { Span } from '../codec.ts'
import type { FloatWidth, WireFloat } from './value.ts'

const view = new DataView(new ArrayBuffer(8))

/** The default NaN by width: quiet, positive, without payload. */
const usualNan: Readonly<Record<FloatWidth, bigint>> = { 2: 0x7e00n, 4: 0x7fc00000n, 8: 0x7ff8000000000000n }

/** The float of these bits in an IEEE 754 format of `width` bytes. */
export function floatOfBits(bits: number | bigint, width: FloatWidth, start: number, end: number): WireFloat & Span {
  const value = numberOf(bits, width)
  if (Number.isNaN(value) && BigInt(bits) !== usualNan[width]) {
    return { kind: 'float', value, width, bits: BigInt(bits), start, end }
  }
  return { kind: 'float', value, width, start, end }
}

function numberOf(bits: number | bigint, width: FloatWidth): number {
  if (width === 2) return halfFloat(Number(bits))
  if (width === 4) {
    view.setUint32(0, Number(bits))
    return view.getFloat32(0)
  }
  view.setBigUint64(0, BigInt(bits))
  return view.getFloat64(0)
}

/** The bits of the float in its own format. */
export function bitsOfFloat({ value, width, bits }: WireFloat): bigint {
  if (bits !== undefined) return bits
  if (Number.isNaN(value)) return usualNan[width]
  if (width === 2) return BigInt(halfBits(value))
  if (width === 4) {
    view.setFloat32(0, value)
    return BigInt(view.getUint32(0))
  }
  view.setFloat64(0, value)
  return view.getBigUint64(0)
}

/** The value of an IEEE 754 half-precision float. */
export function halfFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 31
  const fraction = bits & 0x3ff
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN
  return sign * (1024 + fraction) * 2 ** (exponent - 25)
}

/** The half-precision bits nearest to a number that is not NaN; ties go to even. */
function halfBits(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0
  const magnitude = Math.abs(value)
  if (magnitude >= 65520) return sign | 0x7c00
  // Below 2^-14 the spacing of neighbours stays constant.
  const exponent = Math.max(-14, exponentOf(magnitude))
  const units = roundToEven(magnitude / 2 ** (exponent - 10))
  // A fraction that rounds up to the next power of two carries into the exponent.
  return sign | (units + (exponent + 14) * 0x400)
}

function exponentOf(magnitude: number): number {
  view.setFloat64(0, magnitude)
  return (view.getUint16(0) >> 4) - 1023
}

function roundToEven(value: number): number {
  const floor = Math.floor(value)
  const rest = value - floor
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor
}

/** The number rounded to a format of `width` bytes; may become infinite or zero. */
export function roundToWidth(value: number, width: FloatWidth): number {
  if (width === 8) return value
  if (width === 4) return Math.fround(value)
  return Number.isNaN(value) ? value : halfFloat(halfBits(value))
}

/** The narrowest format that represents the number exactly. */
export function shortestFloat(value: number): FloatWidth {
  if (Object.is(roundToWidth(value, 2), value)) return 2
  return Object.is(Math.fround(value), value) ? 4 : 8
}

/** The number in digits, with a decimal point so that it is not an integer. */
function floatDigits(value: number): string {
  if (Object.is(value, -0)) return '-0.0'
  const digits = String(value)
  if (!Number.isFinite(value) || digits.includes('.')) return digits
  const exponent = digits.indexOf('e')
  return exponent < 0 ? `${digits}.0` : `${digits.slice(0, exponent)}.0${digits.slice(exponent)}`
}

/** A float as text when its width is known: digits, or its bits where digits would lose some. */
export function floatText({ value, width, bits }: WireFloat): string {
  return bits === undefined ? floatDigits(value) : `float'${bits.toString(16).padStart(width * 2, '0')}'`
}
