/** What a key leads to: the index of a row, the headings above the first one, or nothing. */
export type KeyTarget = number | 'headings' | null

/** Where a key leads from one of `count` rows, of which `page` are visible at once. */
export function rowAfterKey(key: string, index: number, count: number, page: number): KeyTarget {
  const within = (to: number) => Math.min(count - 1, Math.max(0, to))
  switch (key) {
    case 'ArrowDown':
      return within(index + 1)
    case 'ArrowUp':
      return index === 0 ? 'headings' : within(index - 1)
    case 'PageDown':
      return within(index + page)
    case 'PageUp':
      return within(index - page)
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return null
  }
}
