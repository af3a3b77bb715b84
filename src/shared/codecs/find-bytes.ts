/** Where `pattern` stands in `bytes`, from `from` on; -1 when it does not. An empty pattern is nowhere. */
export function findBytes(bytes: Uint8Array, pattern: Uint8Array, from = 0): number {
  const length = pattern.length
  const last = bytes.length - length
  const first = pattern[0]
  if (first === undefined) return -1
  // The engine's own search for one byte is faster than any loop, and candidates are rare in most frames.
  for (let start = bytes.indexOf(first, from); start >= 0 && start <= last; start = bytes.indexOf(first, start + 1)) {
    let index = 1
    while (index < length && bytes[start + index] === pattern[index]) index += 1
    if (index === length) return start
  }
  return -1
}

/** The offsets of all places, overlapping ones too, up to `maximum` of them. */
export function findAllBytes(bytes: Uint8Array, pattern: Uint8Array, maximum: number): number[] {
  const found: number[] = []
  for (let at = findBytes(bytes, pattern); at >= 0 && found.length < maximum; at = findBytes(bytes, pattern, at + 1)) {
    found.push(at)
  }
  return found
}
