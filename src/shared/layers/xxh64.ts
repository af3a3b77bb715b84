const prime1 = 0x9e3779b185ebca87n
const prime2 = 0xc2b2ae3d27d4eb4fn
const prime3 = 0x165667b19e3779f9n
const prime4 = 0x85ebca77c2b2ae63n
const prime5 = 0x27d4eb2f165667c5n

const wrap = (value: bigint): bigint => BigInt.asUintN(64, value)
const rotate = (value: bigint, bits: bigint): bigint => wrap(value << bits) | (value >> (64n - bits))
const round = (lane: bigint, input: bigint): bigint => wrap(rotate(wrap(lane + wrap(input * prime2)), 31n) * prime1)
const merge = (sum: bigint, lane: bigint): bigint => wrap((sum ^ round(0n, lane)) * prime1 + prime4)

/** The sum of everything in whole stripes of 32 bytes. */
function sumOfStripes(view: DataView): bigint {
  let [first, second, third, fourth] = [wrap(prime1 + prime2), prime2, 0n, wrap(-prime1)]
  for (let offset = 0; offset + 32 <= view.byteLength; offset += 32) {
    first = round(first, view.getBigUint64(offset, true))
    second = round(second, view.getBigUint64(offset + 8, true))
    third = round(third, view.getBigUint64(offset + 16, true))
    fourth = round(fourth, view.getBigUint64(offset + 24, true))
  }
  const sum = wrap(rotate(first, 1n) + rotate(second, 7n) + rotate(third, 12n) + rotate(fourth, 18n))
  return [first, second, third, fourth].reduce(merge, sum)
}

/**
 * XXH64 with the seed 0, the check sum of Zstandard: a number of 64 bits. By its specification
 * (https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md): no kept library has it without WebAssembly, which the
 * page's rules do not allow.
 */
export function xxh64(bytes: Uint8Array): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let sum = wrap((bytes.length >= 32 ? sumOfStripes(view) : prime5) + BigInt(bytes.length))
  let offset = bytes.length - (bytes.length % 32)
  for (; offset + 8 <= bytes.length; offset += 8) {
    sum = wrap(rotate(sum ^ round(0n, view.getBigUint64(offset, true)), 27n) * prime1 + prime4)
  }
  if (offset + 4 <= bytes.length) {
    sum = wrap(rotate(sum ^ wrap(BigInt(view.getUint32(offset, true)) * prime1), 23n) * prime2 + prime3)
    offset += 4
  }
  for (const byte of bytes.subarray(offset)) sum = wrap(rotate(sum ^ wrap(BigInt(byte) * prime5), 11n) * prime1)
  sum = wrap((sum ^ (sum >> 33n)) * prime2)
  sum = wrap((sum ^ (sum >> 29n)) * prime3)
  return sum ^ (sum >> 32n)
}
