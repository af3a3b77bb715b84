/** The first offset of `pattern` in `bytes` at or after `from`; -1 without a match or for an empty pattern. */
export function findBytes(bytes: Uint8Array, pattern: Uint8Array, from = 0): number {
  const length = pattern.length
  const last = bytes.length - length
  const first = pattern[0]
  if (first === undefined) return -1
  // The engine's search for one byte beats any loop, and candidates are rare in most frames.
  for (let start = bytes.indexOf(first, from); start >= 0 && start <= last; start = bytes.indexOf(first, start + 1)) {
    let index = 1
    while (index < length && bytes[start + index] === pattern[index]) index += 1
    if (index === length) return start
  }
  return -1
}

/** The offsets of all matches, including overlapping ones, up to `maximum`. */
export function findAllBytes(bytes: Uint8Array, pattern: Uint8Array, maximum: number): number[] {
  const found: number[] = []
  for (let at = findBytes(bytes, pattern); at >= 0 && found.length < maximum; at = findBytes(bytes, pattern, at + 1)) {
    found.push(at)
  }
  return found
}
