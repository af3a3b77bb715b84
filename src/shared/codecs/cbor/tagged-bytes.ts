import { compactHex } from '../hex.ts'
import type { WireValue } from '../wire/value.ts'

/** Tag 37: 16 bytes with their dashes. */
export function uuid(inner: WireValue): string | undefined {
  if (inner.kind !== 'bytes' || inner.bytes.length !== 16) return undefined
  return compactHex(inner.bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

const ipv4 = (bytes: Uint8Array): string => bytes.join('.')

/** In the form of RFC 5952: without leading zeros, and the longest run of zero groups as `::`. */
function ipv6(bytes: Uint8Array): string {
  const groups = Array.from({ length: 8 }, (_, index) =>
    (((bytes[2 * index] ?? 0) << 8) | (bytes[2 * index + 1] ?? 0)).toString(16),
  )
  const runs = [...groups.join(':').matchAll(/(?<![0-9a-f])0(?::0(?![0-9a-f]))+/g)]
  const longest = runs.reduce<RegExpExecArray | undefined>(
    (best, run) => (run[0].length > (best?.[0].length ?? 0) ? run : best),
    undefined,
  )
  const text = groups.join(':')
  if (!longest) return text
  const before = text.slice(0, longest.index).replace(/:$/, '')
  const after = text.slice(longest.index + longest[0].length).replace(/^:/, '')
  return `${before}::${after}`
}

const addressText = (bytes: Uint8Array): string | undefined => {
  if (bytes.length === 4) return ipv4(bytes)
  if (bytes.length === 16) return ipv6(bytes)
  // A hardware address.
  return bytes.length === 6 ? (compactHex(bytes).match(/../g) ?? []).join(':') : undefined
}

/** Tags 52 and 54: an address of `size` bytes, an address with its prefix length, or a prefix whose zeros are left out. */
export function internetAddress(inner: WireValue, size: 4 | 16): string | undefined {
  if (inner.kind === 'bytes') return inner.bytes.length === size ? addressText(inner.bytes) : undefined
  if (inner.kind !== 'array' || inner.items.length !== 2) return undefined
  const [first, second] = inner.items
  if (first?.kind === 'bytes' && first.bytes.length === size) return withLength(first.bytes, second, size)
  if (second?.kind !== 'bytes' || second.bytes.length > size) return undefined
  const whole = new Uint8Array(size)
  whole.set(second.bytes)
  return withLength(whole, first, size)
}

function withLength(bytes: Uint8Array, length: WireValue | undefined, size: number): string | undefined {
  if (length?.kind !== 'integer' || length.value < 0 || length.value > 8 * size) return undefined
  return `${addressText(bytes)}/${length.value}`
}

/** Tag 260: an internet or a hardware address. */
export const networkAddress = (inner: WireValue): string | undefined =>
  inner.kind === 'bytes' ? addressText(inner.bytes) : undefined

/** Tag 261: one address and the length of its prefix. */
export function networkPrefix(inner: WireValue): string | undefined {
  if (inner.kind !== 'map' || inner.entries.length !== 1) return undefined
  const { key, value } = inner.entries[0] ?? {}
  return key?.kind === 'bytes' && key.bytes.length !== 6 ? withLength(key.bytes, value, key.bytes.length) : undefined
}
