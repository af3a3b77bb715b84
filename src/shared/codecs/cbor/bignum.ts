import { compactHex, hex } from '../hex.ts'
import { chunkBytes, joinChunks } from '../wire/chunks.ts'
import type { WireTag, WireValue } from '../wire/value.ts'
import { shortestWidth } from './head.ts'

/** The size of the longest integer that can be typed. */
const maximumBytes = 997

/** The tag and byte string of an integer beyond 64 bits, in the shortest form. */
export function bignumOf(value: bigint, start: number, end: number): WireValue {
  const digits = (value < 0n ? -1n - value : value).toString(16)
  const bytes = hex.encode(digits.length % 2 === 0 ? digits : `0${digits}`)
  const inner: WireValue = { kind: 'bytes', bytes, width: shortestWidth(bytes.length), start, end }
  return { kind: 'tag', tag: value < 0n ? 3 : 2, width: 0, inner, start, end }
}

/** The integer that tag 2 or 3 makes of a byte string; undefined when it is not one, or too long to print. */
export function integerOfBignum({ tag, inner }: WireTag): bigint | undefined {
  const isNegative = Number(tag) === 3
  if (!isNegative && Number(tag) !== 2) return undefined
  const bytes = bignumBytes(inner)
  if (!bytes || bytes.length > maximumBytes) return undefined
  const magnitude = bytes.length === 0 ? 0n : BigInt(`0x${compactHex(bytes)}`)
  return isNegative ? -1n - magnitude : magnitude
}

function bignumBytes(inner: WireValue): Uint8Array | undefined {
  if (inner.kind === 'bytes') return inner.bytes
  if (inner.kind !== 'chunks' || inner.of !== 'bytes' || inner.cut) return undefined
  return chunkBytes(inner.chunks) > maximumBytes ? undefined : joinChunks(inner.chunks)
}

/**
 * Whether plain digits denote the bignum in exactly this form: digits mean the shortest form, and 64-bit integers need
 * no bignum.
 */
export function isPlainBignum({ tag, width, inner }: WireTag): boolean {
  if ((tag !== 2 && tag !== 3) || width !== 0 || inner.kind !== 'bytes') return false
  const { bytes, width: lengthWidth } = inner
  if (bytes.length <= 8 || bytes.length > maximumBytes || bytes[0] === 0) return false
  return lengthWidth === shortestWidth(bytes.length)
}
