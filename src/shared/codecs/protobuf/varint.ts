/** A base-128 number in the bytes. */
export interface Varint {
  readonly start: number
  readonly end: number
  /** Its low 64 bits, unsigned. */
  readonly value: bigint
  /** Whether the tenth byte has bits beyond the 64th, which every reader drops. */
  readonly overflows: boolean
}

const maximumVarintBytes = 10
/** Up to this many bytes the number fits a double exactly, which is faster than a bigint. */
const quickBytes = 7

/** The varint at `start`; undefined when there is none before `end`, see `varintFault`. */
export function readVarint(bytes: Uint8Array, start: number, end: number): Varint | undefined {
  const limit = Math.min(end, start + maximumVarintBytes)
  let last = start
  while (last < limit && (bytes[last] ?? 0) >= 0x80) last += 1
  if (last >= limit) return undefined
  const length = last + 1 - start
  if (length <= quickBytes) {
    return { start, end: last + 1, value: BigInt(quickValue(bytes, start, last)), overflows: false }
  }
  let value = 0n
  for (let index = last; index >= start; index -= 1) value = (value << 7n) | BigInt((bytes[index] ?? 0) & 0x7f)
  const overflows = length === maximumVarintBytes && (bytes[last] ?? 0) > 1
  return { start, end: last + 1, value: BigInt.asUintN(64, value), overflows }
}

function quickValue(bytes: Uint8Array, start: number, last: number): number {
  let value = 0
  for (let index = last; index >= start; index -= 1) value = value * 128 + ((bytes[index] ?? 0) & 0x7f)
  return value
}

/** Where the varint at `start` ends; undefined when there is none before `end`. */
export function varintEnd(bytes: Uint8Array, start: number, end: number): number | undefined {
  const limit = Math.min(end, start + maximumVarintBytes)
  for (let index = start; index < limit; index += 1) if ((bytes[index] ?? 0) < 0x80) return index + 1
  return undefined
}

/** Why `readVarint` failed: the bytes end inside it, or it is longer than any number. */
export function varintFault(start: number, end: number): 'cut short' | 'too long' {
  return end - start < maximumVarintBytes ? 'cut short' : 'too long'
}

/** Bytes of the varint beyond the minimum for its number. */
export function excessBytes(
  bytes: Uint8Array,
  { start, end }: { readonly start: number; readonly end: number },
): number {
  let needed = end
  while (needed - 1 > start && ((bytes[needed - 1] ?? 0) & 0x7f) === 0) needed -= 1
  return end - needed
}

/** The bytes of a varint, with `excess` more than necessary. */
export function varintBytes(value: bigint, excess = 0): Uint8Array {
  const bytes: number[] = []
  let rest = BigInt.asUintN(64, value)
  while (rest > 0x7fn) {
    bytes.push(Number(rest & 0x7fn) | 0x80)
    rest >>= 7n
  }
  bytes.push(Number(rest))
  for (let count = 0; count < excess; count += 1) {
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) | 0x80
    bytes.push(0)
  }
  return Uint8Array.from(bytes)
}

/** Decodes a zigzag varint. */
export function fromZigzag(value: bigint): bigint {
  return (value >> 1n) ^ -(value & 1n)
}

/** Encodes a signed number as zigzag. */
export function toZigzag(value: bigint): bigint {
  return BigInt.asUintN(64, (value << 1n) ^ (value >> 63n))
}
