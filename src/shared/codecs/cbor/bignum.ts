import { compactHex, hex } from '../hex.ts'

/** The bytes of a number of zero or more, without leading zeros. */
export function bignumBytes(magnitude: bigint): Uint8Array {
  const digits = magnitude.toString(16)
  return hex.encode(digits.length % 2 === 0 ? digits : `0${digits}`)
}

/** The number which the bytes hold. */
export function bignumOf(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${compactHex(bytes)}`)
}
